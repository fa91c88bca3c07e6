// The 26 product sets and their groups.

import { describe, expect, test } from '@jest/globals';
import { groupOfSet, isSetOfGroup, PRODUCT_SETS_MAX } from '../../../server/domain/registry/product-sets.ts';
import { PRODUCT_GROUPS } from '../../../server/domain/registry/product.ts';

describe('product sets', () => {
  test('each of the 26 belongs to one group, in the order of the decision', () => {
    const groups = Array.from({ length: PRODUCT_SETS_MAX }, (_, i) => groupOfSet(i + 1));
    expect(PRODUCT_GROUPS.map((group) => groups.filter((one) => one === group).length)).toEqual([13, 4, 3, 2, 3, 1]);
    expect(groups.toSorted((a, b) => PRODUCT_GROUPS.indexOf(a) - PRODUCT_GROUPS.indexOf(b))).toEqual(groups);
  });

  test.each([0, 27, 1.5, Number.NaN])('%p is none', (set) => {
    expect(PRODUCT_GROUPS.some((group) => isSetOfGroup(set, group))).toBe(false);
    expect(() => groupOfSet(set)).toThrow(RangeError);
  });
});
