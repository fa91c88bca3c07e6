// The first page of the console: the batches in reach with their state and files.

import { listBatches } from '../../actions/read-batch.ts';
import { listPrintRuns } from '../../actions/read-print-run.ts';
import { readLot } from '../../actions/read-lot.ts';
import { readProduct } from '../../actions/read-product.ts';
import type { OpenBatch } from '../../actions/sealed-batch.ts';
import type { PrintRun } from '../../domain/batch.ts';
import { dayIn } from '../../domain/calendar.ts';
import { countOf, gapsIn, mergeRanges, type SerialRange } from '../../domain/intervals.ts';
import type { Language } from '../../scan/answer.ts';
import { valueOf } from '../api/route.ts';
import { html, type Html } from '../html.ts';
import { dayText, numberMark, numberText } from '../public/format.ts';
import { consoleWordsOf, type ConsoleWords } from '../words/console.ts';
import { frameWordsOf } from '../words/console/frame.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from './console-route.ts';
import { emptyState, pager, PAGE_ROWS, table, type Column } from './list.ts';
import { pageHead } from './page-head.ts';

export const batchesRoutes: readonly ConsoleRoute[] = [{ method: 'get', path: '/console', right: 'signed-in', nav: 'today', handle: showBatches }];

interface BatchRow {
  batch: OpenBatch;
  productName: string | null;
  lotNumber: string | null;
  /** The latest files; none for whoever may take no files. */
  runs: PrintRun[];
}

/** Ranges not printed yet that a row links; more are asked for through the API. */
const SHEETS_MAX = 3;
const RUNS_SHOWN = 3;
const TEMPLATE = 'a4-65';

async function showBatches({ actor, ctx, language, query }: PageCall): Promise<PageAnswer> {
  const page = valueOf(await listBatches(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx));
  const rows: BatchRow[] = [];
  for (const batch of page.items) {
    const product = batch.productId === null ? null : await readProduct(actor, batch.productId, ctx);
    const lot = batch.lotId === null ? null : await readLot(actor, batch.lotId, ctx);
    const runs = await listPrintRuns(actor, batch.id, { limit: RUNS_SHOWN, after: null }, ctx);
    rows.push({
      batch,
      productName: product?.ok === true ? product.value.name : null,
      lotNumber: lot?.ok === true ? lot.value.number : null,
      runs: runs.ok ? runs.value.items : [],
    });
  }
  const words = consoleWordsOf(language);
  const { batches } = words;
  const columns = columnsOf({ words, language, timeZone: ctx.settings.timeZone, mayTake: actor.role !== 'inspector' });
  const list = rows.length === 0 ? emptyState(batches.empty, '') : table({ columns, rows, caption: batches.heading });
  const body = html`${pageHead({ title: batches.heading })}${list}${pager({ path: '/console', query, next: page.next, words: frameWordsOf(language) })}`;
  return { kind: 'page', title: words.title, body };
}

function columnsOf({ words, language, timeZone, mayTake }: { words: ConsoleWords; language: Language; timeZone: string; mayTake: boolean }): Column<BatchRow>[] {
  const { batches } = words;
  const files: Column<BatchRow> = { head: batches.files, cell: (row) => linksOf(row, words), card: 'plain' };
  const shown: Column<BatchRow>[] = [
    { head: batches.batch, cell: ({ batch }) => html`<b class="b">${batch.id}</b>`, card: 'title' },
    { head: batches.kind, cell: ({ batch }) => batches.kinds[batch.kind] },
    { head: batches.forWhat, cell: (row) => useOf(row, words) },
    { head: batches.stamps, cell: ({ batch }) => numberText(batch.quantity, language), figure: true },
    { head: batches.active, cell: ({ batch }) => (batch.kind === 'plaque' ? batches.allActive : numberText(countOf(batch.activations), language)), figure: true },
    { head: batches.printed, cell: ({ batch }) => numberText(countOf(batch.printed), language), figure: true },
    { head: batches.voided, cell: ({ batch }) => numberText(countOf(batch.voids), language), figure: true },
    { head: batches.issued, cell: ({ batch }) => dayText(dayIn(timeZone, batch.issuedAt)) },
  ];
  return mayTake ? [...shown, files] : shown;
}

function useOf({ batch, productName, lotNumber }: BatchRow, { batches }: ConsoleWords): Html {
  const lot = lotNumber === null ? (batch.kind === 'plaque' ? null : batches.noLot) : batches.lot(numberMark(lotNumber));
  return html`${productName}${productName !== null && lot !== null && ', '}${lot}`;
}

/** What was printed, to be had again; what is neither printed nor void, to be printed; and the codes. */
function linksOf({ batch, runs }: BatchRow, { batches }: ConsoleWords): Html {
  const at = `/api/v1/batches/${batch.id}`;
  const again = runs.map(({ template, from, to, skip, offsetXMm, offsetYMm, output, dpi }) => {
    const range = { template, from: String(from), to: String(to) };
    const exactly = output === 'pdf' ? { skip: String(skip), offsetX: String(offsetXMm), offsetY: String(offsetYMm) } : { dpi: String(dpi) };
    const query = new URLSearchParams({ ...range, ...exactly });
    return html`<a href="${at}/${output === 'pdf' ? 'sheet.pdf' : `labels.${output}`}?${query.toString()}">${batches.printedSheet(template, rangeText({ from, to }))}</a><br>`;
  });
  const fresh = gapsIn(mergeRanges([...batch.voids, ...batch.printed]), { from: 1, to: batch.quantity })
    .slice(0, SHEETS_MAX)
    .map(({ from, to }) => html`<a href="${at}/sheet.pdf?template=${TEMPLATE}&amp;from=${from}&amp;to=${to}">${batches.newSheet(rangeText({ from, to }))}</a><br>`);
  return html`${again}${fresh}<a href="${at}/codes.csv">${batches.codes}</a>`;
}

function rangeText({ from, to }: SerialRange): string {
  return `${from}–${to}`;
}
