// Makes the files of print jobs: one job at a time across all servers, by the server that holds the lease, part after
// part. A part is recorded once its file is durable under its final name and read back. So after a runner was killed,
// the next one continues with the same part, and the files are identical to the byte. Decision:
// docs/decisions/0016-print-jobs.md.

import { rm } from 'node:fs/promises';
import {
  beginPrintJob,
  failPrintJob,
  finishPart,
  finishPrintJob,
  nextPrintJob,
} from '../actions/print/advance-print-job.ts';
import type { ActionContext } from '../actions/kit/context.ts';
import { bytesFor, checkPrintRoom, jobFolder, labelBytesOf, partJob, partPath } from '../actions/print/job-files.ts';
import { drawingOfJob } from '../actions/print/run-drawing.ts';
import { hasEnded, partsOf, type FinishedPart, type PartRange, type PrintJob } from '../domain/print/print-job.ts';
import type { PartMade } from '../sheet/threads/part-file.ts';
import type { SheetJob } from '../sheet/threads/sheet-job.ts';
import { StoreError, type Lease } from '../store/store.ts';
import { whileLeased } from '../store/while-leased.ts';

const LEASE = 'print-jobs';
/** How often to look for a job made on another server or left by one; a job made here begins at once. */
const LOOK_MS = 2_000;
/** How often a part may be begun without being finished. */
export const ATTEMPTS_MAX = 10;

export interface PrintJobRunnerParts {
  context: Omit<ActionContext, 'request'>;
  log: (event: string, fields: Record<string, unknown>) => void;
  failed: (error: unknown) => void;
}

/**
 * Makes the waiting jobs and all later ones until it is stopped. Then it abandons the part under way, which the next
 * start begins again.
 */
export function startPrintJobRunner({ context, log, failed }: PrintJobRunnerParts): () => Promise<void> {
  const ctx: ActionContext = { ...context, request: null };
  const lease = ctx.store.lease(LEASE);
  const stopping = new AbortController();
  let wake: () => void = () => undefined;
  const unsubscribe = ctx.store.onChange((collection) => {
    if (collection === 'printJobs') wake();
  });

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // Arm the wake-up first, so that a job created meanwhile is not missed.
      let woken = new Promise<void>((resolve) => (wake = resolve));
      try {
        await makeAll(ctx, lease, stopping.signal, { log, failed });
      } catch (error) {
        if (!stopping.signal.aborted) failed(error);
        // Its own writes before the failure must not start it again at once.
        woken = new Promise<void>((resolve) => (wake = resolve));
      }
      if (stopping.signal.aborted) break;
      const timer = setTimeout(() => wake(), LOOK_MS);
      timer.unref();
      await woken;
      clearTimeout(timer);
    }
    await lease.release();
  };
  const ended = run().catch(failed);
  return async () => {
    stopping.abort();
    unsubscribe();
    wake();
    await ended;
  };
}

/** How the log hears of jobs. */
type Told = Pick<PrintJobRunnerParts, 'log' | 'failed'>;

async function makeAll(ctx: ActionContext, lease: Lease, signal: AbortSignal, told: Told): Promise<void> {
  while (!signal.aborted) {
    const next = await nextPrintJob(ctx);
    if (next === null) return lease.release();
    const worked = await whileLeased(lease, async ({ fence, lost }) => {
      const begun = await beginPrintJob(ctx, next, fence); // null: cancelled at this moment
      if (begun !== null) await makeJob(ctx, begun, AbortSignal.any([signal, lost]), told);
    });
    if (worked === null) return;
  }
}

/** Makes one job until it ends or is cancelled. @param signal aborts if the lease is lost or the process stops */
async function makeJob(ctx: ActionContext, begun: PrintJob, signal: AbortSignal, { log, failed }: Told): Promise<void> {
  const cancelling = new AbortController();
  const giveUp = (): void => cancelling.abort();
  const working = AbortSignal.any([signal, cancelling.signal]);
  const unsubscribe = ctx.store.onChange((collection, id) => {
    if (collection === 'printJobs' && id === begun.id)
      void isCancelled(ctx, id).then((cancelled) => cancelled && giveUp(), giveUp);
  });
  try {
    const startedMs = performance.now();
    const ended = await makeParts(ctx, begun, working);
    if (ended !== null)
      log(`print-job.${ended.state}`, {
        job: ended.id,
        batch: ended.batchId,
        stamps: ended.to - ended.from + 1,
        ms: Math.round(performance.now() - startedMs),
      });
  } catch (error) {
    // Abandoned work fails for that reason. An outage of the store does not count against the job.
    if (!working.aborted) {
      if (error instanceof StoreError && error.kind !== 'tampered') throw error;
      failed(error);
      await failByOurFault(ctx, begun.id);
    }
  } finally {
    unsubscribe();
    ctx.jobFiles.underWay.delete(begun.id);
  }
  const now = await ctx.store.printJobs.get(begun.id);
  if (now !== null && now.state !== 'done' && hasEnded(now))
    await rm(jobFolder(ctx.jobFiles, now.id), { recursive: true, force: true });
}

/**
 * Ends a job that this program cannot make, whatever the fault: a second attempt would meet the same fault, and all
 * other jobs would wait for it.
 */
async function failByOurFault(ctx: ActionContext, id: string): Promise<void> {
  const job = await ctx.store.printJobs.get(id);
  if (job === null || hasEnded(job)) return;
  await failPrintJob(
    ctx,
    job,
    failure('our-fault', 'This program failed while it made the files. Its operator finds the fault in the log.'),
  );
}

async function isCancelled(ctx: ActionContext, id: string): Promise<boolean> {
  return (await ctx.store.printJobs.get(id))?.state === 'cancelled';
}

/** The job as it ended; null if this runner must not end it. */
async function makeParts(ctx: ActionContext, begun: PrintJob, signal: AbortSignal): Promise<PrintJob | null> {
  if (begun.attempts > ATTEMPTS_MAX) {
    return failPrintJob(
      ctx,
      begun,
      failure(
        'gave-up',
        `The service stopped ${ATTEMPTS_MAX} times while it made this job. Ask its operator to look into the log.`,
      ),
    );
  }
  const sheet = await drawingOfJob(ctx, begun);
  const room = await checkPrintRoom(
    ctx,
    bytesFor({ ...begun, from: (begun.finished.at(-1)?.to ?? begun.from - 1) + 1, labelBytes: labelBytesOf(sheet) }),
  );
  if (!room.ok) return failPrintJob(ctx, begun, failure('no-disk-space', room.problem.detail));

  let job = begun;
  for (const part of partsOf(begun)) {
    // Finished before a restart. If its file is missing now, it is made again when somebody asks for it.
    if (job.finished.length >= part.part) continue;
    if (signal.aborted) return null;
    const made = await makeOne(ctx, job, sheet, part, signal);
    if (made.kind !== 'made') return failPrintJob(ctx, job, failureOf(made), readBackOf(job, made));
    const { part: number, from, to } = part;
    const { bytes, sha256, checked } = made;
    const finished: FinishedPart = { part: number, from, to, bytes, sha256, checked };
    const next = await finishPart(ctx, job, finished);
    if (next === null) return null;
    job = next;
  }
  return finishPrintJob(ctx, job);
}

function makeOne(
  ctx: ActionContext,
  job: PrintJob,
  sheet: SheetJob,
  part: PartRange,
  signal: AbortSignal,
): Promise<PartMade> {
  return ctx.jobFiles.makePart(
    {
      job: partJob(sheet, part, part.skip),
      jobStamps: job.to - job.from + 1,
      seed: `${job.id} ${part.part}`,
      path: partPath(ctx.jobFiles, job, part.part),
      writer: String(job.fence),
    },
    signal,
    (progress) => ctx.jobFiles.underWay.set(job.id, { part: part.part, ...progress }),
  );
}

type NotMade = Exclude<PartMade, { kind: 'made' }>;

function failureOf(made: NotMade): NonNullable<PrintJob['failure']> {
  switch (made.kind) {
    case 'not-as-drawn': {
      const serials = [...new Set(made.faults.map(({ serial }) => serial))];
      const wrong = made.checked - made.matched;
      const [first] = made.faults;
      const detail =
        `Read back, ${wrong} of ${made.checked} stamps are not as they must be (${first?.fault}: ${first?.found}). ` +
        'Nothing of this job is offered.';
      return { code: 'read-back', detail, serials, more: Math.max(0, wrong - serials.length) };
    }
    case 'no-disk-space':
      return failure(
        'no-disk-space',
        'The server’s disk became full. Ask its operator to make room, then print again.',
      );
    case 'cannot-be-set':
      return failure('cannot-be-set', made.problem.detail);
    default:
      return made satisfies never;
  }
}

function failure(code: NonNullable<PrintJob['failure']>['code'], detail: string): NonNullable<PrintJob['failure']> {
  return { code, detail, serials: [], more: 0 };
}

function readBackOf(job: PrintJob, made: NotMade): PrintJob['readBack'] {
  if (made.kind !== 'not-as-drawn') return job.readBack;
  return { checked: job.readBack.checked + made.checked, matched: job.readBack.matched + made.matched };
}
