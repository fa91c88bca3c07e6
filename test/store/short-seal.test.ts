// The short seal is HMAC-SHA-256 for every text.

import { createHmac, hkdfSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ShortSeal } from '../../server/store/short-seal.ts';

const ROW_KEY = new Uint8Array(32).fill(7);
const seal = new ShortSeal(ROW_KEY, 'tally');
const key = new Uint8Array(hkdfSync('sha256', ROW_KEY, new Uint8Array(0), 'temtrace/1/seal/tally', 32));

function hmacOf(text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, 24);
}

test('is the HMAC of Node, cut to 24 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(seal.of(text)).toBe(hmacOf(text));
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(seal.of(text)).toBe(hmacOf(text));
    }),
  );
});

test.each([0, 1, 681, 682, 683, 684, 2_048, 2_049, 100_000])('also of a text of %i letters', (letters) => {
  for (const letter of ['a', 'ệ', '\u0000'])
    expect(seal.of(letter.repeat(letters))).toBe(hmacOf(letter.repeat(letters)));
});

test('a text after a longer one has nothing of it', () => {
  seal.of('a'.repeat(600));
  expect(seal.of('b')).toBe(hmacOf('b'));
});

test('is of its text, its purpose and its key alone', () => {
  const made = seal.of('text');
  expect(seal.isOf('text', made)).toBe(true);
  for (const other of [null, undefined, '', made.slice(1), `${made}a`, made.toLowerCase()])
    expect(seal.isOf('text', other)).toBe(false);
  expect(seal.isOf('texts', made)).toBe(false);
  expect(new ShortSeal(ROW_KEY, 'file').isOf('text', made)).toBe(false);
  expect(new ShortSeal(new Uint8Array(32), 'tally').isOf('text', made)).toBe(false);
});
