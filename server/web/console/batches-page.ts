// The first page of the console: who is signed in, and the batches in reach with their state and files.

import type { OwnAccount } from '../../actions/read-own-account.ts';
import type { OpenBatch } from '../../actions/sealed-batch.ts';
import type { PrintRun } from '../../domain/batch.ts';
import { dayIn } from '../../domain/calendar.ts';
import { countOf, gapsIn, mergeRanges, type SerialRange } from '../../domain/intervals.ts';
import type { Language } from '../../scan/answer.ts';
import { html, type Html, type Inset } from '../html.ts';
import { dayText, numberMark, numberText } from '../public/format.ts';
import { consoleWordsOf, type ConsoleWords } from '../words/console.ts';
import { consolePage } from './frame.ts';

export interface BatchRow {
  batch: OpenBatch;
  productName: string | null;
  lotNumber: string | null;
  /** The latest files; none for whoever may take no files. */
  runs: PrintRun[];
}

export interface BatchesView {
  account: OwnAccount;
  rows: BatchRow[];
  /** `after` of the next page; null: there is no more. */
  next: string | null;
  timeZone: string;
}

/** Ranges not printed yet that a row links; more are asked for through the API. */
const SHEETS_MAX = 3;
const TEMPLATE = 'a4-65';

export function batchesPage(view: BatchesView, language: Language): string {
  const words = consoleWordsOf(language);
  const { batches } = words;
  const { account, rows, next } = view;
  const mayTake = account.role !== 'inspector';
  const heads = [batches.batch, batches.kind, batches.forWhat, batches.stamps, batches.active, batches.printed, batches.voided, batches.issued];
  const table = html`<table><thead><tr>${[...heads, ...(mayTake ? [batches.files] : [])].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((row) =>
    rowOf(row, { words, language, mayTake, timeZone: view.timeZone }),
  )}</tbody></table>`;
  const place = account.producer ?? account.office;
  const body = html`<p>${words.signedInAs(account.name, words.roles[account.role])}${place !== null && ` ${place}.`}</p><h1>${batches.heading}</h1>${
    rows.length === 0 ? html`<p>${batches.empty}</p>` : table
  }${next !== null && html`<p><a href="?lang=${language}&amp;after=${encodeURIComponent(next)}">${words.older}</a></p>`}${
    account.role !== 'producer' && html`<p><a href="/inspect?lang=${language}">${batches.findings}</a></p>`
  }`;
  return consolePage({ language, title: words.title, body, signedIn: true });
}

function rowOf({ batch, productName, lotNumber, runs }: BatchRow, page: { words: ConsoleWords; language: Language; mayTake: boolean; timeZone: string }): Html {
  const { words, language, mayTake, timeZone } = page;
  const { batches } = words;
  const number = (value: number): Html => unbrokenMark(numberText(value, language));
  const lot = lotNumber === null ? (batch.kind === 'plaque' ? null : batches.noLot) : batches.lot(numberMark(lotNumber));
  const cells: [string, Inset][] = [
    [batches.batch, html`<b class="b">${batch.id}</b>`],
    [batches.kind, batches.kinds[batch.kind]],
    [batches.forWhat, html`${productName}${productName !== null && lot !== null && ', '}${lot}`],
    [batches.stamps, number(batch.quantity)],
    [batches.active, batch.kind === 'plaque' ? batches.allActive : number(countOf(batch.activations))],
    [batches.printed, number(countOf(batch.printed))],
    [batches.voided, number(countOf(batch.voids))],
    [batches.issued, unbrokenMark(dayText(dayIn(timeZone, batch.issuedAt)))],
  ];
  if (mayTake) cells.push([batches.files, html`<div>${linksOf(batch, runs, words)}</div>`]);
  return html`<tr>${cells.map(([label, value]) => html`<td data-l="${label}"><span>${value}</span></td>`)}</tr>`;
}

/** What was printed, to be had again; what is neither printed nor void, to be printed; and the codes. */
function linksOf(batch: OpenBatch, runs: readonly PrintRun[], { batches }: ConsoleWords): Html {
  const at = `/api/v1/batches/${batch.id}`;
  const again = runs.map(({ template, from, to, skip, offsetXMm, offsetYMm }) => {
    const query = new URLSearchParams({ template, from: String(from), to: String(to), skip: String(skip), offsetX: String(offsetXMm), offsetY: String(offsetYMm) });
    return html`<a href="${at}/sheet.pdf?${query.toString()}">${batches.printedSheet(template, rangeText({ from, to }))}</a><br>`;
  });
  const fresh = gapsIn(mergeRanges([...batch.voids, ...batch.printed]), { from: 1, to: batch.quantity })
    .slice(0, SHEETS_MAX)
    .map(({ from, to }) => html`<a href="${at}/sheet.pdf?template=${TEMPLATE}&amp;from=${from}&amp;to=${to}">${batches.newSheet(rangeText({ from, to }))}</a><br>`);
  return html`${again}${fresh}<a href="${at}/codes.csv">${batches.codes}</a>`;
}

function rangeText({ from, to }: SerialRange): string {
  return `${from}–${to}`;
}

function unbrokenMark(text: string): Html {
  return html`<span class="b">${text}</span>`;
}
