// Which groups of products a year's figures were published in: five until 2020, six in the programme of 2021-2025 (919/QĐ-TTg)
// and since (Decision 26/2026 art. 2.2). A product keeps its group of today; a report of an old year is shown in that year's.

import { PRODUCT_GROUPS, type ProductGroup } from '../registry/product.ts';

/** First year of the six groups. */
export const SIX_GROUPS_FROM = 2021;

/** Ornamental plants and animals had no group of their own before; what they were counted under is not known to us. */
const FIVE_GROUPS: readonly ProductGroup[] = ['food', 'drink', 'herbal', 'craft', 'tourism'];

/** The groups that were published in a year, in order. */
export function groupsOfYear(year: number): readonly ProductGroup[] {
  return year < SIX_GROUPS_FROM ? FIVE_GROUPS : PRODUCT_GROUPS;
}

/** The group that a product of today's group stood in; null: that year had none for it. */
export function groupInYear(group: ProductGroup, year: number): ProductGroup | null {
  return groupsOfYear(year).includes(group) ? group : null;
}
