// Reads a product's allowance of one year.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Allowance } from '../../domain/registry/product.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';

/** `not-found` also where none is recorded, which means no limit. */
export async function readAllowance(
  actor: Actor,
  productId: Id,
  year: number,
  ctx: ActionContext,
): Promise<Result<Allowance>> {
  const found = await reach(ctx.store.products, actor, 'read-allowance', productId);
  if (!found.ok) return found;
  const allowance = await ctx.store.allowances.findBy('productYear', [productId, year]);
  return allowance === null
    ? fail('not-found', 'No allowance of this product is recorded for this year.')
    : ok(allowance);
}
