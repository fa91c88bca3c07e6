// The list of batches: what each is for, and how many of its stamps are in use.

import { listBatches, listRollsOfLot } from '../../../actions/batches/read.ts';
import type { OpenBatch } from '../../../domain/batches/batch.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { dayIn } from '../../../domain/calendar.ts';
import { countOf } from '../../../domain/batches/intervals.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { dayText, numberMark, numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { PAGE_ROWS, type Column } from '../list.ts';
import { linkButton } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { namesOf } from './batch-names.ts';
import { formFields, choices } from '../form-fields.ts';
import { listPage } from '../list-page.ts';

const PATH = '/console/batches';
const KINDS = ['goods', 'blank', 'plaque'] as const;

export const batchListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-batch', nav: 'batches', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = batchesWordsOf(language);
  const kind = KINDS.find((known) => known === query['kind']);
  const producerId = actor.role === 'producer' || query['producerId'] === '' ? undefined : query['producerId'];
  const { lotId, productId } = query;
  const conditions = { kind, producerId, lotId, productId };
  const found = valueOf(
    await listBatches(actor, { limit: PAGE_ROWS, after: query['after'] ?? null, ...conditions }, ctx),
  );
  // A lot's stamps are those of its own batches and those of rolls: the rolls follow on the last page.
  const rolls =
    lotId === undefined || lotId === '' || found.next !== null || (kind !== undefined && kind !== 'blank')
      ? []
      : valueOf(await listRollsOfLot(actor, lotId, ctx));
  const rows = [...found.items, ...rolls];
  const names = await namesOf(call, rows);
  const number = (value: number): string => numberText(value, language);
  const columns: Column<OpenBatch>[] = [
    { head: words.list.batch, cell: ({ id }) => html`<span class="b">${id}</span>`, card: 'title' },
    {
      head: words.list.product,
      cell: (batch) =>
        html`
          ${batch.productId === null ? words.kinds.blank : (names.products.get(batch.productId) ?? '–')}
          ${actor.role !== 'producer' && html`<small>${names.producers.get(batch.producerId) ?? '–'}</small>`}
        `,
      card: 'plain',
    },
    {
      head: words.list.lot,
      cell: ({ kind: one, lotId: lot }) => (lot === null ? words.kinds[one] : numberMark(names.lots.get(lot) ?? '–')),
    },
    { head: words.list.stamps, cell: ({ quantity }) => number(quantity), figure: true },
    {
      head: words.list.active,
      cell: ({ kind: one, activations }) => (one === 'plaque' ? words.list.always : number(countOf(activations))),
      figure: true,
    },
    { head: words.list.printed, cell: ({ printed }) => number(countOf(printed)), figure: true },
    { head: words.list.voided, cell: ({ voids }) => number(countOf(voids)), figure: true },
    { head: words.list.issued, cell: ({ issuedAt }) => dayText(dayIn(ctx.settings.timeZone, issuedAt)) },
  ];
  const filter = formFields(call, words.list, { record: { kind, producerId } });
  const blank = frameWordsOf(language).list.all;
  const filters = [filter.select('kind', choices(KINDS, words.kinds), { blank })];
  if (actor.role !== 'producer')
    filters.unshift(
      filter.select('producerId', await producerOptions(call, producerId ?? ''), { label: words.page.producer, blank }),
    );
  const may = (right: 'issue-batch' | 'issue-special' | 'work-batch'): boolean =>
    decide(actor, right, null).kind !== 'refused';
  const links = [
    may('issue-batch') && linkButton('/console/print', words.list.print, true),
    may('issue-special') && linkButton('/console/rolls/new', words.list.give),
    may('work-batch') && linkButton('/console/activate', words.list.activate),
  ];
  return listPage(call, {
    path: PATH,
    words: { ...words.list, done: words.page.done },
    filters,
    columns,
    rows,
    next: found.next,
    hrefOf: ({ id }) => `${PATH}/${id}`,
    links: links.filter((link) => link !== false),
    ways: may('issue-batch') ? [linkButton('/console/print', words.list.print)] : [],
  });
}
