// Takes back an activation, unless a stamp of it was scanned since: that person was told that the stamp was in order.
//
// Checking the scans and writing are two steps. A scan in the milliseconds between is answered as active.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Activation, Batch } from '../../domain/batches/batch.ts';
import { deactivate, type Deactivated } from '../../domain/batches/batch-life.ts';
import type { Id } from '../../domain/entity.ts';
import { countOf, subtractRange, type SerialRange } from '../../domain/batches/intervals.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActivatedStamps } from './activate-stamps.ts';
import { changeLife, type LifeChange } from './change-life.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { readRange, rollFields } from './stamp-range.ts';

export const deactivateStampsInput = z
  .strictObject({
    ...rollFields,
    lotId: id.optional().meta({ description: 'Only the stamps of the range that are active for this lot.' }),
    dryRun: z.boolean().default(false),
  })
  .meta({
    id: 'Deactivation',
    description: 'All stamps of the batch, or from and to (serials), or firstCode and lastCode.',
  });

/**
 * Returns the activations that were removed. Problems: invalid, plaque-has-no-lot, scanned-since, too-many-intervals.
 */
export async function deactivateStamps(
  actor: Actor,
  input: { id: Id; deactivation: z.output<typeof deactivateStampsInput> },
  ctx: ActionContext,
): Promise<Outcome<ActivatedStamps>> {
  const { deactivation } = input;
  const plan = async (batch: Batch): Promise<Result<LifeChange<ActivatedStamps>>> => {
    const range = readRange(ctx, batch, deactivation);
    if (!range.ok) return range;
    const taken = takeBack(batch, range.value, deactivation.lotId);
    if (!taken.ok) return taken;
    const { changed, removed, stamps } = taken.value;
    const serial = await firstScanned(ctx, batch.id, removed);
    if (serial !== null) {
      return fail(
        'scanned-since',
        `Stamp ${serial} was scanned since its activation: a buyer may hold it. Void it if it must not be used.`,
        { details: { serial } },
      );
    }
    const answer = { intervals: removed.map(({ from, to, lotId }) => ({ from, to, lotId })), stamps };
    return ok({
      batch: changed && !deactivation.dryRun ? taken.value.batch : null,
      answer,
      values: { ...range.value, stamps },
    });
  };
  return changeLife(actor, { right: 'work-batch', id: input.id, action: 'deactivate-stamps', plan }, ctx);
}

/** The whole range, or only its parts that are active for one lot. */
function takeBack(batch: Batch, range: SerialRange, lotId: Id | undefined): Result<Deactivated<Batch>> {
  const whole = deactivate(batch, range);
  if (!whole.ok || lotId === undefined) return whole;
  const removed = whole.value.removed.filter((activation) => activation.lotId === lotId);
  const activations = removed.reduce((left, part) => subtractRange(left, part), batch.activations);
  return ok({ batch: { ...batch, activations }, removed, stamps: countOf(removed), changed: removed.length > 0 });
}

async function firstScanned(ctx: ActionContext, batchId: Id, removed: readonly Activation[]): Promise<number | null> {
  for (const { from, to, at } of removed) {
    const serial = await ctx.store.scans.scannedSince(batchId, from, to, at);
    if (serial !== null) return serial;
  }
  return null;
}
