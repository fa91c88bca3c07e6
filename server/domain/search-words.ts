// Which words a record is found by, and which words a typed text looks for: without accents and case, from any word's
// beginning on, and with one letter mistyped. Both stores keep these words in an index; nothing here knows how.
//
// A stamp's code is never looked for here: a near code would be a free answer to who guesses
// (docs/decisions/0051-search.md).

import type { Id } from './entity.ts';
import { foldedText } from './search-text.ts';

/** Letters and digits of one word; longer ones are found by their beginning. */
const WORD_SYMBOLS_MAX = 48;
/** Words of one record: the longest name with its number, brand and telephone has about thirty. */
export const WORDS_MAX = 64;
/** Words of a typed text that are looked for; further ones would only narrow what is found. */
export const TERMS_MAX = 6;
/** Symbols of a typed text that are read. */
export const TYPED_MAX = 80;
/** In shorter words one letter more or less is another word: "cam", "cao", "ca". */
const SLIP_SYMBOLS_MIN = 4;
/** In longer words the end is found by its beginning anyway. */
const SLIP_SYMBOLS_MAX = 24;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** One typed word: what begins with `from`, or is one of `also`. */
export interface SearchTerm {
  from: string;
  also: readonly string[];
}

/** Where a search looks; null: everywhere. */
export interface SearchScope {
  officeId: Id | null;
  producerId: Id | null;
}

/**
 * The words of a record: of each text its words, letters and digits apart, and what follows each beginning of a word
 * written as one. So `CMT-2611/01` is found by `cmt2611`, `2611-01`, `cmt` and `01`.
 */
export function wordsOfTexts(texts: readonly string[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    const parts = partsOf(text);
    for (const part of parts) for (const piece of part.match(/\p{L}+|\p{N}+/gu) ?? []) words.add(cut(piece));
    for (const part of parts) words.add(cut(part));
    for (let at = 0; at < parts.length; at += 1) words.add(cut(parts.slice(at).join('')));
    if (words.size >= WORDS_MAX) break;
  }
  words.delete('');
  return [...words].slice(0, WORDS_MAX);
}

/** What a typed text looks for; empty if it holds no letter or digit. */
export function termsOf(typed: string): SearchTerm[] {
  return partsOf(typed.slice(0, TYPED_MAX))
    .slice(0, TERMS_MAX)
    .map((part) => ({ from: cut(part), also: [] }));
}

/** The typed text written as one word: a number with its dashes left out. Null: it is one word anyway. */
export function joinedTerm(typed: string): SearchTerm | null {
  const parts = partsOf(typed.slice(0, TYPED_MAX));
  return parts.length < 2 ? null : { from: cut(parts.join('')), also: [] };
}

/** The same terms, each also with one letter wrong, missing, too many, or changed places with the next. */
export function withSlips(terms: readonly SearchTerm[]): SearchTerm[] {
  return terms.map(({ from }) => ({ from, also: slipsOf(from) }));
}

function slipsOf(word: string): string[] {
  if (word.length < SLIP_SYMBOLS_MIN || word.length > SLIP_SYMBOLS_MAX) return [];
  const alphabet = `${/\p{L}/u.test(word) ? LETTERS : ''}${/\p{N}/u.test(word) ? DIGITS : ''}`;
  const slips = new Set<string>();
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    if (after !== '') slips.add(before + after.slice(1));
    if (after.length > 1) slips.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
    for (const letter of alphabet) {
      slips.add(before + letter + after);
      if (after !== '') slips.add(before + letter + after.slice(1));
    }
  }
  slips.delete(word);
  return [...slips];
}

/** Tells whether words of a record hold every term. */
export function termsMatcher(terms: readonly SearchTerm[]): (words: readonly string[]) => boolean {
  const wanted = terms.map(({ from, also }) => ({ from, slips: new Set(also) }));
  return (words) => wanted.every(({ from, slips }) => words.some((word) => word.startsWith(from) || slips.has(word)));
}

/**
 * How near the words of a record are to the typed ones: 0 if each was typed whole, then one more for each that was
 * typed in part, and two for a slip.
 */
export function farOff(words: readonly string[], terms: readonly SearchTerm[]): number {
  const known = new Set(words);
  let far = 0;
  for (const { from } of terms) if (!known.has(from)) far += words.some((word) => word.startsWith(from)) ? 1 : 2;
  return far;
}

function partsOf(text: string): string[] {
  return foldedText(text.normalize('NFKD')).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function cut(word: string): string {
  return word.slice(0, WORD_SYMBOLS_MAX);
}
