import { expect, test } from '@jest/globals';
import { BASE32, base32Symbols } from '../../server/kit/base32.ts';

test('base32 has 32 different symbols, without I, L, O and U', () => {
  expect(new Set(BASE32).size).toBe(32);
  expect(BASE32).toMatch(/^[0-9A-HJKMNP-TV-Z]{32}$/);
});

test('a byte gives one symbol, by its low five bits', () => {
  expect(base32Symbols(Uint8Array.from([0, 9, 10, 31, 32, 255]))).toBe('09AZ0Z');
  expect(base32Symbols(new Uint8Array(0))).toBe('');
});
