// The rows of one page. Records differ in size a thousandfold (a batch may hold four times 4,096 intervals), so a page
// ends at its limit of rows or, earlier, at a limit of size.

import { cursorOf } from './cursor.ts';
import type { Page } from './store.ts';

/**
 * Characters of JSON after which a page of records ends: some milliseconds of parsing, on the thread that answers
 * look-ups.
 */
const PAGE_TEXT_MAX = 4 * 1024 * 1024;
/** Bytes of JSON that a page of the audit log never exceeds, unless its only line is larger. */
export const AUDIT_PAGE_BYTES_MAX = 1024 * 1024;
/** An audit line without its values is smaller. */
const AUDIT_LINE_BYTES = 1_024;

export class PageRows<R> {
  private readonly rows: R[] = [];
  private readonly limit: number;
  private hasMore = false;
  private size = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes a row of `size` characters. False: the page was full. The first row is taken whatever its size. */
  take(row: R, size = 0): boolean {
    if (this.rows.length === this.limit || this.size >= PAGE_TEXT_MAX) {
      this.hasMore = true;
      return false;
    }
    this.rows.push(row);
    this.size += size;
    return true;
  }

  /** Takes an audit line with these values (JSON). False: the page was full, or would exceed AUDIT_PAGE_BYTES_MAX. */
  takeLine(row: R, values: string | null): boolean {
    const size = AUDIT_LINE_BYTES + Buffer.byteLength(values ?? '');
    if (this.rows.length > 0 && this.size + size > AUDIT_PAGE_BYTES_MAX) {
      this.hasMore = true;
      return false;
    }
    return this.take(row, size);
  }

  /** The page, with the cursor of its last row if more follow. */
  page<T>(itemOf: (row: R) => T, keyOf: (row: R) => readonly (string | number)[]): Page<T> {
    const last = this.rows.at(-1);
    return { items: this.rows.map(itemOf), next: this.hasMore && last !== undefined ? cursorOf(keyOf(last)) : null };
  }
}

/** A page of small rows. @param rows up to `limit`, plus one if more follow */
export function pageOfRows<R, T>(
  rows: Iterable<R>,
  limit: number,
  itemOf: (row: R) => T,
  keyOf: (row: R) => readonly (string | number)[],
): Page<T> {
  const page = new PageRows<R>(limit);
  for (const row of rows) if (!page.take(row)) break;
  return page.page(itemOf, keyOf);
}
