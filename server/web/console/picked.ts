// Records to choose from in a select. A page holds a bounded number of them. If there are more, it says so and finds
// the others by a part of their name, so that all can be reached. The chosen record is always included, so that a form
// that is saved unchanged keeps it.

import type { Id } from '../../domain/entity.ts';
import type { Language } from '../../domain/language.ts';
import type { Result } from '../../domain/problem.ts';
import { foldedText, holdsWords, looseKey } from '../../domain/search-text.ts';
import { PAGE_LIMIT_MAX, type Page, type PageRequest } from '../../store/store.ts';
import { valueOf } from '../outcome.ts';
import type { PageCall } from './console-route.ts';

/** A longer select is of no use on a phone, and slow: about 100 kB of page. */
export const PICKED_MAX = 1_000;
/** Records that one search examines; more than the largest province has of any kind. */
export const LOOKED_AT_MAX = 50_000;
const FIND_SYMBOLS_MAX = 80;

/** Where the search box of a select leads, and what it holds. */
export interface PickFinder {
  /** Name of the query parameter with the searched text. */
  name: string;
  text: string;
  /** How many records the select holds. */
  shown: number;
  /** Whether there are more than those shown. */
  more: boolean;
  language: Language;
}

export interface Picked<T> {
  items: T[];
  /** Null: these are all, and nothing was searched for. */
  finder: PickFinder | null;
}

/** Which records a select holds, and how they are read and named. */
export interface PickSource<T> {
  /** Name of the form's field. */
  name: string;
  list: (page: PageRequest) => Promise<Result<Page<T>>>;
  /** Reads the chosen record, whatever the search finds. */
  read: (id: Id) => Promise<Result<T>>;
  /** The text that is searched: a name, a number. */
  text: (record: T) => string;
  /** Which of them may be chosen; left out: all. */
  fits?: (record: T) => boolean;
}

/** @param chosen the id in the form; '' for none */
export async function pickRecords<T extends { id: Id }>(
  { query, language }: Pick<PageCall, 'query' | 'language'>,
  chosen: Id,
  source: PickSource<T>,
): Promise<Picked<T>> {
  const { fits = () => true } = source;
  const name = `find-${source.name}`;
  const text = (query[name] ?? '').slice(0, FIND_SYMBOLS_MAX);
  const [words, key] = [foldedText(text), looseKey(text)];
  const isWanted = (record: T): boolean => {
    if (!fits(record)) return false;
    if (words === '') return true;
    const held = source.text(record);
    return holdsWords(held, words) || (key !== '' && looseKey(held).includes(key));
  };
  const items: T[] = [];
  let more = false;
  let looked = 0;
  let after: string | null = null;
  do {
    const page: Page<T> = valueOf(await source.list({ limit: PAGE_LIMIT_MAX, after }));
    for (const record of page.items.filter(isWanted)) {
      if (items.length < PICKED_MAX) items.push(record);
      else more = true;
    }
    looked += page.items.length;
    after = page.next;
    if (looked >= LOOKED_AT_MAX && after !== null) more = true;
  } while (after !== null && !more);
  const shown = items.length;
  if (chosen !== '' && !items.some(({ id }) => id === chosen)) {
    const found = await source.read(chosen);
    if (found.ok && fits(found.value)) items.unshift(found.value);
  }
  const finder = more || text !== '' ? { name, text, shown, more, language } : null;
  return { items, finder };
}
