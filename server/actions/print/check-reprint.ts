// The rules of a reprint. Stamps that were printed before, or are being printed, are printed again under other
// parameters only with a reason. Void stamps are never printed. A job that has not ended counts as printed, because its
// file is to come.

import type { Batch } from '../../domain/batches/batch.ts';
import { markPrinted, NAMED_INTERVALS_MAX } from '../../domain/batches/batch-life.ts';
import { clipRanges, mergeRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import type { Id } from '../../domain/entity.ts';
import { hasEnded, type PrintJob } from '../../domain/print/print-job.ts';
import type { PrintRun } from '../../domain/print/print-run.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { mustGet } from '../../store/must-get.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';

/**
 * Whether some of the serials were printed before, or are being printed. Problems: void-serials, reprint-reason-needed,
 * too-many-intervals.
 */
export async function checkReprint(
  ctx: ActionContext,
  batchId: Id,
  run: PrintRun,
  reason: string | null,
): Promise<Result<boolean>> {
  const batch = await mustGet(ctx.store.batches, batchId);
  const sound = checkNotVoid(batch, run);
  if (!sound.ok) return sound;
  const marked = markPrinted(batch, run);
  if (!marked.ok) return marked;
  const others = (await openJobsOf(ctx, batchId)).filter(({ printRunId }) => printRunId !== run.id);
  const again = mergeRanges([...marked.value.again, ...clipRanges(others, run)]);
  if (again.length > 0 && reason === null) {
    return fail(
      'reprint-reason-needed',
      'Some of these stamps were printed before, or are being printed, under other parameters. ' +
        'Say why they are printed again, as reprintReason.',
      {
        details: named(again),
      },
    );
  }
  return ok(again.length > 0);
}

/** Problems: void-serials. */
export function checkNotVoid(batch: Batch, range: SerialRange): Result<null> {
  const voids = mergeRanges(clipRanges(batch.voids, range));
  return voids.length === 0
    ? ok(null)
    : fail('void-serials', 'Some of these stamps are void. Print the ranges beside them.', { details: named(voids) });
}

/** Whether a job that has not ended will make the run's files. */
export async function isAwaited(ctx: ActionContext, run: PrintRun): Promise<boolean> {
  for (const { printRunId } of await openJobsOf(ctx, run.batchId)) if (printRunId === run.id) return true;
  return false;
}

async function openJobsOf(ctx: ActionContext, batchId: Id): Promise<PrintJob[]> {
  const jobs: PrintJob[] = [];
  for await (const job of everyOf(ctx.store.printJobs, { batchId })) if (!hasEnded(job)) jobs.push(job);
  return jobs;
}

function named(intervals: SerialRange[]): { intervals: SerialRange[]; more: number } {
  return {
    intervals: intervals.slice(0, NAMED_INTERVALS_MAX),
    more: Math.max(0, intervals.length - NAMED_INTERVALS_MAX),
  };
}
