// Whether a product may be given so many stamps more this year. Blank rolls and plaques are the office's own doing and do not count.

import { dayIn, startOfDay } from '../domain/calendar.ts';
import type { Id } from '../domain/entity.ts';
import type { ActionContext } from './context.ts';
import { everyOf } from './every-of.ts';

/** Counts the year's batches of goods, the year being TIME_ZONE's. Without an allowance recorded there is no limit. */
export async function isWithinAllowance(ctx: ActionContext, productId: Id, quantity: number): Promise<boolean> {
  const today = dayIn(ctx.settings.timeZone, ctx.now());
  const allowance = await ctx.store.allowances.findBy('productYear', [productId, Number(today.slice(0, 4))]);
  if (allowance === null) return true;
  const since = startOfDay(ctx.settings.timeZone, `${today.slice(0, 4)}-01-01`).toISOString();
  let left = allowance.stamps - quantity;
  // Newest first: the first batch of an earlier year ends the count, and so does the first stamp too many.
  for await (const batch of everyOf(ctx.store.batches, { productId, kind: 'goods' })) {
    if (left < 0 || batch.issuedAt < since) break;
    left -= batch.quantity;
  }
  return left >= 0;
}
