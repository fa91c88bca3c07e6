// Opens the files of a print job that is done. A file that was cleaned up, or is on another server, is made again
// first.

import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { NAMED_INTERVALS_MAX } from '../../domain/batches/batch-life.ts';
import { clipRanges, mergeRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import type { FinishedPart, PrintJob } from '../../domain/print/print-job.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { systemCode } from '../../sheet/threads/system-error.ts';
import { mustGet } from '../../store/must-get.ts';
import { checkBatchRecalled, type Acknowledged } from '../batches/known-concerns.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { lineOf } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { inTurn } from '../kit/turns.ts';
import { checkPrintRoom, partJob, partPath } from './job-files.ts';
import { namePrintFile } from './name-print-file.ts';
import { drawingOfJob, hasLapsed } from './run-drawing.ts';
import { mayTake } from './templates.ts';

/** Neither thermal language has a registered type. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  zpl: 'application/zpl',
  tspl: 'application/octet-stream',
} as const;

export interface OpenedFile {
  bytes: number;
  fileName: string;
  mediaType: string;
  source: Readable;
}

/** Whether the actor may see everything on this job's files. Problems: not-allowed (PINs). */
export async function mayTakeFiles(actor: Actor, job: PrintJob, ctx: ActionContext): Promise<Result<null>> {
  return mayTake(actor, (await drawingOfJob(ctx, job)).template, job);
}

/**
 * One file of a job that is done. If it was cleaned away or is on another server, it is made and read back again first.
 * Problems: not-found, not-allowed (PINs), print-job-not-done, certificate-lapsed, void-serials, recalled,
 * no-disk-space.
 */
export async function openPartFile(
  actor: Actor,
  input: { id: Id; part: number; acknowledge?: readonly Acknowledged[] | undefined },
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
  const run = await mustGet(ctx.store.printRuns, job.printRunId);
  const may = await mayTakeFiles(actor, job, ctx);
  if (!may.ok) return may;
  if (await hasLapsed(ctx, run, todayOf(ctx))) {
    return fail(
      'certificate-lapsed',
      'The certificate whose stars are printed is not in force any more. ' +
        'Make a new print job with a reprintReason: it prints what is in force today.',
      {
        details: { certificate: run.content.certificate?.number ?? null },
      },
    );
  }
  const voids = await voidsOf(ctx, job, part);
  if (voids.length > 0)
    return fail(
      'void-serials',
      'Stamps in this file were voided since it was made. Make a new print job for the ranges beside them.',
      {
        details: {
          intervals: voids.slice(0, NAMED_INTERVALS_MAX),
          more: Math.max(0, voids.length - NAMED_INTERVALS_MAX),
        },
      },
    );
  // Whether a print shop's link still opens after a recall is decided by the link (shop-link/shop-link-state.ts).
  if (actor.kind !== 'link') {
    const known = await checkBatchRecalled(ctx, await mustGet(ctx.store.batches, job.batchId), part, input.acknowledge);
    if (!known.ok) return known;
  }
  const path = partPath(ctx.jobFiles, job, part.part);
  let file = await openIfThere(path);
  if (file === null) {
    const made = await inTurn(ctx, `print-file:${path}`, () => makeAgain(ctx, job, part, path));
    if (!made.ok) return made;
    file = await open(path, 'r');
  }
  try {
    const { size } = await file.stat();
    // Anyone with the file can copy every stamp in it, so the audit log names the actor.
    const { id: jobId, officeId } = job;
    const values = { part: part.part, from: part.from, to: part.to };
    await ctx.store.audit.add(
      lineOf(ctx, actor, { entity: `print-job:${jobId}`, action: 'take-print-file', officeId, values }),
    );
    return ok({
      bytes: size,
      fileName: await namePrintFile(ctx, run, part),
      mediaType: MEDIA_TYPES[run.output],
      source: file.createReadStream(),
    });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Void stamps of a range. No file with void stamps is given out, because they would be stuck on goods. */
export async function voidsOf(ctx: ActionContext, { batchId }: PrintJob, range: SerialRange): Promise<SerialRange[]> {
  return mergeRanges(clipRanges((await mustGet(ctx.store.batches, batchId)).voids, range));
}

/**
 * A file that has its final name is complete (sheet/threads/part-file.ts). It is opened at once, so that the clean-up
 * cannot interrupt a download.
 */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function makeAgain(ctx: ActionContext, job: PrintJob, part: FinishedPart, path: string): Promise<Result<null>> {
  const room = await checkPrintRoom(ctx, part.bytes);
  if (!room.ok) return room;
  const made = await ctx.jobFiles.makePart({
    job: partJob(await drawingOfJob(ctx, job), part, part.part === 1 ? job.skip : 0),
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
