// Passwords that somebody who guesses would try first: those of public leaks, a few letters again and again, a row of
// the keyboard or alphabet, and the words of this service (OWASP ASVS 5.0, 6.2.4, 6.2.11, 6.2.12). Nothing else is
// asked of a password but its length.
//
// leaked-passwords.bin holds the 43,000 of the million most used passwords of public leaks (SecLists,
// 10-million-password-list) that have twelve letters: of each the first 48 bits of the SHA-256 of its small letters, in
// order. The words themselves are nothing to keep in a project.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const HASH_BYTES = 6;
const leaked = readFileSync(new URL('leaked-passwords.bin', import.meta.url));

/** Words of the service and its trade. Without them at least SYMBOLS_BESIDES must be left. */
export const OUR_WORDS = [
  'temtrace',
  'truyxuat',
  'nguongoc',
  'vanphong',
  'hoptacxa',
  'quantri',
  'matkhau',
  'password',
  'administrator',
  'ocop',
] as const;
const SYMBOLS_BESIDES = 6;
const DIFFERENT_SYMBOLS_MIN = 5;
/** Rows that fingers walk; a password that goes along one, round and round, either way, is one step for a guesser. */
const ROUNDS = 3;
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm'];

/** @param password in composed form */
export function isEasyPassword(password: string): boolean {
  const small = password.toLowerCase();
  if (new Set(small).size < DIFFERENT_SYMBOLS_MIN) return true;
  const rest = OUR_WORDS.reduce((text, word) => text.replaceAll(word, ''), small);
  if (rest.length < SYMBOLS_BESIDES) return true;
  const rows = ROWS.map((row) => row.repeat(ROUNDS)).flatMap((row) => [row, Array.from(row).reverse().join('')]);
  return rows.some((row) => row.includes(small)) || isLeaked(small);
}

function isLeaked(small: string): boolean {
  const wanted = createHash('sha256').update(small).digest().subarray(0, HASH_BYTES);
  let from = 0;
  let to = leaked.length / HASH_BYTES;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = leaked.compare(wanted, 0, HASH_BYTES, middle * HASH_BYTES, (middle + 1) * HASH_BYTES);
    if (order === 0) return true;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return false;
}
