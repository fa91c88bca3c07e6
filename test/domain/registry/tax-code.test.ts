import { expect, test } from '@jest/globals';
import { isTaxCodeOdd, taxCodeOf } from '../../../server/domain/registry/tax-code.ts';

test('a tax code is read as people type it, and nothing else is made of what is none', () => {
  expect(
    ['0100 109 106', '0100.109.106', '0100109106 001', '0100109106-001', '001 199 000 123'].map(taxCodeOf),
  ).toEqual(['0100109106', '0100109106', '0100109106-001', '0100109106-001', '001199000123']);
  expect(['', 'chưa có', '12'].map(taxCodeOf)).toEqual(['', 'chưa có', '12']);
});

test('the tenth digit is checked, of ten digits and of a branch; a personal number has none', () => {
  expect(['0100109106', '0100109106-001', '0300588569', '001199000123', 'x'].map(isTaxCodeOdd)).toEqual(
    Array(5).fill(false),
  );
  expect(['0100109107', '0100109107-001', '0999008552'].map(isTaxCodeOdd)).toEqual([true, true, true]);
});
