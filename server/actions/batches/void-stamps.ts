// Voids stamps: spoiled, lost, stolen, left over. A void stamp stays void for ever, and its page says so.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { VOID_REASONS, type Batch } from '../../domain/batches/batch.ts';
import { voidRanges } from '../../domain/batches/batch-life.ts';
import type { Id } from '../../domain/entity.ts';
import type { SerialRange } from '../../domain/batches/intervals.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { changeLife, type LifeChange } from './change-life.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { actorId } from '../kit/save.ts';
import { codeList, rangeFields, readRanges } from './stamp-range.ts';

export const voidStampsInput = z
  .strictObject({
    ...rangeFields,
    codes: codeList.optional(),
    reason: z.enum(VOID_REASONS),
    note: text(500, true).nullable().default(null),
  })
  .meta({ id: 'Voiding', description: 'The stamps as from and to (serials), or as codes.' });

/** The answer to a change of ranges: the serials asked for, merged, and how many of them changed. */
export interface ChangedStamps {
  intervals: SerialRange[];
  stamps: number;
}

/** Serials that were void already keep their first reason. Problems: invalid, too-many-intervals. */
export async function voidStamps(
  actor: Actor,
  input: { id: Id; voiding: z.output<typeof voidStampsInput> },
  ctx: ActionContext,
): Promise<Outcome<ChangedStamps>> {
  const { reason, note } = input.voiding;
  const plan = async (batch: Batch): Promise<Result<LifeChange<ChangedStamps>>> => {
    const ranges = readRanges(ctx, batch, input.voiding);
    if (!ranges.ok) return ranges;
    const voided = voidRanges(batch, ranges.value, { reason, note }, ctx.now().toISOString(), actorId(actor));
    if (!voided.ok) return voided;
    const { changed, stamps } = voided.value;
    return ok({
      batch: changed ? voided.value.batch : null,
      answer: { intervals: ranges.value, stamps },
      values: { intervals: ranges.value, reason, note },
    });
  };
  return changeLife(actor, { right: 'work-batch', id: input.id, action: 'void-stamps', created: true, plan }, ctx);
}
