// The recall in force that buyers of a lot, or of stamps of a batch, are told of.

import type { Actor } from '../../domain/people/account.ts';
import type { SerialRange } from '../../domain/batches/intervals.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Recall } from '../../domain/recalls/recall.ts';
import { recallOfBatch, standingRecall } from '../batches/known-concerns.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';

/** The newest recall of the lot or its product; null: none. */
export async function readLotRecall(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<Recall | null>> {
  const found = await reach(ctx.store.lots, actor, 'read-registry', lotId);
  if (!found.ok) return found;
  return ok(await standingRecall(ctx, { productId: found.value.doc.productId, lotId }));
}

/** The newest recall that covers any of the stamps; null: none. @param range absent: all of the batch */
export async function readBatchRecall(
  actor: Actor,
  batchId: Id,
  range: SerialRange | null,
  ctx: ActionContext,
): Promise<Result<Recall | null>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
  if (!found.ok) return found;
  const { doc } = found.value;
  return ok(await recallOfBatch(ctx, doc, range ?? { from: 1, to: doc.quantity }));
}
