// What a person should know before stamps are issued or printed. The request confirms it by naming it in `acknowledge`.
// Decision: docs/decisions/0030-printed-means-a-file.md.

import { z } from 'zod';
import type { Batch } from '../../domain/batches/batch.ts';
import { overlaps, type SerialRange } from '../../domain/batches/intervals.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Recall } from '../../domain/recalls/recall.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { productOfBatch } from './product-of-batch.ts';

/** What an API call may acknowledge. */
const ACKNOWLEDGED = ['recalled'] as const;
export type Acknowledged = (typeof ACKNOWLEDGED)[number];

export const acknowledge = z.array(z.enum(ACKNOWLEDGED)).max(ACKNOWLEDGED.length).optional().meta({
  description: '`recalled`: the caller knows that the product, the lot or some of these stamps are recalled.',
});

/** The same as a query parameter: names separated by commas. */
export const queryAcknowledge = z
  .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), acknowledge)
  .meta({ description: '`recalled`: the caller knows that these stamps are recalled.' });

/** A product, a lot, or stamps of a batch. What is null or absent is not checked. */
export interface RecallScopeAsked {
  productId: Id | null;
  lotId: Id | null;
  batch?: { id: Id } & SerialRange;
}

/** The newest recall in force that covers any of it; null: none. */
export async function standingRecall(ctx: ActionContext, asked: RecallScopeAsked): Promise<Recall | null> {
  const { productId, lotId, batch } = asked;
  const found: Recall[] = [];
  if (productId !== null)
    for await (const each of everyOf(ctx.store.recalls, { 'scope.productId': productId })) found.push(each);
  if (lotId !== null) for await (const each of everyOf(ctx.store.recalls, { 'scope.lotId': lotId })) found.push(each);
  if (batch !== undefined)
    for await (const each of everyOf(ctx.store.recalls, { 'scope.batchId': batch.id }))
      if (each.scope.kind === 'range' && overlaps(each.scope, batch)) found.push(each);
  return newestOf(found.filter(({ withdrawal }) => withdrawal === null));
}

function newestOf(recalls: readonly Recall[]): Recall | null {
  return recalls.reduce<Recall | null>(
    (newest, each) => (newest === null || each.at > newest.at ? each : newest),
    null,
  );
}

/** Problems: recalled, unless the caller acknowledges it. */
export async function checkRecalled(
  ctx: ActionContext,
  asked: RecallScopeAsked,
  known: readonly Acknowledged[] | undefined,
): Promise<Result<null>> {
  return knows(known) ? ok(null) : saidOf(await standingRecall(ctx, asked));
}

/**
 * The newest recall in force that covers stamps of a batch; null: none. A blank roll counts for the lots that it was
 * activated for.
 */
export async function recallOfBatch(ctx: ActionContext, batch: Batch, range: SerialRange): Promise<Recall | null> {
  const lotIds = new Set(batch.activations.filter((each) => overlaps(each, range)).map(({ lotId }) => lotId));
  if (batch.lotId !== null) lotIds.add(batch.lotId);
  const productId = await productOfBatch(ctx, batch);
  const found = [await standingRecall(ctx, { productId, lotId: null, batch: { id: batch.id, ...range } })];
  for (const lotId of lotIds) {
    const lot = await ctx.store.lots.get(lotId);
    found.push(await standingRecall(ctx, { productId: lot?.productId ?? null, lotId }));
  }
  return newestOf(found.filter((each) => each !== null));
}

/** As checkRecalled, for stamps of a batch. */
export async function checkBatchRecalled(
  ctx: ActionContext,
  batch: Batch,
  range: SerialRange,
  known: readonly Acknowledged[] | undefined,
): Promise<Result<null>> {
  return knows(known) ? ok(null) : saidOf(await recallOfBatch(ctx, batch, range));
}

function knows(known: readonly Acknowledged[] | undefined): boolean {
  return known?.includes('recalled') === true;
}

function saidOf(recall: Recall | null): Result<null> {
  if (recall === null) return ok(null);
  return fail(
    'recalled',
    `A recall of this ${recall.scope.kind === 'range' ? 'range' : recall.scope.kind} stands. ` +
      'Send acknowledge: ["recalled"] if stamps are wanted all the same.',
    { details: { recallId: recall.id, at: recall.at } },
  );
}
