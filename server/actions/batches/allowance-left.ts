// How many stamps a product may still be given this year. domain/batches/allowance.ts says which stamps count.

import { allowanceUse } from '../../domain/batches/allowance.ts';
import { startOfDay } from '../../domain/calendar.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { todayOf } from '../kit/today.ts';
import { goodsOfProduct } from './product-of-batch.ts';

/**
 * The allowance of the current year in TIME_ZONE minus the year's batches of goods; negative if the office gave more.
 * Null: no limit is recorded.
 */
export async function allowanceLeft(ctx: ActionContext, productId: Id): Promise<number | null> {
  const { year, since } = thisYear(ctx);
  const allowance = await ctx.store.allowances.findBy('productYear', [productId, year]);
  if (allowance === null) return null;
  let left = allowance.stamps;
  // Newest first: the first batch of an earlier year ends the count.
  for await (const batch of goodsOfProduct(ctx, productId)) {
    if (batch.issuedAt < since) break;
    left -= allowanceUse(batch);
  }
  return left;
}

/** Stamps of the year that count for a lot, whatever its product. */
export async function allowanceUsedByLot(ctx: ActionContext, lotId: Id): Promise<number> {
  const { since } = thisYear(ctx);
  let used = 0;
  for await (const batch of everyOf(ctx.store.batches, { lotId })) {
    if (batch.issuedAt < since) break;
    used += allowanceUse(batch);
  }
  return used;
}

function thisYear(ctx: ActionContext): { year: number; since: Instant } {
  const year = Number(todayOf(ctx).slice(0, 4));
  return { year, since: startOfDay(ctx.settings.timeZone, `${year}-01-01`).toISOString() };
}
