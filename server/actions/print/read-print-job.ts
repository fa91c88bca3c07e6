// Reads print jobs, and opens the files of those that are done.

import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Id } from '../../domain/entity.ts';
import { PRINT_JOB_STATES, type FinishedPart, type PrintJob } from '../../domain/print/print-job.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { systemCode } from '../../sheet/threads/system-error.ts';
import { StoreError, type Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { checkRoom, partJob, partPath } from './job-files.ts';
import { hasLapsed, jobOf, mayTake } from './print-sheet.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { lineOf } from '../kit/save.ts';
import { inTurn } from '../kit/turns.ts';

export const listPrintJobsQuery = pageQuery.extend({
  batchId: id.optional(),
  producerId: id.optional(),
  state: z.enum(PRINT_JOB_STATES).optional(),
});

export async function readPrintJob(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Result<PrintJob>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
  return found.ok ? ok(found.value.doc) : found;
}

/** Newest first. */
export function listPrintJobs(
  actor: Actor,
  query: z.output<typeof listPrintJobsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<PrintJob>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.printJobs, actor, 'work-batch', withoutUndefined(filter), { limit, after });
}

export interface OpenedFile {
  bytes: number;
  fileName: string;
  source: Readable;
}

/** Whether the actor may have what this job's files show. Problems: not-allowed (PINs). */
export async function mayTakeFiles(actor: Actor, job: PrintJob, ctx: ActionContext): Promise<Result<null>> {
  const [run, batch] = await Promise.all([ctx.store.printRuns.get(job.printRunId), ctx.store.batches.get(job.batchId)]);
  if (run === null || batch === null)
    throw new StoreError('tampered', `print job ${job.id} names a record that is missing`);
  return mayTake(actor, (await jobOf(ctx, batch, run)).template, job);
}

/**
 * One file of a job that is done. Where it was cleaned away, or lies on another server, it is made and read back again first.
 * Problems: not-found, not-allowed (PINs), print-job-not-done, certificate-lapsed, no-disk-space.
 */
export async function openPartFile(
  actor: Actor,
  input: { id: Id; part: number },
  ctx: ActionContext,
): Promise<Result<OpenedFile>> {
  const found = await reach(ctx.store.printJobs, actor, 'take-print-file', input.id);
  if (!found.ok) return found;
  const job = found.value.doc;
  if (job.state !== 'done') {
    return fail('print-job-not-done', 'Files are offered when all of them are made and read back.', {
      details: { state: job.state },
    });
  }
  const part = job.finished.find((each) => each.part === input.part);
  if (part === undefined) return fail('not-found', `This job has parts 1 to ${job.finished.length}.`);
  const run = await ctx.store.printRuns.get(job.printRunId);
  if (run === null) throw new StoreError('tampered', `print job ${job.id} names a print run that is missing`);
  const may = await mayTakeFiles(actor, job, ctx);
  if (!may.ok) return may;
  if (await hasLapsed(ctx, run, dayIn(ctx.settings.timeZone, ctx.now()))) {
    return fail(
      'certificate-lapsed',
      'The certificate whose stars are printed is not in force any more. Make a new print job with a reprintReason: it prints what is in force today.',
      {
        details: { certificate: run.content.certificate?.number ?? null },
      },
    );
  }
  const path = partPath(ctx.jobFiles, job.id, part.part);
  let file = await openIfThere(path);
  if (file === null) {
    const made = await inTurn(ctx, `print-file:${path}`, () => makeAgain(ctx, job, part, path));
    if (!made.ok) return made;
    file = await open(path, 'r');
  }
  try {
    const { size } = await file.stat();
    // Whoever holds the file can copy every stamp in it.
    const { id: jobId, officeId, batchId } = job;
    const values = { part: part.part, from: part.from, to: part.to };
    await ctx.store.audit.add(
      lineOf(ctx, actor, { entity: `print-job:${jobId}`, action: 'take-print-file', officeId, values }),
    );
    return ok({
      bytes: size,
      fileName: `${batchId}-${part.from}-${part.to}-${job.template}.pdf`,
      source: file.createReadStream(),
    });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What is under its name is whole (sheet/part-file.ts). Opened, so that cleaning up takes nothing from a download. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function makeAgain(ctx: ActionContext, job: PrintJob, part: FinishedPart, path: string): Promise<Result<null>> {
  const room = await checkRoom(ctx.jobFiles, part.bytes);
  if (!room.ok) return room;
  const [batch, run] = await Promise.all([ctx.store.batches.get(job.batchId), ctx.store.printRuns.get(job.printRunId)]);
  if (batch === null || run === null)
    throw new StoreError('tampered', `a record that print job ${job.id} names is missing`);
  const made = await ctx.jobFiles.makePart({
    job: partJob(await jobOf(ctx, batch, run), part, part.part === 1 ? job.skip : 0),
    jobStamps: job.to - job.from + 1,
    seed: `${job.id} ${part.part}`,
    path,
    writer: 'again',
  });
  switch (made.kind) {
    case 'made':
      return ok(null);
    case 'no-disk-space':
      return fail('no-disk-space', 'The server’s disk is full. Ask its operator to make room.');
    case 'cannot-be-set':
      return { ok: false, problem: made.problem };
    case 'not-as-drawn':
      throw new Error(`part ${part.part} of print job ${job.id} was not read back as it must be`);
    default:
      return made satisfies never;
  }
}
