// What is on paper for a lot. Each stamp of its batches shows the name of its product and its stars, so the product
// must not change while such a stamp may be stuck on goods. Blank rolls name no product.
//
// A print and a change of the product take turns (`inLotPaper`), so that no run is saved with an outdated name.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { clipRanges, countOf, gapsIn, mergeRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { hasEnded, type PrintJob } from '../../domain/print/print-job.ts';
import { isMade, type PrintRun } from '../../domain/print/print-run.ts';
import { changeLife } from '../batches/change-life.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { inTurn, type StillMine } from '../kit/turns.ts';

/** Batches that a problem names at most. */
const NAMED_BATCHES_MAX = 20;
/** Longer than a stream of the largest batch takes on a slow line; proxies end it sooner. */
const STREAM_MAX_MS = 3_600_000;

/** Runs work that depends on the product of a lot. `lotId` null: there is no lot, and the work runs at once. */
export async function inLotPaper<T>(
  ctx: Pick<ActionContext, 'store' | 'queues'>,
  lotId: Id | null,
  work: (stillMine: StillMine) => Promise<T>,
): Promise<T> {
  return lotId === null ? work(async () => undefined) : inTurn(ctx, `lot-paper:${lotId}`, work);
}

/** Refuses while a print run of the lot has stamps that are not void. Problems: lot-printed. */
export async function checkNoPaper(ctx: ActionContext, lotId: Id): Promise<Result<null>> {
  const batchIds: Id[] = [];
  let stamps = 0;
  for await (const batch of everyOf(ctx.store.batches, { lotId })) {
    const standing = await standingPaper(ctx, batch);
    if (standing === 0) continue;
    stamps += standing;
    batchIds.push(batch.id);
  }
  if (stamps === 0) return ok(null);
  return fail(
    'lot-printed',
    `${stamps} stamps of this lot are printed with its product and are not void. Void them first, or make another lot.`,
    { details: { stamps, batchIds: batchIds.slice(0, NAMED_BATCHES_MAX) } },
  );
}

/** How many stamps of a batch are not void and on paper, or may yet be printed. */
async function standingPaper(ctx: ActionContext, batch: Batch): Promise<number> {
  const jobs = new Map<Id, PrintJob[]>();
  for await (const job of everyOf(ctx.store.printJobs, { batchId: batch.id }))
    jobs.set(job.printRunId, [...(jobs.get(job.printRunId) ?? []), job]);
  const runs: SerialRange[] = [];
  for await (const run of everyOf(ctx.store.printRuns, { batchId: batch.id }))
    if (isMade(run) || mayHavePaper(jobs.get(run.id), run, ctx)) runs.push(run);
  const voids = mergeRanges(batch.voids);
  return mergeRanges(runs).reduce((sum, range) => sum + countOf(gapsIn(clipRanges(voids, range), range)), 0);
}

/**
 * A job that has not ended may still make its files, and a part that was finished may have been fetched before the job
 * was cancelled. A run without a job is a stream, which may be under way.
 */
function mayHavePaper(jobs: readonly PrintJob[] | undefined, { printedAt }: PrintRun, ctx: ActionContext): boolean {
  return jobs === undefined
    ? ctx.now().getTime() - Date.parse(printedAt) < STREAM_MAX_MS
    : jobs.some((job) => !hasEnded(job) || job.finished.length > 0);
}

/** Copies the lot's product into its batches, so that lists find them. Problems: version-conflict */
export async function followLot(actor: Actor, lotId: Id, productId: Id, ctx: ActionContext): Promise<Result<null>> {
  const own = { ...ctx, request: null };
  for await (const { id, productId: copy } of everyOf(ctx.store.batches, { lotId })) {
    if (copy === productId) continue;
    const moved = await changeLife(
      actor,
      {
        right: 'work-batch',
        id,
        action: 'follow-lot',
        plan: async (batch) => ok({ batch: { ...batch, productId }, answer: null, values: { lotId, productId } }),
      },
      own,
    );
    if (!moved.ok) return moved;
  }
  return ok(null);
}
