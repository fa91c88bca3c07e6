// The first page of the console: who is signed in, and the batches in reach with their state and files.

import type { OwnAccount } from '../../actions/read-own-account.ts';
import type { OpenBatch } from '../../actions/sealed-batch.ts';
import { dayIn } from '../../domain/calendar.ts';
import { countOf, gapsIn, type SerialRange } from '../../domain/intervals.ts';
import type { Language } from '../../scan/answer.ts';
import { html, type Html, type Inset } from '../html.ts';
import { dayText, numberText } from '../public/format.ts';
import { consoleWordsOf, type ConsoleWords } from '../words/console.ts';
import { consolePage } from './frame.ts';

export interface BatchRow {
  batch: OpenBatch;
  productName: string | null;
  lotNumber: string | null;
}

export interface BatchesView {
  account: OwnAccount;
  rows: BatchRow[];
  /** `after` of the next page; null: there is no more. */
  next: string | null;
  timeZone: string;
}

/** Ranges beside void serials that a row links; more are asked for through the API. */
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

function rowOf({ batch, productName, lotNumber }: BatchRow, page: { words: ConsoleWords; language: Language; mayTake: boolean; timeZone: string }): Html {
  const { words, language, mayTake, timeZone } = page;
  const { batches } = words;
  const number = (value: number): string => numberText(value, language);
  const lot = lotNumber === null ? (batch.kind === 'plaque' ? null : batches.noLot) : batches.lot(lotNumber);
  const cells: [string, Inset][] = [
    [batches.batch, html`<b>${batch.id}</b>`],
    [batches.kind, batches.kinds[batch.kind]],
    [batches.forWhat, [productName, lot].filter((part) => part !== null).join(', ')],
    [batches.stamps, number(batch.quantity)],
    [batches.active, batch.kind === 'plaque' ? batches.allActive : number(countOf(batch.activations))],
    [batches.printed, number(countOf(batch.printed))],
    [batches.voided, number(countOf(batch.voids))],
    [batches.issued, dayText(dayIn(timeZone, batch.issuedAt))],
  ];
  if (mayTake) cells.push([batches.files, html`<div>${linksOf(batch, words)}</div>`]);
  return html`<tr>${cells.map(([label, value]) => html`<td data-l="${label}"><span>${value}</span></td>`)}</tr>`;
}

function linksOf(batch: OpenBatch, { batches }: ConsoleWords): Html {
  const at = `/api/v1/batches/${batch.id}`;
  const whole: SerialRange = { from: 1, to: batch.quantity };
  const sheets = gapsIn(batch.voids, whole)
    .slice(0, SHEETS_MAX)
    .map(({ from, to }) => {
      const isWhole = from === whole.from && to === whole.to;
      const range = isWhole ? null : html`&amp;from=${from}&amp;to=${to}`;
      return html`<a href="${at}/sheet.pdf?template=${TEMPLATE}${range}">${isWhole ? batches.sheet : batches.sheetOf(`${from}–${to}`)}</a><br>`;
    });
  return html`${sheets}<a href="${at}/codes.csv">${batches.codes}</a>`;
}
