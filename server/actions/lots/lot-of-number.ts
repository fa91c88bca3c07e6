// The lot of a product that a typed number means.

import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { ambiguous, writtenAlike } from '../kit/written-alike.ts';

/**
 * The lot that is written exactly so; else the one that differs in case, spaces and dashes alone. Null: there is none,
 * and none that could be meant. Problems: invalid at `lot`, ambiguous: it names the lots.
 */
export async function lotOfNumber(ctx: ActionContext, productId: Id, typed: string): Promise<Result<Lot | null>> {
  const exact = await ctx.store.lots.findBy('productNumber', [productId, typed]);
  if (exact !== null) return ok(exact);
  const { same, alike } = await writtenAlike(ctx.store.lots, { productId }, typed, ({ number }) => number);
  if (same.length === 1) return ok(same[0] ?? null);
  const meant = [...same, ...alike];
  return meant.length === 0
    ? ok(null)
    : ambiguous(
        'lot',
        meant.map(({ number }) => number),
      );
}
