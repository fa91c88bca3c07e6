// The rows of one page. Records differ in size a thousandfold (a batch may hold four times 4,096 intervals), so a page is full
// at its limit of rows or, earlier, once they are as large as what one answer may hold.

/** Letters of JSON after which a page ends: some milliseconds to parse, on the thread that answers look-ups. */
export const PAGE_TEXT_MAX = 4 * 1024 * 1024;

export class PageRows<R> {
  readonly rows: R[] = [];
  /** Whether a row was offered that belongs on the next page. */
  hasMore = false;
  private readonly limit: number;
  private size = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes a row whose text has so many letters; false: the page was full. Its first row is taken whatever its size. */
  take(row: R, size: number): boolean {
    if (this.rows.length === this.limit || this.size >= PAGE_TEXT_MAX) {
      this.hasMore = true;
      return false;
    }
    this.rows.push(row);
    this.size += size;
    return true;
  }
}
