// Recalls a product, a lot or a range of a batch's serials: from then on, the page of each of its stamps says so. A
// producer can recall its own lots, the office anything of its producers.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import type { Recall, RecallScope } from '../../domain/recalls/recall.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { bilingual, id, serial } from '../kit/fields.ts';
import { reachInBody } from '../kit/reach.ts';
import type { Place } from '../kit/rights.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';

export const makeRecallInput = z
  .strictObject({
    productId: id.optional(),
    lotId: id.optional(),
    batchId: id.optional(),
    from: serial.optional(),
    to: serial.optional(),
    reason: bilingual,
    advice: bilingual,
  })
  .meta({ id: 'NewRecall', description: 'Exactly one of: productId; lotId; batchId with from and to.' });
type RecallInput = z.output<typeof makeRecallInput>;

export async function makeRecall(actor: Actor, input: RecallInput, ctx: ActionContext): Promise<Outcome<Recall>> {
  const scope = scopeOf(input);
  if (!scope.ok) return scope;
  const place = await reachRecallScope(actor, scope.value, ctx);
  if (!place.ok) return place;
  const head = newEntity(ctx);
  const doc: Recall = {
    ...head,
    ...place.value,
    scope: scope.value,
    reason: input.reason,
    advice: input.advice,
    at: head.createdAt,
    by: actorId(actor),
    withdrawal: null,
  };
  return saveNew(ctx, actor, { collection: 'recalls', doc, action: 'make-recall', answer: doc });
}

function scopeOf({ productId, lotId, batchId, from, to }: RecallInput): Result<RecallScope> {
  const named = [productId, lotId, batchId].filter((one) => one !== undefined);
  if (named.length !== 1)
    return fieldProblem('invalid', 'lotId', 'one-of', 'Send one of productId, lotId, and batchId with from and to.');
  if (batchId === undefined) {
    if (from !== undefined)
      return fieldProblem('invalid', 'from', 'without-batch', 'Serials belong to a batch: send batchId.');
    if (to !== undefined)
      return fieldProblem('invalid', 'to', 'without-batch', 'Serials belong to a batch: send batchId.');
    return ok(productId === undefined ? { kind: 'lot', lotId: lotId ?? '' } : { kind: 'product', productId });
  }
  if (from === undefined) return fieldProblem('invalid', 'from', 'required', 'Say the first serial.');
  if (to === undefined) return fieldProblem('invalid', 'to', 'required', 'Say the last serial.');
  if (to < from) return fieldProblem('invalid', 'to', 'before-from', 'The last serial lies before the first.');
  return ok({ kind: 'range', batchId, from, to });
}

/** The office and producer of the goods. Problems: not-allowed; absent-reference and invalid of the scope's fields. */
export async function reachRecallScope(
  actor: Actor,
  scope: RecallScope,
  ctx: ActionContext,
): Promise<Result<Place & { officeId: string; producerId: string }>> {
  switch (scope.kind) {
    case 'product': {
      const found = await reachInBody(ctx.store.products, actor, 'recall-anything', scope.productId, 'productId');
      return found.ok ? ownersOf(found.value.doc) : found;
    }
    case 'lot': {
      const found = await reachInBody(ctx.store.lots, actor, 'recall-lot', scope.lotId, 'lotId');
      return found.ok ? ownersOf(found.value.doc) : found;
    }
    case 'range': {
      const found = await reachInBody(ctx.store.batches, actor, 'recall-anything', scope.batchId, 'batchId');
      if (!found.ok) return found;
      const { doc: batch } = found.value;
      if (scope.to <= batch.quantity) return ownersOf(batch);
      return fieldProblem('invalid', 'to', 'beyond-quantity', `This batch has ${batch.quantity} stamps.`);
    }
    default:
      return scope satisfies never;
  }
}

/** Goods always have an office and a producer; places in general (kit/reach.ts) may lack them. */
function ownersOf({
  officeId,
  producerId,
}: Pick<Lot, 'officeId' | 'producerId'>): Result<Pick<Lot, 'officeId' | 'producerId'>> {
  return ok({ officeId, producerId });
}
