// Where a page ended, as an opaque text for the caller, which is checked when it comes back.

import { PAGE_LIMIT_MAX, type PageRequest } from './store.ts';

export function cursorOf(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws RangeError if the text is not a cursor with values of these types */
export function cursorAfter(text: string, types: readonly ('string' | 'number')[]): (string | number)[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw new RangeError('unreadable cursor', { cause: error });
  }
  if (!Array.isArray(key) || key.length !== types.length || !types.every((type, i) => typeof key[i] === type)) {
    throw new RangeError('unreadable cursor');
  }
  return key as (string | number)[];
}

/** @throws RangeError outside 1..PAGE_LIMIT_MAX */
export function limitOf(page: PageRequest): number {
  if (!Number.isInteger(page.limit) || page.limit < 1 || page.limit > PAGE_LIMIT_MAX) {
    throw new RangeError(`a page holds 1 to ${PAGE_LIMIT_MAX} records, not ${page.limit}`);
  }
  return page.limit;
}
