// The list of batches: what each is for, and how many of its stamps are in use.

import { listBatches, listRollsOfLot } from '../../../actions/batches/read.ts';
import type { OpenBatch } from '../../../domain/batches/batch.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { dayIn } from '../../../domain/calendar.ts';
import { countOf } from '../../../domain/batches/intervals.ts';
import type { Page, PageRequest } from '../../../store/store.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { dayText, numberMark, numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageCall } from '../console-route.ts';
import type { Column } from '../list.ts';
import { linkButton } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { namesOf } from './batch-names.ts';
import { formFields, choices } from '../form-fields.ts';
import { listRoutes, type ListView } from '../list-page.ts';

const PATH = '/console/batches';
const KINDS = ['goods', 'blank', 'plaque'] as const;

export const batchListRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-batch', nav: 'batches' }, list),
];

interface Row {
  batch: OpenBatch;
  product: string | null;
  producer: string | null;
  lot: string | null;
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { actor, ctx, language, query } = call;
  const words = batchesWordsOf(language);
  const kind = KINDS.find((known) => known === query['kind']);
  const producerId = actor.role === 'producer' || query['producerId'] === '' ? undefined : query['producerId'];
  const { lotId, productId } = query;
  const conditions = { kind, producerId, lotId, productId };
  const read = async (page: PageRequest): Promise<Page<Row>> => {
    const found = valueOf(await listBatches(actor, { ...conditions, ...page }, ctx));
    // A lot's stamps are those of its own batches and those of rolls: the rolls follow on the last page.
    const rolls =
      lotId === undefined || lotId === '' || found.next !== null || (kind !== undefined && kind !== 'blank')
        ? []
        : valueOf(await listRollsOfLot(actor, lotId, ctx));
    const batches = [...found.items, ...rolls];
    const names = await namesOf(call, batches);
    const items = batches.map((batch) => ({
      batch,
      product: batch.productId === null ? null : (names.products.get(batch.productId) ?? null),
      producer: names.producers.get(batch.producerId) ?? null,
      lot: batch.lotId === null ? null : (names.lots.get(batch.lotId) ?? null),
    }));
    return { items, next: found.next };
  };
  const number = (value: number): string => numberText(value, language);
  const figure = (key: string, head: string, value: (batch: OpenBatch) => number): Column<Row> => ({
    key,
    head,
    order: ({ batch }) => value(batch),
    cell: ({ batch }) => number(value(batch)),
    figure: true,
  });
  const columns: Column<Row>[] = [
    {
      key: 'batch',
      head: words.list.batch,
      cell: ({ batch }) => html`<span class="b">${batch.id}</span>`,
      card: 'title',
    },
    {
      key: 'product',
      head: words.list.product,
      cell: ({ batch, product, producer }) =>
        html`
          ${batch.productId === null ? words.kinds.blank : (product ?? '–')}
          ${actor.role !== 'producer' && html`<small>${producer ?? '–'}</small>`}
        `,
      card: 'plain',
    },
    {
      key: 'lot',
      head: words.list.lot,
      cell: ({ batch, lot }) => (batch.lotId === null ? words.kinds[batch.kind] : numberMark(lot ?? '–')),
    },
    figure('stamps', words.list.stamps, ({ quantity }) => quantity),
    {
      ...figure('active', words.list.active, ({ activations }) => countOf(activations)),
      cell: ({ batch }) => (batch.kind === 'plaque' ? words.list.always : number(countOf(batch.activations))),
    },
    figure('printed', words.list.printed, ({ printed }) => countOf(printed)),
    figure('voided', words.list.voided, ({ voids }) => countOf(voids)),
    {
      key: 'issued',
      order: ({ batch }) => batch.issuedAt,
      head: words.list.issued,
      cell: ({ batch }) => dayText(dayIn(ctx.settings.timeZone, batch.issuedAt)),
    },
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
  return {
    path: PATH,
    words: { ...words.list, done: words.page.done },
    filters,
    columns,
    read,
    hrefOf: ({ batch }) => `${PATH}/${batch.id}`,
    links: links.filter((link) => link !== false),
    ways: may('issue-batch') ? [linkButton('/console/print', words.list.print)] : [],
  };
}
