// Takes a print shop's link back, at once and for ever: whoever may print the batch may, not its maker alone. Files
// that were taken before stay with the shop. Withdrawn again, it stays as it was.

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
