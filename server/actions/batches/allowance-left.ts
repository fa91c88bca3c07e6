// How many stamps a product may still be given this year. Blank rolls and plaques are the office's own doing and do not
// count.

import { startOfDay } from '../../domain/calendar.ts';
import type { Id } from '../../domain/entity.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { todayOf } from '../kit/today.ts';

/**
 * Of the allowance of TIME_ZONE's year, less the year's batches of goods; below 0 where the office gave more. Null: no
 * limit is recorded.
 */
export async function allowanceLeft(ctx: ActionContext, productId: Id): Promise<number | null> {
  const year = todayOf(ctx).slice(0, 4);
  const allowance = await ctx.store.allowances.findBy('productYear', [productId, Number(year)]);
  if (allowance === null) return null;
  const since = startOfDay(ctx.settings.timeZone, `${year}-01-01`).toISOString();
  let left = allowance.stamps;
  // Newest first: the first batch of an earlier year ends the count.
  for await (const batch of everyOf(ctx.store.batches, { productId, kind: 'goods' })) {
    if (batch.issuedAt < since) break;
    left -= batch.quantity;
  }
  return left;
}
