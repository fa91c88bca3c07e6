// The inspectors' page: the latest findings of the office.

import { listInspections, type FindingShown } from '../../../actions/market/read-inspection.ts';
import { dayIn } from '../../../domain/calendar.ts';
import { valueOf } from '../../api/route.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { emptyState, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { pageHead } from '../page-head.ts';
import { html } from '../../html.ts';
import { momentText, numberText } from '../../format.ts';
import { frameWordsOf, marketWordsOf } from '../../words/words.ts';

export const findingsRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: '/inspect', right: 'record-finding', nav: 'inspect', handle: showFindings },
];

async function showFindings({ actor, ctx, language, query }: PageCall): Promise<PageAnswer> {
  const page = valueOf(await listInspections(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx));
  const own = marketWordsOf(language).inspect;
  const { timeZone } = ctx.settings;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const columns: Column<FindingShown>[] = [
    {
      head: own.at,
      cell: ({ at }) => momentText({ on: dayIn(timeZone, at), time: time.format(new Date(at)) }),
      card: 'plain',
    },
    {
      head: own.stamp,
      cell: ({ batchId, serial }) => own.serial(batchId, numberText(serial, language)),
      card: 'title',
    },
    { head: own.finding, cell: ({ finding }) => html`<b>${own.kinds[finding]}</b>`, card: 'plain' },
    { head: own.place, cell: ({ place }) => place },
    { head: own.note, cell: ({ note }) => note },
  ];
  const list =
    page.items.length === 0 ? emptyState(own.empty, '') : table({ columns, rows: page.items, caption: own.heading });
  const body = html`${pageHead({ title: own.heading })}${list}${pager({ path: '/inspect', query, next: page.next, words: frameWordsOf(language) })}`;
  return { kind: 'page', title: own.title, body };
}
