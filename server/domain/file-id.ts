// Ids of stored files. They end with the day on which the file was made, so that a sweep can leave young ones alone:
// a file is stored before the record that names it. Files of before version 1.1 have no day and are never swept.

import type { Id } from './entity.ts';
import { BASE32 } from '../kit/base32.ts';

const DAY_MS = 86_400_000;
/** Of a day: enough until the year 4840. */
const DAY_SYMBOLS = 4;
const RANDOM_SYMBOLS = 20;
const SYMBOLS = BASE32.toLowerCase();

/** @param random an id of RANDOM_SYMBOLS symbols @param prefix ends with a dot, or is empty */
export function fileIdOf(random: Id, madeAt: Date, prefix = ''): Id {
  let days = Math.floor(madeAt.getTime() / DAY_MS);
  let text = '';
  for (let symbol = 0; symbol < DAY_SYMBOLS; symbol += 1) {
    text = SYMBOLS.charAt(days % SYMBOLS.length) + text;
    days = Math.floor(days / SYMBOLS.length);
  }
  return `${prefix}${random}${text}`;
}

/** Whole days between the day in a file's id and `now`; null: the id has no day. */
export function fileAgeDays(id: Id, now: Date): number | null {
  const name = id.slice(id.lastIndexOf('.') + 1);
  if (name.length !== RANDOM_SYMBOLS + DAY_SYMBOLS) return null;
  let days = 0;
  for (const symbol of name.slice(RANDOM_SYMBOLS)) {
    const digit = SYMBOLS.indexOf(symbol);
    if (digit < 0) return null;
    days = days * SYMBOLS.length + digit;
  }
  return Math.floor(now.getTime() / DAY_MS) - days;
}
