// Findings of inspectors about the stamps of an office or producer.

import { listInspections, type FindingShown } from '../../../actions/market/read.ts';
import { FINDINGS as KINDS } from '../../../domain/market/inspection.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { findingKindText, findingStampText } from './finding-text.ts';
import { pageHead } from '../page-head.ts';
import { FINDINGS, scanLinks } from '../scans/scans-frame.ts';
import { formFields, choices } from '../form-fields.ts';

export const findingsRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: FINDINGS, right: 'read-findings', nav: 'complaints', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { language, query } = call;
  const words = marketWordsOf(language);
  const own = words.findings;
  const frame = frameWordsOf(language);
  const filter = formFields(call, own).select('finding', choices(KINDS, own.kinds), {
    value: kindIn(query),
    blank: scansWordsOf(language).any,
  });
  const rows = await findingsTable(call, {
    path: FINDINGS,
    caption: own.title,
    empty: emptyList({ path: FINDINGS, query, words: frame, title: own.empty, text: own.emptyText }),
    stampText: words.cases.stamp,
  });
  const head = html`${pageHead({ title: own.title })}${scanLinks('findings', call)}`;
  return { kind: 'page', title: own.title, body: html`${head}${filterPanel([filter], frame)}${rows}` };
}

function kindIn(query: PageCall['query']): (typeof KINDS)[number] | undefined {
  return KINDS.find((known) => known === query['finding']);
}

async function findingsTable(
  call: PageCall,
  shown: { path: string; caption: string; empty: Html; stampText: (batchId: string, serial: string) => string },
): Promise<Html> {
  const { actor, ctx, language, query } = call;
  const { findings: own, complaints } = marketWordsOf(language);
  const finding = kindIn(query);
  const page = valueOf(await listInspections(actor, { limit: PAGE_ROWS, after: query['after'] ?? null, finding }, ctx));
  const columns: Column<FindingShown>[] = [
    { head: own.at, cell: ({ at }) => whenText(at, call), card: 'plain' },
    {
      head: complaints.stamp,
      cell: (finding) => findingStampText(finding, shown.stampText, language),
      card: 'title',
    },
    { head: own.finding, cell: ({ finding: kind }) => html`<b>${findingKindText(kind, language)}</b>`, card: 'plain' },
    { head: own.place, cell: ({ place }) => place },
    { head: own.note, cell: ({ note }) => note },
  ];
  const rows = page.items.length === 0 ? shown.empty : table({ columns, rows: page.items, caption: shown.caption });
  const pages = pager({ path: shown.path, query, next: page.next, words: frameWordsOf(language) });
  return html`${rows}${pages}`;
}
