import { describe, expect, test } from '@jest/globals';
import { baseOf, isSameValue, mergeChange } from '../../../server/web/console/forms/merge-change.ts';

const BEFORE = { id: 'p', version: 3, name: 'Chè', story: null, address: { province: 'Hà Giang', commune: 'Hà' } };
const BASE = baseOf(BEFORE);

describe('two people change one record', () => {
  test('what one of them changed stands, and what both changed alike', () => {
    const now = { ...BEFORE, version: 4, story: 'Chè cổ thụ', name: 'Chè Shan' };
    const mine = { name: 'Chè Shan', story: null, address: { commune: 'Hạ', province: 'Hà Giang' } };
    expect(mergeChange(BASE, mine, now)).toEqual({
      change: { name: 'Chè Shan', address: mine.address },
      clashes: [],
      theirs: ['story'],
    });
  });

  test('what both changed differently clashes; so does a field of which the form does not say what it was', () => {
    expect(mergeChange(BASE, { name: 'A' }, { ...BEFORE, name: 'B' }).clashes).toEqual(['name']);
    expect(mergeChange('', { name: 'A' }, BEFORE).clashes).toEqual(['name']);
    expect(mergeChange('x'.repeat(10_000), { name: undefined, story: null }, BEFORE)).toEqual({
      change: { story: null },
      clashes: [],
      theirs: [],
    });
  });

  test('the order of an object’s parts is no difference, and absent is empty', () => {
    expect(isSameValue({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(isSameValue(undefined, null)).toBe(true);
    expect(isSameValue([1, 2], [2, 1])).toBe(false);
    expect(BASE).not.toMatch(/version|id:/);
  });
});
