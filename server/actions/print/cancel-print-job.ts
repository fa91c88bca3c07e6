// Cancels a print job that has not ended. The runner removes its files, and its stamps do not count as printed. But
// they stay issued, and most of them active. So the answer says which stamps are left without a file; if the caller
// asks for it, the same step voids them.

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

/** Attempts before giving up: the runner writes the record too. */
const ROUNDS_MAX = 8;

export const cancelPrintJobInput = z.strictObject({
  void: z.boolean().default(false).meta({
    description: 'Voids the stamps that the job leaves behind: issued, without any file. Reason: surplus.',
  }),
});

/**
 * Stamps of a job that have no file: no other run printed them, they are not void, and no other running job has them.
 */
export interface LeftBehind {
  intervals: SerialRange[];
  stamps: number;
  /** How many of them are active. */
  active: number;
}

export interface CancelledJob {
  job: PrintJob;
  left: LeftBehind;
  /** How many were voided by this call. */
  voided: number;
}

/**
 * Cancelling a cancelled job changes nothing, except that it voids the left-over stamps if asked to. Problems:
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

/**
 * Voids the stamps that a cancelled or failed job left without a file. Problems: print-job-not-done if the job is
 * running or done.
 */
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

/** The stamps that are left without a file if the job makes none. */
export async function leftBehind(ctx: ActionContext, job: PrintJob): Promise<LeftBehind> {
  return leftOf(ctx, await mustGet(ctx.store.batches, job.batchId), job);
}

async function endJob(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Result<PrintJob>> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
    if (!found.ok) return found;
    const before = found.value.doc;
    if (before.state === 'cancelled') return ok(before);
    // A job with all of its files is about to count as printed.
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
