// Reads batches, one or a list, without their secrets, and the allowance that limits them.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { decide } from '../kit/rights.ts';
import { batchesForLots } from './stamps-of-lot.ts';
import { openBatch } from './product-of-batch.ts';
import type { OpenBatch } from '../../domain/batches/batch.ts';
import type { Allowance } from '../../domain/registry/product.ts';

export const listBatchesQuery = pageQuery.extend({
  lotId: id.optional(),
  productId: id.optional(),
  producerId: id.optional(),
  kind: z.enum(['goods', 'blank', 'plaque']).optional(),
});

export async function readBatch(actor: Actor, batchId: Id, ctx: ActionContext): Promise<Result<OpenBatch>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
  return found.ok ? ok(await openBatch(ctx, found.value.doc)) : found;
}

/** Newest first. */
export async function listBatches(
  actor: Actor,
  query: z.output<typeof listBatchesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<OpenBatch>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.batches, actor, 'read-batch', withoutUndefined(filter), { limit, after });
  if (!found.ok) return found;
  const items = await Promise.all(found.value.items.map((batch) => openBatch(ctx, batch)));
  const { productId } = filter;
  return ok({
    items: productId === undefined ? items : items.filter((batch) => batch.productId === productId),
    next: found.value.next,
  });
}

/** Blank rolls with stamps that were activated for the lot; its own batches are in the list by `lotId`. */
export async function listRollsOfLot(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<OpenBatch[]>> {
  const found = await reach(ctx.store.lots, actor, 'read-registry', lotId);
  if (!found.ok) return found;
  const rolls: OpenBatch[] = [];
  for await (const batch of batchesForLots(ctx, found.value.doc.producerId, new Set([lotId])))
    if (batch.lotId !== lotId && decide(actor, 'read-batch', batch).kind === 'may')
      rolls.push(await openBatch(ctx, batch));
  return ok(rolls);
}

/** No allowance on record gives `not-found` and means that there is no limit. */
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
