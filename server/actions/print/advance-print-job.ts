// The steps of a print job, written by the runner that holds the lease (jobs/print-job-runner.ts). Each step is a new
// version of the record. A runner that lost the lease meets a version it does not know, writes nothing and stops.
// Progress never goes back.

import { SYSTEM } from '../../domain/people/account.ts';
import type { FinishedPart, PrintJob, PrintJobFailure } from '../../domain/print/print-job.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { mustGet } from '../../store/must-get.ts';
import { countPrinted } from './count-printed.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

/**
 * The next job: first one that another runner left unfinished, then the one that has waited longest. Null: no job
 * waits.
 */
export async function nextPrintJob(ctx: ActionContext): Promise<PrintJob | null> {
  for (const state of ['running', 'waiting'] as const) {
    let oldest: PrintJob | null = null;
    for await (const job of everyOf(ctx.store.printJobs, { state })) oldest = job;
    if (oldest !== null) return oldest;
  }
  return null;
}

/** A runner takes the job, with its fencing number. Null: the job was changed meanwhile. */
export function beginPrintJob(ctx: ActionContext, job: PrintJob, fence: number): Promise<PrintJob | null> {
  return step(ctx, job, { state: 'running', fence, attempts: job.attempts + 1 }, 'begin-print-job');
}

/** The next part has its final name and was read back. */
export function finishPart(ctx: ActionContext, job: PrintJob, part: FinishedPart): Promise<PrintJob | null> {
  const { checked, matched } = job.readBack;
  const readBack = { checked: checked + part.checked, matched: matched + part.checked };
  return step(ctx, job, { finished: [...job.finished, part], readBack, attempts: 0 }, 'finish-print-part', { ...part });
}

/**
 * All files exist: the stamps are counted as printed, and then the job is done. In between it can no longer be
 * cancelled (cancel-print-job.ts). If the runner is killed here, the next one does both again.
 */
export async function finishPrintJob(ctx: ActionContext, job: PrintJob): Promise<PrintJob | null> {
  const counted = await countPrinted(SYSTEM, await mustGet(ctx.store.printRuns, job.printRunId), ctx);
  if (!counted.ok) {
    const failure = { code: 'cannot-be-set', detail: counted.problem.detail, serials: [], more: 0 } as const;
    return failPrintJob(ctx, job, { ...failure, serials: [] });
  }
  return step(ctx, job, { state: 'done', endedAt: ctx.now().toISOString() }, 'finish-print-job');
}

export function failPrintJob(
  ctx: ActionContext,
  job: PrintJob,
  failure: PrintJobFailure,
  readBack = job.readBack,
): Promise<PrintJob | null> {
  return step(ctx, job, { state: 'failed', failure, readBack, endedAt: ctx.now().toISOString() }, 'fail-print-job');
}

async function step(
  ctx: ActionContext,
  before: PrintJob,
  change: Partial<Pick<PrintJob, 'state' | 'fence' | 'attempts' | 'finished' | 'readBack' | 'failure' | 'endedAt'>>,
  action: string,
  values?: Record<string, unknown>,
): Promise<PrintJob | null> {
  const doc = nextVersion(ctx, before, change);
  const saved = await saveChange(ctx, SYSTEM, {
    collection: 'printJobs',
    before,
    doc,
    action,
    answer: doc,
    ...(values === undefined ? {} : { values }),
  });
  return saved.ok ? doc : null;
}
