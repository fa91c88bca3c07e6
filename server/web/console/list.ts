// Lists: a panel of filters, a table whose rows become cards on a phone, keyset pages, and advice if there is nothing.

import { html, raw, type Html, type Inset } from '../html.ts';
import { numberText } from '../format.ts';
import { frameWordsOf, type FrameWords } from '../words/words.ts';
import type { PageCall } from './console-route.ts';
import { button, linkButton } from './page-head.ts';

/** Rows on a page of a list. */
export const PAGE_ROWS = 50;

export interface Column<Row> {
  head: Inset;
  /** Its name in the address when the list is put in its order; left out: it has none. */
  key?: string;
  /** By which it is put in order, if not by the text of its cell; null comes last. */
  order?: (row: Row) => string | number | null;
  cell: (row: Row) => Inset;
  /** A second, less prominent line in the same cell. */
  below?: (row: Row) => Inset;
  /** Figures are aligned right, with digits of equal width. */
  figure?: boolean;
  /**
   * How a card shows it: `title` first and bold (one column), `plain` only the value, `inline` beside the next one,
   * `labelled` with its head before it (the default), `hidden` not at all.
   */
  card?: 'title' | 'plain' | 'inline' | 'labelled' | 'hidden';
}

/**
 * @param table `hrefOf`: where a row leads; its title column becomes the link, on a phone the whole card. `caption` is
 * only for screen readers
 */
export function table<Row>({
  columns,
  rows,
  hrefOf,
  caption,
  headHref,
}: {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  hrefOf?: (row: Row) => string | null;
  caption: string;
  /** Where a heading leads that puts the list in order; null: it has none. `sort`: the order of now. */
  headHref?: (column: Column<Row>) => { href: string; sort: 'ascending' | 'descending' | null } | null;
}): Html {
  // A screen reader says a column's head before each of its cells.
  if (columns.some(({ head }) => head === '' || head === null)) throw new TypeError('a column without a head');
  const heads = columns.map((column) => {
    const { head, figure = false } = column;
    const link = headHref?.(column) ?? null;
    const sorted = link !== null && link.sort !== null && html` aria-sort="${link.sort}"`;
    const text = link === null ? head : html`<a href="${link.href}">${head}</a>`;
    return html`<th scope="col" role="columnheader"${figure && html` class="fig"`}${sorted}>${text}</th>`;
  });
  const body = rows.map((row) => {
    const href = hrefOf?.(row) ?? null;
    const cells = columns.map(({ head, cell, below, figure = false, card = 'labelled' }) => {
      const value = cell(row);
      const isEmpty = value === null || value === false || value === '';
      const linked =
        card === 'title' && href !== null ? html`<a class="go" href="${href}">${value}</a>` : isEmpty ? '–' : value;
      const label = card === 'labelled' && html` data-l="${textOfHead(head)}"`;
      return html`<td role="cell" class="c-${card}${figure && ' fig'}${isEmpty && ' none'}"${label}>${linked}${
        below !== undefined && html`<small>${below(row)}</small>`
      }</td>`;
    });
    return html`<tr role="row"${href !== null && html` class="to"`}>${cells}</tr>`;
  });
  const parts = [
    html`<caption>${caption}</caption>`,
    html`<thead role="rowgroup"><tr role="row">${heads}</tr></thead>`,
    html`<tbody role="rowgroup">${body}</tbody>`,
  ];
  return html`<div class="scroll"><table role="table">${parts}</table></div>`;
}

/** The filters above a list, sent by GET so that a filtered list has an address. @param fields made by fields.ts */
export function filterPanel(fields: readonly Html[], words: FrameWords, action?: string): Html {
  const to = action !== undefined && html` action="${action}"`;
  return html`<form class="filters" method="get"${to}>${fields}${button(words.list.filter, 'plain')}</form>`;
}

/**
 * The links to other pages at a list's end. @param query of this page, without `after` and `done`, which are kept in
 * the links
 */
export function pager({
  path,
  query,
  next,
  words,
  count = null,
  links = [],
}: {
  path: string;
  query: Readonly<Record<string, string>>;
  next: string | null;
  words: FrameWords;
  /** Text at the left: "9 products". */
  count?: Inset;
  /** Other links at the right. */
  links?: readonly Inset[];
}): Html | null {
  const { after, ...kept } = query;
  if (next === null && after === undefined)
    return count === null
      ? null
      : html`<div class="pager"><p>${count}</p>${links.length > 0 && html`<div class="acts">${links}</div>`}</div>`;
  const first = after !== undefined && linkButton(addressOf(path, kept), words.list.first);
  const more = next !== null && linkButton(addressOf(path, { ...kept, after: next }), words.list.next);
  return html`<nav class="pager" aria-label="${
    words.list.pages
  }"><p>${count}</p><div class="acts">${links}${first}${more}</div></nav>`;
}

/**
 * A part of rows that are all in memory, and the links to the others, so that no list is cut silently.
 * @param of `name`: the query parameter with the number of rows to skip; two lists on one page have two
 */
export function partOf<Row>(
  all: readonly Row[],
  { name, max, call }: { name: string; max: number; call: Pick<PageCall, 'query' | 'path' | 'language'> },
): { rows: readonly Row[]; ways: Html | null } {
  const { query, path, language } = call;
  const typed = query[name] ?? '';
  const asked = /^\d{1,7}$/.test(typed) ? Math.floor(Number(typed) / max) * max : 0;
  const from = asked < all.length ? asked : 0;
  const rows = all.slice(from, from + max);
  if (all.length <= max) return { rows, ways: null };
  const { list: words } = frameWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const at = (start: number): string => addressOf(path, { ...query, [name]: start === 0 ? '' : String(start) });
  const before = from > 0 && linkButton(at(from - max), words.before);
  const next = from + max < all.length && linkButton(at(from + max), words.next);
  const said = words.part(number(from + 1), number(from + rows.length), number(all.length));
  const ways = html`<nav class="pager" aria-label="${
    words.pages
  }"><p>${said}</p><div class="acts">${before}${next}</div></nav>`;
  return { rows, ways };
}

/** Names that say how a page was reached, not what it shows. */
const NOT_KEPT: ReadonlySet<string> = new Set(['done', 'lang', 'again-as']);

/** An address with these values as its query; empty values, a language and a notice are left out. */
export function addressOf(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(
    Object.entries(query).filter(([name, value]) => value !== '' && !NOT_KEPT.has(name)),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
}

const CHAIN = raw(
  '<svg width="144" height="42" viewBox="0 0 144 42" fill="none" stroke="#b5b0a4" stroke-width="1.5"' +
    ' aria-hidden="true"><path d="m18 1 18 20-18 20L0 21zm0 10 9 10-9 10-9-10z"/>' +
    '<path d="m54 1 18 20-18 20-18-20zm0 10 9 10-9 10-9-10z"/>' +
    '<path d="m90 1 18 20-18 20-18-20zm0 10 9 10-9 10-9-10z"/>' +
    '<path d="m126 1 18 20-18 20-18-20zm0 10 9 10-9 10-9-10z"/></svg>',
);

/** Parts of an address that are no condition of a list. */
const NOT_COUNTED: ReadonlySet<string> = new Set([...NOT_KEPT, 'after', 'held', 'order']);

/** Instead of an empty list: what it means, and what to do first. */
export function emptyState(title: Inset, text: Inset, ways: readonly Inset[] = []): Html {
  return html`<div class="empty">${CHAIN}<p class="h2">${title}</p><p>${text}</p>${
    ways.length > 0 && html`<div class="acts">${ways}</div>`
  }</div>`;
}

/**
 * The empty state of a list: if filters are set, it says how many and offers to clear them; else what to do first.
 * @param query of this page
 */
export function emptyList({
  path,
  query,
  words,
  title,
  text,
  ways = [],
}: {
  path: string;
  query: Readonly<Record<string, string>>;
  words: FrameWords;
  title: Inset;
  text: Inset;
  ways?: readonly Inset[];
}): Html {
  const set = Object.entries(query).filter(
    ([name, value]) => value !== '' && !NOT_COUNTED.has(name) && !name.startsWith('find-'),
  ).length;
  if (set === 0) return emptyState(title, text, ways);
  return emptyState(words.list.fewer(set), words.list.wider, [linkButton(path, words.list.clear), ...ways]);
}

/** A state in words with its diamond: filled while it applies, hollow when it is over. */
export function stateMark(text: Inset, kind: 'good' | 'over' | 'warn' | 'plain'): Html {
  return html`<span class="state ${kind}">${text}</span>`;
}

/** What a cell says, without its marks: to put rows in order, and in a workbook. */
export function insetText(inset: Inset): string {
  const text = html`${inset}`.text.replaceAll(/<[^<>]*>/g, ' ');
  return text
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => SYMBOLS[name] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const SYMBOLS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function textOfHead(head: Inset): string {
  return typeof head === 'string' || typeof head === 'number' ? String(head) : '';
}
