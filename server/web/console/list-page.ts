// A list as a page and as a workbook: its head with the link to add a row, filters, a stated order that a heading
// changes, the table or advice if it is empty, totals, and the links to other pages. A list names its columns, filters
// and how its rows are read, and draws nothing. The address holds all of it, and the workbook holds what it shows.

import { setImmediate as turn } from 'node:timers/promises';
import type { Page as PageOf, PageRequest } from '../../store/store.ts';
import { dayText, numberText } from '../format.ts';
import { html, type Html, type Inset } from '../html.ts';
import { frameWordsOf } from '../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from './console-route.ts';
import { selectField } from './fields.ts';
import { addressOf, emptyList, filterPanel, insetText, pager, PAGE_ROWS, table, type Column } from './list.ts';
import { doneNotice, notice } from './notices.ts';
import { page, type Page, linkButton, pageHead } from './page-head.ts';
import { spreadsheetOf, XLSX } from './programme/spreadsheet.ts';

/** Rows that are put in order or exported: as many as a workbook may hold (docs/decisions/0022-registry-files.md). */
const ROWS_IN_ORDER_MAX = 20_000;
/** Rows read at once when all are wanted. */
const GATHERED_AT_ONCE = 200;
const DOWN = 'desc';

export interface ListView<Row> {
  /** Of the list; the form that adds a row is at `new` below it. */
  path: string;
  words: {
    title: string;
    lead?: Inset;
    empty: string;
    emptyText: string;
    /** Heard, not seen; the title where left out. */
    caption?: string;
    /** What was just done, by the `done` of the address. */
    done?: Readonly<Record<string, Inset>>;
  };
  filters?: readonly Html[];
  columns: readonly Column<Row>[];
  /** A page of rows in the list's own order, newest first where `order` says nothing else. */
  read: (page: PageRequest) => Promise<PageOf<Row>>;
  /** The list's own order in words; left out: the newest first. */
  order?: string;
  hrefOf?: (row: Row) => string | null;
  /** The text of the link to the form that adds a row; false: the person may not. */
  add?: string | false;
  /** Other links of the head, before that one. */
  links?: readonly Inset[];
  /** Other ways out of an empty list, after that one. */
  ways?: readonly Inset[];
  /** Between the head and the filters. */
  above?: Inset;
  /** After the list. */
  below?: Inset;
  /** Conditions of this list in its address, if not all of them are filters. */
  query?: Readonly<Record<string, string>>;
}

type Head = Pick<ConsoleRoute, 'path' | 'nav' | 'gate'> & { right: Exclude<ConsoleRoute['right'], 'public'> };

/** The two routes of a list: its page, and what it shows as a workbook. */
export function listRoutes<Row>(head: Head, view: (call: PageCall) => Promise<ListView<Row>>): ConsoleRoute[] {
  const { path, nav, right } = head;
  return [
    { ...head, method: 'get', handle: async (call: PageCall) => listPage(call, await view(call)) },
    {
      method: 'get',
      path: `${path}.xlsx`,
      nav,
      right,
      gate: 'exports',
      handle: async (call: PageCall) => listFile(call, await view(call)),
    },
  ];
}

interface Shown<Row> {
  rows: readonly Row[];
  next: string | null;
  /** Null: there are more rows than were counted. */
  total: number | null;
  /** Too many rows to put them in order. */
  isUnordered: boolean;
}

async function listPage<Row>(call: PageCall, list: ListView<Row>): Promise<Page> {
  const { path, words, filters = [], add = false, links = [], ways = [] } = list;
  const { title, lead = null, empty, emptyText, caption = title, done = {} } = words;
  const frame = frameWordsOf(call.language);
  const { query } = call;
  const order = orderOf(list, query);
  const { rows, next, total, isUnordered } = await rowsShown(call, list, order);
  const addLink = (filled: boolean): readonly Inset[] =>
    add === false ? [] : [linkButton(`${path}/new`, add, filled)];
  const isEmpty = rows.length === 0 && next === null;
  const headHref = (column: Column<Row>): { href: string; sort: 'ascending' | 'descending' | null } | null => {
    if (column.key === undefined) return null;
    const isThis = order?.column.key === column.key;
    const value = isThis && !order.isDown ? `${column.key} ${DOWN}` : column.key;
    const href = addressOf(path, { ...query, after: '', order: value });
    return { href, sort: isThis ? (order.isDown ? 'descending' : 'ascending') : null };
  };
  const shown = isEmpty
    ? emptyList({
        path,
        query: list.query ?? query,
        words: frame,
        title: empty,
        text: emptyText,
        ways: [...addLink(true), ...ways],
      })
    : table({ columns: list.columns, rows, ...(list.hrefOf ? { hrefOf: list.hrefOf } : {}), caption, headHref });
  const number = (value: number): string => numberText(value, call.language);
  const count = isEmpty
    ? null
    : total === null
      ? frame.list.atLeast(number(rows.length))
      : rows.length === total
        ? frame.list.total(number(total))
        : frame.list.shownOf(number(rows.length), number(total));
  const file = linkButton(addressOf(`${path}.xlsx`, { ...query, after: '' }), frame.list.file);
  return page(
    title,
    html`
      ${pageHead({ title, lead, actions: [...links, ...(isEmpty ? [] : addLink(true))] })}
      ${list.above ?? null}
      ${doneNotice(call, done)}
      ${filterPanel(
        [...filters, orderField(list, query, call)].filter((field) => field !== null),
        frame,
      )}
      ${isUnordered && notice('info', frame.list.tooMany(number(ROWS_IN_ORDER_MAX)))}
      ${rows.length === 0 && next !== null ? html`<p class="muted text">${frame.list.further}</p>` : shown}
      ${pager({ path, query, next, words: frame, count, ...(isEmpty ? {} : { links: [file] }) })}
      ${list.below ?? null}
    `,
  );
}

interface Order<Row> {
  column: Column<Row>;
  isDown: boolean;
}

/** The order that the address asks for; null: the list's own. */
function orderOf<Row>({ columns }: ListView<Row>, query: PageCall['query']): Order<Row> | null {
  const [key = '', way = ''] = (query['order'] ?? '').split(' ');
  const column = columns.find((one) => one.key !== undefined && one.key === key);
  return column === undefined ? null : { column, isDown: way === DOWN };
}

/** States the order and changes it, also on a phone, where a table has no headings. */
function orderField<Row>({ columns, order }: ListView<Row>, query: PageCall['query'], call: PageCall): Html | null {
  const { list: words } = frameWordsOf(call.language);
  const named = columns.filter(({ key }) => key !== undefined);
  if (named.length === 0) return null;
  const options = named.flatMap(({ key = '', head, figure = false }) => {
    const name = insetText(head);
    return [
      { value: key, text: figure ? words.lessFirst(name) : words.upward(name) },
      { value: `${key} ${DOWN}`, text: figure ? words.moreFirst(name) : words.downward(name) },
    ];
  });
  return selectField({
    name: 'order',
    label: words.order,
    value: query['order'] ?? '',
    blank: order ?? words.newest,
    options,
  });
}

async function rowsShown<Row>(call: PageCall, list: ListView<Row>, order: Order<Row> | null): Promise<Shown<Row>> {
  const after = call.query['after'] ?? null;
  if (order !== null) {
    const all = await everyRow(list);
    if (all !== null) {
      const from = after !== null && /^\d{1,6}$/.test(after) ? Number(after) : 0;
      const rows = inOrder(all, order).slice(from, from + PAGE_ROWS);
      const end = from + rows.length;
      return { rows, next: end < all.length ? String(end) : null, total: all.length, isUnordered: false };
    }
  }
  const found = await list.read({ limit: PAGE_ROWS, after: isOffset(after) ? null : after });
  const isWhole = found.next === null && (after === null || isOffset(after));
  return {
    rows: found.items,
    next: found.next,
    total: isWhole ? found.items.length : null,
    isUnordered: order !== null,
  };
}

/** Where an ordered list continues; it is no cursor of the store. */
function isOffset(after: string | null): boolean {
  return after !== null && /^\d{1,6}$/.test(after);
}

/** All rows; null: there are more than can be put in order. */
async function everyRow<Row>({ read }: ListView<Row>): Promise<Row[] | null> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const found: PageOf<Row> = await read({ limit: GATHERED_AT_ONCE, after });
    rows.push(...found.items);
    if (rows.length > ROWS_IN_ORDER_MAX) return null;
    after = found.next;
    await turn(); // the store reads on this thread: look-ups come in between
  } while (after !== null);
  return rows;
}

function inOrder<Row>(rows: readonly Row[], { column, isDown }: Order<Row>): Row[] {
  const { compare } = new Intl.Collator('vi', { numeric: true });
  const keyed = rows.map((row) => ({ row, value: valueOf(column, row) }));
  const sign = isDown ? -1 : 1;
  const isNone = (value: string | number | null): boolean => value === null || value === '';
  return keyed
    .toSorted((a, b) => {
      // What is not there comes last, whichever way.
      if (isNone(a.value) || isNone(b.value)) return Number(isNone(a.value)) - Number(isNone(b.value));
      if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value);
      return sign * compare(String(a.value), String(b.value));
    })
    .map(({ row }) => row);
}

/** By which a row is ordered: its own value, or the text of its cell. */
function valueOf<Row>(column: Column<Row>, row: Row): string | number | null {
  return column.order === undefined ? insetText(column.cell(row)) : column.order(row);
}

/** The rows of all pages, in the order shown, as a workbook. */
async function listFile<Row>(call: PageCall, list: ListView<Row>): Promise<PageAnswer> {
  const frame = frameWordsOf(call.language);
  const order = orderOf(list, call.query);
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const found: PageOf<Row> = await list.read({ limit: GATHERED_AT_ONCE, after });
    rows.push(...found.items);
    after = found.next;
    await turn();
  } while (after !== null && rows.length < ROWS_IN_ORDER_MAX);
  const isCut = after !== null || rows.length > ROWS_IN_ORDER_MAX;
  const kept = rows.slice(0, ROWS_IN_ORDER_MAX);
  const shown = order === null ? kept : inOrder(kept, order);
  const { columns, words } = list;
  const cells = (column: Column<Row>, row: Row): (string | number | null)[] => {
    const own = column.figure === true ? valueOf(column, row) : insetText(column.cell(row));
    const value = own === '' ? null : own;
    return column.below === undefined ? [value] : [value, insetText(column.below(row)) || null];
  };
  const bytes = await spreadsheetOf([
    {
      name: words.title,
      widths: columns.flatMap(({ figure = false, below }) => (below === undefined ? [figure ? 12 : 26] : [30, 26])),
      lines: [
        words.title,
        dayText(call.today),
        ...(isCut ? [frame.list.cut(numberText(ROWS_IN_ORDER_MAX, call.language))] : []),
      ],
      heads: columns.flatMap(({ head, below }) => (below === undefined ? [insetText(head)] : [insetText(head), ''])),
      rows: shown.map((row) => columns.flatMap((column) => cells(column, row))),
    },
  ]);
  const name = list.path.split('/').at(-1) ?? 'list';
  return { kind: 'file', mediaType: XLSX, fileName: `${name}-${call.today}.xlsx`, source: bytes };
}

/** A page of a list whose rows need more than their record. */
export async function rowsOf<T, Row>(found: PageOf<T>, make: (record: T) => Promise<Row>): Promise<PageOf<Row>> {
  const items: Row[] = [];
  for (const record of found.items) items.push(await make(record));
  return { items, next: found.next };
}
