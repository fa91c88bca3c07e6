// Withdraws a print shop's link, at once and for ever. Anyone who may print the batch may do it, not only the link's
// maker. Files already taken stay with the shop. Withdrawing again changes nothing.

import type { Actor } from '../../../domain/people/account.ts';
import type { Id } from '../../../domain/entity.ts';
import { done, type ActionContext, type Outcome } from '../../kit/context.ts';
import { reach } from '../../kit/reach.ts';
import { nextVersion, saveChange } from '../../kit/save.ts';
import { shopLinkShown, type ShopLinkShown } from './hand-to-shop.ts';

/** Problems: not-found, version-conflict. */
export async function withdrawShopLink(
  actor: Actor,
  input: { id: Id },
  ctx: ActionContext,
): Promise<Outcome<ShopLinkShown>> {
  const found = await reach(ctx.store.shopLinks, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if ((before.withdrawnAt ?? null) !== null) return done(await shopLinkShown(before, ctx));
  const doc = nextVersion(ctx, before, { withdrawnAt: ctx.now().toISOString() });
  return saveChange(ctx, actor, {
    collection: 'shopLinks',
    before,
    doc,
    action: 'withdraw-shop-link',
    answer: await shopLinkShown(doc, ctx),
  });
}
