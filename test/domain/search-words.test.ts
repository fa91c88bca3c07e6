import { describe, expect, test } from '@jest/globals';
import {
  farOff,
  termsMatcher,
  joinedTerm,
  TERMS_MAX,
  termsOf,
  TYPED_MAX,
  wordsOfTexts,
  withSlips,
  WORDS_MAX,
} from '../../server/domain/search-words.ts';

const LOT = wordsOfTexts(['CMT-2611/01']);
const NAME = wordsOfTexts(['Cam lòng vàng Mường Thàng', '8938500000017']);

function finds(words: readonly string[], typed: string, slips = false): boolean {
  const joined = joinedTerm(typed);
  const ways = [termsOf(typed), ...(joined === null ? [] : [[joined]])];
  return ways.some((terms) => terms.length > 0 && termsMatcher(slips ? withSlips(terms) : terms)(words));
}

describe('the words of a number', () => {
  test.each(['CMT-2611/01', 'cmt261101', 'cmt 2611 01', 'CMT–2611–01', '2611', '2611-01', '261101', '01', 'cmt26'])(
    'are found by %s',
    (typed) => expect(finds(LOT, typed)).toBe(true),
  );
  test.each(['611', '2612', 'mt', 'cmt-2611/02', ''])('are not found by "%s"', (typed) =>
    expect(finds(LOT, typed)).toBe(false),
  );
});

describe('the words of a name', () => {
  test.each(['cam long vang', 'Muong Thang', 'MƯỜNG', 'thàng cam', 'mu vang', '893850', 'camlongvang'])(
    'are found by %s',
    (typed) => expect(finds(NAME, typed)).toBe(true),
  );

  test.each(['muogn thang', 'muon thang', 'mmuong', 'nuong', 'lonh vang', 'vangg muong'])(
    'are found by %s, which differs by a letter',
    (typed) => {
      expect(finds(NAME, typed, true)).toBe(true);
    },
  );

  test('of fewer than four letters have no slips, because one letter makes another word', () => {
    expect(withSlips(termsOf('cao'))).toEqual(termsOf('cao'));
    expect(finds(NAME, 'cao', true)).toBe(false);
    expect(withSlips(termsOf('vang'))[0]?.also.length).toBeGreaterThan(100);
  });

  test('two letters wrong in one word are another word', () => expect(finds(NAME, 'mwopg', true)).toBe(false));
});

test('what was typed whole is nearer than a part, and a part nearer than a slip', () => {
  const far = (typed: string): number => farOff(NAME, termsOf(typed));
  expect([far('muong thang'), far('muong tha'), far('muong thagn')]).toEqual([0, 1, 2]);
});

test('words and terms are bounded', () => {
  const long = Array.from({ length: 200 }, (_, i) => `w${i}`).join(' ');
  expect(wordsOfTexts([long]).length).toBe(WORDS_MAX);
  expect(termsOf(long)).toHaveLength(TERMS_MAX);
  expect(termsOf('a b c d e f')).toHaveLength(TERMS_MAX);
  expect(termsOf('x'.repeat(TYPED_MAX * 2))[0]?.from.length).toBeLessThanOrEqual(48);
  expect(termsOf(' – / ')).toEqual([]);
});
