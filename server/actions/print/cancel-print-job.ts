// Cancels a print job that has not ended. The runner removes its files, and its stamps count nowhere as printed. But
// they stay issued, and most of them active: what is left behind is said, and voided in the same step where the caller
// asks for it.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { voidRanges } from '../../domain/batches/batch-life.ts';
import { clipRanges, countOf, gapsIn, mergeRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import type { Id } from '../../domain/entity.ts';
import { hasAllFiles, hasEnded, type PrintJob } from '../../domain/print/print-job.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { mustGet } from '../../store/must-get.ts';
import { changeLife, type LifeChange } from '../batches/change-life.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { reach } from '../kit/reach.ts';
import { actorId, nextVersion, saveChange } from '../kit/save.ts';

/** The maker writes now and then while we do. */
const ROUNDS_MAX = 8;

export const cancelPrintJobInput = z.strictObject({
  void: z.boolean().default(false).meta({
    description: 'Voids the stamps that the job leaves behind: issued, without any file. Reason: surplus.',
  }),
});

/** Stamps of a job that have no file: not printed by another run, not void, not in another job that is under way. */
export interface LeftBehind {
  intervals: SerialRange[];
  stamps: number;
  /** Of them, those that a scan would call valid. */
  active: number;
}

export interface CancelledJob {
  job: PrintJob;
  left: LeftBehind;
  /** How many were voided by this call. */
  voided: number;
}

/**
 * Cancelling what is cancelled changes nothing but, where it is asked for, voids what is left. Problems:
 * print-job-ended, version-conflict, too-many-intervals.
 */
export async function cancelPrintJob(
  actor: Actor,
  input: { id: Id; cancel: z.output<typeof cancelPrintJobInput> },
  ctx: ActionContext,
): Promise<Outcome<CancelledJob>> {
  const cancelled = await endJob(actor, input.id, ctx);
  if (!cancelled.ok) return cancelled;
  return answerOf(actor, cancelled.value, input.cancel.void, ctx);
}

/** Voids what a job left behind that was cancelled or failed. Problems: print-job-not-done for one under way or done. */
export async function voidLeftBehind(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Outcome<CancelledJob>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
  if (!found.ok) return found;
  const job = found.value.doc;
  if (job.state !== 'cancelled' && job.state !== 'failed')
    return fail('print-job-not-done', 'Only a job that was cancelled or failed leaves stamps behind.', {
      details: { state: job.state },
    });
  return answerOf(actor, job, true, ctx);
}

/** What a job leaves behind where it makes no file. */
export async function leftBehind(ctx: ActionContext, job: PrintJob): Promise<LeftBehind> {
  return leftOf(ctx, await mustGet(ctx.store.batches, job.batchId), job);
}

async function endJob(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Result<PrintJob>> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
    if (!found.ok) return found;
    const before = found.value.doc;
    if (before.state === 'cancelled') return ok(before);
    // With all of its files a job counts as printed in this moment.
    if (hasEnded(before) || hasAllFiles(before))
      return fail('print-job-ended', 'This print job has ended: there is nothing to cancel.', {
        details: { state: before.state },
      });
    const doc = nextVersion(ctx, before, { state: 'cancelled', endedAt: ctx.now().toISOString() });
    const change = { collection: 'printJobs', before, doc, action: 'cancel-print-job', answer: doc } as const;
    const saved = await saveChange({ ...ctx, request: null }, actor, change);
    if (saved.ok) return ok(doc);
    if (saved.problem.code !== 'version-conflict') return saved;
  }
  return fail('version-conflict', 'This print job is being changed by others. Try again in a moment.');
}

async function answerOf(
  actor: Actor,
  job: PrintJob,
  isVoided: boolean,
  ctx: ActionContext,
): Promise<Outcome<CancelledJob>> {
  const left = await leftBehind(ctx, job);
  if (!isVoided || left.stamps === 0) return done({ job, left, voided: 0 });
  const plan = async (batch: Batch): Promise<Result<LifeChange<number>>> => {
    const { intervals } = await leftOf(ctx, batch, job);
    const why = { reason: 'surplus', note: null } as const;
    const voided = voidRanges(batch, intervals, why, ctx.now().toISOString(), actorId(actor));
    if (!voided.ok) return voided;
    const { changed, stamps } = voided.value;
    return ok({
      batch: changed ? voided.value.batch : null,
      answer: stamps,
      values: { intervals, ...why, printJobId: job.id },
    });
  };
  const change = { right: 'work-batch', id: job.batchId, action: 'void-stamps', plan } as const;
  const voided = await changeLife(actor, change, { ...ctx, request: null });
  if (!voided.ok) return voided;
  if (voided.value.kind === 'waiting') return ok(voided.value);
  return done({ job, left: await leftBehind(ctx, job), voided: voided.value.value });
}

async function leftOf(ctx: ActionContext, batch: Batch, job: PrintJob): Promise<LeftBehind> {
  const others: SerialRange[] = [];
  for await (const each of everyOf(ctx.store.printJobs, { batchId: batch.id }))
    if (each.id !== job.id && !hasEnded(each)) others.push({ from: each.from, to: each.to });
  const settled = mergeRanges([...batch.voids, ...batch.printed, ...others]);
  const intervals = gapsIn(settled, { from: job.from, to: job.to });
  const active = intervals.reduce((sum, interval) => sum + countOf(clipRanges(batch.activations, interval)), 0);
  return { intervals, stamps: countOf(intervals), active };
}
