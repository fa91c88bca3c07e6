// The groups of products in which a year's figures were published: five until 2020, six in the programme of 2021-2025
// (919/QĐ-TTg) and since (Decision 26/2026 art. 2.2). A product has its present group; a report of an earlier year uses
// the groups of that year.

import { PRODUCT_GROUPS, type ProductGroup } from '../registry/product.ts';

/** First year of the six groups. */
const SIX_GROUPS_FROM = 2021;

/** Ornamental plants and animals had no group then; we do not know where they were counted. */
const FIVE_GROUPS: readonly ProductGroup[] = ['food', 'drink', 'herbal', 'craft', 'tourism'];

/** The groups that were published in a year, in order. */
export function groupsOfYear(year: number): readonly ProductGroup[] {
  return year < SIX_GROUPS_FROM ? FIVE_GROUPS : PRODUCT_GROUPS;
}

/** The group of that year for a product of today's group; null: that year had no such group. */
export function groupInYear(group: ProductGroup, year: number): ProductGroup | null {
  return groupsOfYear(year).includes(group) ? group : null;
}
