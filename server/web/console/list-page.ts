// A list as a page: its head with the link to add a row, filters, the table or advice if it is empty, and the links to
// other pages. A list names its columns and filters and draws nothing.

import { html, type Html, type Inset } from '../html.ts';
import { frameWordsOf } from '../words/words.ts';
import type { PageCall } from './console-route.ts';
import { emptyList, filterPanel, pager, table, type Column } from './list.ts';
import { doneNotice } from './notices.ts';
import { page, type Page, linkButton, pageHead } from './page-head.ts';

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
  rows: readonly Row[];
  next: string | null;
  hrefOf?: (row: Row) => string | null;
  /** The text of the link to the form that adds a row; false: the person may not. */
  add?: string | false;
  /** Other links of the head, before that one. */
  links?: readonly Inset[];
  /** Other ways out of an empty list, after that one. */
  ways?: readonly Inset[];
  /** Between the head and the filters. */
  above?: Inset;
  /** Conditions of this list in its address, if not all of them are filters. */
  query?: Readonly<Record<string, string>>;
  /** Shown instead of the table and its pages. */
  instead?: Html | null;
}

export function listPage<Row>(call: PageCall, list: ListView<Row>): Page {
  const { path, words, filters = [], rows, next, add = false, links = [], ways = [], instead = null } = list;
  const { title, lead = null, empty, emptyText, caption = title, done = {} } = words;
  const frame = frameWordsOf(call.language);
  const { query } = call;
  const addLink = (filled: boolean): readonly Inset[] =>
    add === false ? [] : [linkButton(`${path}/new`, add, filled)];
  const isEmpty = rows.length === 0 && next === null;
  const shown = isEmpty
    ? emptyList({
        path,
        query: list.query ?? query,
        words: frame,
        title: empty,
        text: emptyText,
        ways: [...addLink(true), ...ways],
      })
    : table({ ...list, caption });
  return page(
    title,
    html`
      ${pageHead({ title, lead, actions: [...links, ...(isEmpty && instead === null ? [] : addLink(true))] })}
      ${list.above ?? null}
      ${doneNotice(call, done)}
      ${filters.length > 0 && filterPanel(filters, frame)}
      ${instead ?? html`${shown}${pager({ path, query, next, words: frame })}`}
    `,
  );
}
