// Sets stamps out for display: samples at a fair or in a window, which anyone may scan often. The office decides which.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { displayRanges } from '../../domain/batches/batch-life.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { changeLife, type LifeChange } from './change-life.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { actorId } from '../kit/save.ts';
import { codeList, rangeFields, readRanges } from './stamp-range.ts';
import type { ChangedStamps } from './void-stamps.ts';

export const displayStampsInput = z
  .strictObject({ ...rangeFields, codes: codeList.optional() })
  .meta({ id: 'Display', description: 'The stamps as from and to (serials), or as codes.' });

/** Problems: invalid, too-many-intervals. */
export async function displayStamps(
  actor: Actor,
  input: { id: Id; display: z.output<typeof displayStampsInput> },
  ctx: ActionContext,
): Promise<Outcome<ChangedStamps>> {
  const plan = async (batch: Batch): Promise<Result<LifeChange<ChangedStamps>>> => {
    const ranges = readRanges(ctx, batch, input.display);
    if (!ranges.ok) return ranges;
    const shown = displayRanges(batch, ranges.value, ctx.now().toISOString(), actorId(actor));
    if (!shown.ok) return shown;
    const { changed, stamps } = shown.value;
    return ok({
      batch: changed ? shown.value.batch : null,
      answer: { intervals: ranges.value, stamps },
      values: { intervals: ranges.value },
    });
  };
  return changeLife(
    actor,
    { right: 'issue-special', id: input.id, action: 'display-stamps', created: true, plan },
    ctx,
  );
}
