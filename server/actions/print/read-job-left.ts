// The stamps of a print job besides its files: those that are issued but have no file, those that were voided since,
// and the ranges between the void ones.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { countOf, type SerialRange } from '../../domain/batches/intervals.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Recall } from '../../domain/recalls/recall.ts';
import { mustGet } from '../../store/must-get.ts';
import { recallOfBatch } from '../batches/known-concerns.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { leftBehind, type LeftBehind } from './cancel-print-job.ts';
import { voidsOf } from './open-part-file.ts';
import { restOf } from './print-rest.ts';

export interface JobLeft {
  left: LeftBehind;
  /** How many stamps of the job are void. */
  voided: number;
  /** In order; no range contains a void stamp. */
  rest: SerialRange[];
  /** The recall in force that covers stamps of the job; null: none. */
  recall: Recall | null;
}

/** Problems: not-found, not-allowed. */
export async function readJobLeft(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Result<JobLeft>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
  if (!found.ok) return found;
  const job = found.value.doc;
  const batch = await mustGet(ctx.store.batches, job.batchId);
  const [left, voids, rest, recall] = await Promise.all([
    leftBehind(ctx, job),
    voidsOf(ctx, job, job),
    restOf(ctx, job),
    recallOfBatch(ctx, batch, job),
  ]);
  return ok({ left, voided: countOf(voids), rest, recall });
}
