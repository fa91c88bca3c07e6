// Findings of inspectors on the office's stamps, or on one's own, without names.

import { listInspections, type FindingShown } from '../../../actions/market/read-inspection.ts';
import { FINDINGS as KINDS } from '../../../domain/market/report.ts';
import { valueOf } from '../../api/route.ts';
import { html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { selectField } from '../fields.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { pageHead } from '../page-head.ts';
import { FINDINGS, scanLinks } from '../scans/scans-frame.ts';

export const findingsListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: FINDINGS, right: 'read-findings', nav: 'complaints', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = marketWordsOf(language);
  const own = words.findings;
  const frame = frameWordsOf(language);
  const finding = KINDS.find((known) => known === query['finding']);
  const page = valueOf(
    await listInspections(
      actor,
      { limit: PAGE_ROWS, after: query['after'] ?? null, ...(finding === undefined ? {} : { finding }) },
      ctx,
    ),
  );
  const columns: Column<FindingShown>[] = [
    { head: own.at, cell: ({ at }) => whenText(at, call), card: 'plain' },
    {
      head: words.complaints.stamp,
      cell: ({ batchId, serial }) => words.cases.stamp(batchId, numberText(serial, language)),
      card: 'title',
    },
    { head: own.finding, cell: ({ finding: kind }) => html`<b>${own.kinds[kind]}</b>`, card: 'plain' },
    { head: own.place, cell: ({ place }) => place },
    { head: own.note, cell: ({ note }) => note, card: 'plain' },
  ];
  const filters = filterPanel(
    [
      selectField({
        name: 'finding',
        label: own.finding,
        value: finding ?? '',
        blank: scansWordsOf(language).any,
        options: KINDS.map((value) => ({ value, text: own.kinds[value] })),
      }),
    ],
    frame,
  );
  const shown =
    page.items.length === 0
      ? emptyList({ path: FINDINGS, query, words: frame, title: own.empty, text: own.emptyText })
      : table({ columns, rows: page.items, caption: own.title });
  const body = html`${pageHead({ title: own.title })}${scanLinks('findings', call)}${filters}${shown}${pager({ path: FINDINGS, query, next: page.next, words: frame })}`;
  return { kind: 'page', title: own.title, body };
}
