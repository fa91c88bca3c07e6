// The 26 product sets (bộ sản phẩm) of the OCOP programme and the group that each belongs to: Decision 26/2026/QĐ-TTg
// art. 2.2 with annex I. Their names are in web/words.

import type { ProductGroup } from './product.ts';

export const PRODUCT_SETS_MAX = 26;

/** First and last set of each group, in the decision's order. */
const SETS_OF_GROUP: Readonly<Record<ProductGroup, readonly [first: number, last: number]>> = {
  food: [1, 13],
  drink: [14, 17],
  herbal: [18, 20],
  craft: [21, 22],
  ornamental: [23, 25],
  tourism: [26, 26],
};

/** Whether a set belongs to a group; false for an unknown set. */
export function isSetOfGroup(productSet: number, group: ProductGroup): boolean {
  const [first, last] = SETS_OF_GROUP[group];
  return Number.isInteger(productSet) && productSet >= first && productSet <= last;
}

/** The group of a set. @throws RangeError for an unknown set */
export function groupOfSet(productSet: number): ProductGroup {
  for (const group of Object.keys(SETS_OF_GROUP) as ProductGroup[]) if (isSetOfGroup(productSet, group)) return group;
  throw new RangeError(`no product set ${productSet}`);
}
