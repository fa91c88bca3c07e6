// Activates stamps (kích hoạt tem): from now on they are the stamps of a lot's goods. `dryRun` says what would be done.
//
// The lot is marked before the batch is written: see lot-for-batch.ts.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { activate } from '../../domain/batches/batch-life.ts';
import type { Id } from '../../domain/entity.ts';
import type { SerialRange } from '../../domain/batches/intervals.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { changeLife, type LifeChange } from './change-life.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { markLot } from '../lots/lot-for-batch.ts';
import { reachInBody } from '../kit/reach.ts';
import { actorId } from '../kit/save.ts';
import { readRange, rollFields } from './stamp-range.ts';

export const activateStampsInput = z
  .strictObject({
    ...rollFields,
    lotId: id.optional().meta({
      description:
        'Blank stamps only: the lot they are stuck on. Goods are activated for the lot they were issued for.',
    }),
    dryRun: z.boolean().default(false),
  })
  .meta({
    id: 'Activation',
    description: 'All stamps of the batch, or from and to (serials), or firstCode and lastCode.',
  });

export interface ActivatedStamps {
  /** Serials of the range that are active for the lot now. */
  intervals: (SerialRange & { lotId: Id })[];
  stamps: number;
}

/**
 * Activating the same range again changes nothing. Problems: invalid, absent-reference, plaque-has-no-lot, no-lot,
 * overlap, too-many-intervals.
 */
export async function activateStamps(
  actor: Actor,
  input: { id: Id; activation: z.output<typeof activateStampsInput> },
  ctx: ActionContext,
): Promise<Outcome<ActivatedStamps>> {
  const { activation } = input;
  const plan = async (batch: Batch): Promise<Result<LifeChange<ActivatedStamps>>> => {
    const lot = await lotOf(actor, batch, activation.lotId, ctx);
    if (!lot.ok) return lot;
    const range = readRange(ctx, batch, activation);
    if (!range.ok) return range;
    const activated = activate(batch, range.value, lot.value.id, ctx.now().toISOString(), actorId(actor));
    if (!activated.ok) return activated;
    const { changed, intervals, stamps } = activated.value;
    if (!changed || activation.dryRun) return ok({ batch: null, answer: { intervals, stamps }, values: {} });
    const marked = await markLot(actor, lot.value, { activate: true, inLink: false }, ctx);
    if (!marked.ok) return marked;
    return ok({
      batch: activated.value.batch,
      answer: { intervals, stamps },
      values: { ...range.value, lotId: lot.value.id, stamps },
    });
  };
  return changeLife(actor, { right: 'work-batch', id: input.id, action: 'activate-stamps', plan }, ctx);
}

async function lotOf(actor: Actor, batch: Batch, lotId: Id | undefined, ctx: ActionContext): Promise<Result<Lot>> {
  if (batch.kind === 'plaque')
    return fail('plaque-has-no-lot', 'A plaque stands for a product without lots and is active from its issue.');
  const id = lotId ?? batch.lotId;
  if (id === null) return fail('no-lot', 'Blank stamps are activated for a lot: name it as lotId.');
  if (batch.lotId !== null && id !== batch.lotId)
    return fieldProblem('invalid', 'lotId', 'other-lot', 'This batch was issued for another lot.');
  const found = await reachInBody(ctx.store.lots, actor, 'work-batch', id, 'lotId');
  if (!found.ok) return found;
  // A roll belongs to one producer. Another producer's lot is absent for it, even if an admin or office asks.
  if (found.value.doc.producerId !== batch.producerId)
    return fieldProblem('absent-reference', 'lotId', 'absent', 'There is no such record.');
  return ok(found.value.doc);
}
