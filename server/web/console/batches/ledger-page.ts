// The ledger of a producer's year: sums, then products against their allowance, lots against what they declared, rolls.
// What does not add up comes first, each with its reason.

import { readLedger } from '../../../actions/batches/read-ledger.ts';
import { decide } from '../../../actions/kit/rights.ts';
import type {
  Ledger,
  LotAccount,
  Oddity,
  ProductAccount,
  RollAccount,
  StampSums,
} from '../../../domain/batches/ledger.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { frameWordsOf, ledgerWordsOf, type LedgerWords } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { selectField, textField } from '../fields.ts';
import { emptyState, filterPanel, partOf, table, type Column } from '../list.ts';
import { dayOfText } from '../moments.ts';
import { notice } from '../notices.ts';
import { pageHead, section } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';

const PATH = '/console/ledger';
/** Lots on one page: those with a question first, then the newest. */
const LOTS_SHOWN = 100;
const ROLLS_SHOWN = 100;

export const ledgerRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, gate: 'statistics', right: 'read-ledger', nav: 'ledger', handle: ledgerPage },
];

async function ledgerPage(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query, today } = call;
  const words = ledgerWordsOf(language);
  const frame = frameWordsOf(language);
  const year =
    /^20[1-9]\d$/.test(query['year'] ?? '') && Number(query['year']) >= 2018
      ? Number(query['year'])
      : Number(today.slice(0, 4));
  const own = actor.role === 'producer' ? actor.producerId : null;
  const producerId = own ?? query['producerId'] ?? '';
  const producers = own === null ? await producerOptions(call, producerId) : [];
  const filters = [
    ...(own === null
      ? [
          selectField({
            name: 'producerId',
            label: words.producer,
            value: producerId,
            blank: frame.form.choose,
            options: producers,
          }),
        ]
      : []),
    textField({ name: 'year', label: words.year, value: String(year), mode: 'numeric', max: 4 }),
  ];
  const title = words.title(String(year));
  const head = html`${pageHead({ title, lead: words.lead })}${filterPanel(filters, frame)}`;
  if (producerId === '')
    return { kind: 'page', title, body: html`${head}${emptyState(words.chooseProducer, words.chooseText)}` };
  const ledger = valueOf(await readLedger(actor, { producerId, query: { year } }, ctx));
  if (
    ledger.totals.given === 0 &&
    ledger.lots.every(({ given }) => given === 0) &&
    ledger.products.every(({ allowance, declared }) => allowance === null && declared === null)
  ) {
    return { kind: 'page', title, body: html`${head}${emptyState(words.none, words.noneText)}` };
  }
  return {
    kind: 'page',
    title,
    body: html`
      ${head}
      ${oddNotice(call, ledger)}
      ${totals(call, ledger)}
      ${productTable(call, ledger)}
      ${lotTable(call, ledger)}
      ${rollTable(call, ledger)}
    `,
  };
}

function oddNotice({ language }: PageCall, { products, lots, rolls, lotsWithoutOutput }: Ledger): Html {
  const words = ledgerWordsOf(language);
  const count = [...products, ...lots, ...rolls].reduce((sum, { oddities }) => sum + oddities.length, 0);
  // A lot that declares no output cannot be compared with its stamps, so we cannot say that everything adds up.
  const uncounted = lotsWithoutOutput === 0 ? null : words.noOutput(numberText(lotsWithoutOutput, language));
  if (count > 0) {
    const text = uncounted === null ? words.oddText : html`${words.oddText} ${uncounted}`;
    return notice('warn', words.odd(numberText(count, language)), text);
  }
  return uncounted === null ? notice('done', words.fits) : notice('info', words.notAllCounted, uncounted);
}

function totals({ language }: PageCall, ledger: Ledger): Html {
  const { sums } = ledgerWordsOf(language);
  const keys = ['given', 'printed', 'activated', 'voided', 'scanned', 'inHand'] as const;
  return html`
    <dl class="sums">
      ${keys.map((key) => html`<div><dt>${sums[key]}</dt><dd>${numberText(ledger.totals[key], language)}</dd></div>`)}
    </dl>
  `;
}

function sumColumns<Row extends StampSums>({ sums }: LedgerWords, number: (value: number) => string): Column<Row>[] {
  return (['given', 'printed', 'activated', 'voided', 'scanned'] as const).map((key) => ({
    head: sums[key],
    cell: (row: Row) => number(row[key]),
    figure: true,
  }));
}

function allowanceLink(productId: string, year: number, words: LedgerWords): Html {
  return html`<small><a href="/console/products/${productId}/allowance?year=${year}">${words.setAllowance}</a></small>`;
}

function productTable(call: PageCall, { products, year }: Ledger): Html {
  const { actor, language } = call;
  const words = ledgerWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const maySet = decide(actor, 'set-allowance', null).kind === 'may';
  const columns: Column<ProductAccount>[] = [
    {
      head: words.product,
      cell: ({ productId, name, oddities }) =>
        html`<a href="/console/products/${productId}">${name}</a>${oddList(call, oddities)}`,
      card: 'plain',
    },
    {
      head: words.allowance,
      figure: true,
      cell: ({ productId, allowance }) =>
        html`
          ${allowance === null ? words.noLimit : words.used(number(allowance.used), number(allowance.stamps))}
          ${maySet && allowanceLink(productId, year, words)}
        `,
    },
    {
      head: words.declared,
      figure: true,
      cell: ({ allowance, declared }) =>
        declared === null
          ? null
          : allowance === null
            ? number(declared)
            : words.output(number(declared), number(allowance.expectedOutput)),
    },
    ...sumColumns<ProductAccount>(words, number),
  ];
  return section(words.products, table({ columns, rows: products, caption: words.products }));
}

function lotTable(call: PageCall, { lots }: Ledger): Html | null {
  if (lots.length === 0) return null;
  const { language } = call;
  const words = ledgerWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const rows = lots.toSorted((a, b) => Number(b.oddities.length > 0) - Number(a.oddities.length > 0));
  const columns: Column<LotAccount>[] = [
    {
      head: words.lot,
      cell: ({ lotId, number: name, ofOtherYears, oddities }) =>
        html`<a href="/console/lots/${lotId}">${numberMark(name)}</a>${
          ofOtherYears > 0 && html`<small>${words.ofOtherYears(number(ofOtherYears))}</small>`
        }${oddList(call, oddities)}`,
      card: 'plain',
    },
    {
      head: words.declared,
      figure: true,
      cell: ({ declared, activated }) =>
        declared !== null
          ? number(declared)
          : activated > 0
            ? html`<span class="muted">${words.notDeclared}</span>`
            : null,
    },
    ...sumColumns<LotAccount>(words, number),
  ];
  const part = partOf(rows, { name: 'lots', max: LOTS_SHOWN, call });
  return section(words.lots, html`${table({ columns, rows: part.rows, caption: words.lots })}${part.ways}`);
}

function rollTable(call: PageCall, { rolls }: Ledger): Html | null {
  if (rolls.length === 0) return null;
  const { language } = call;
  const words = ledgerWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const columns: Column<RollAccount>[] = [
    {
      head: words.roll,
      cell: ({ batchId, oddities }) =>
        html`<a class="b" href="/console/batches/${batchId}">${batchId}</a>${oddList(call, oddities)}`,
      card: 'plain',
    },
    { head: words.given, cell: ({ issuedAt }) => dayOfText(issuedAt, call) },
    ...sumColumns<RollAccount>(words, number),
    { head: words.sums.inHand, cell: ({ inHand }) => number(inHand), figure: true },
  ];
  const rows = rolls.toSorted((a, b) => Number(b.oddities.length > 0) - Number(a.oddities.length > 0));
  const part = partOf(rows, { name: 'rolls', max: ROLLS_SHOWN, call });
  return section(words.rolls, html`${table({ columns, rows: part.rows, caption: words.rolls })}${part.ways}`);
}

function oddList({ language }: PageCall, oddities: readonly Oddity[]): Html | null {
  if (oddities.length === 0) return null;
  const words = ledgerWordsOf(language).oddities;
  const number = (value: number): string => numberText(value, language);
  const textOf = (oddity: Oddity): string => {
    switch (oddity.kind) {
      case 'beyond-allowance':
        return words[oddity.kind](number(oddity.stamps), number(oddity.allowed));
      case 'output-beyond-expected':
        return words[oddity.kind](number(oddity.declared), number(oddity.expected));
      case 'more-stamps-than-output':
        return words[oddity.kind](number(oddity.stamps), number(oddity.declared));
      case 'active-not-printed':
      case 'scanned-not-active':
        return words[oddity.kind](number(oddity.stamps));
      case 'void-scanned':
        return words[oddity.kind](number(oddity.serial), oddity.batchId);
      default:
        return oddity satisfies never;
    }
  };
  return html`<ul class="odd">${oddities.map((oddity) => html`<li>${textOf(oddity)}</li>`)}</ul>`;
}
