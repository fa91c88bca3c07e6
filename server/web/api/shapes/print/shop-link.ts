// What the API shows of print shops' links: the secret part only once.

import { z } from 'zod';
import type { MadeShopLink, ShopLinkShown } from '../../../../actions/print/shop-link/hand-to-shop.ts';
import { SHOP_LINK_STATES } from '../../../../domain/print/shop-link.ts';
import { entityShape, instantShape, viewOf } from '../../shapes.ts';

const linkFields = {
  ...entityShape,
  officeId: z.string(),
  producerId: z.string(),
  batchId: z.string(),
  printJobId: z.string(),
  shop: z.string(),
  expiresAt: instantShape,
  withdrawnAt: instantShape.nullable(),
  taken: z.array(z.strictObject({ part: z.int().min(1), at: instantShape })),
  by: z.string(),
  state: z.enum(SHOP_LINK_STATES),
};

export const shopLinkShape = z.strictObject(linkFields).meta({
  id: 'ShopLink',
  description: '`state` says whether it opens now, and why not; `by` is the account or key that answers for it.',
});

export const madeShopLinkShape = z.strictObject({ ...linkFields, address: z.string().nullable() }).meta({
  id: 'NewShopLink',
  description: '`address` is shown this once; null in the answer to a retry: withdraw that link and make another.',
});

export function shopLinkView(link: ShopLinkShown): z.input<typeof shopLinkShape> {
  return viewOf(shopLinkShape, link, {});
}

/** @param publicOrigin where the link's page is */
export function madeShopLinkView(
  { link, token }: MadeShopLink,
  publicOrigin: string,
): z.input<typeof madeShopLinkShape> {
  return { ...shopLinkView(link), address: token === null ? null : `${publicOrigin}/print-shop/${token}` };
}
