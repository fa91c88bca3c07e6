// Print jobs whose files are made in this thread, so that a test can change them before they are read back.
// Importing this opens the service for the tests of the file.

import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { makePrintJob, makePrintJobInput } from '../../server/actions/print/make-print-job.ts';
import type { Batch } from '../../server/domain/batches/batch.ts';
import type { PrintJob } from '../../server/domain/print/print-job.ts';
import { startPrintJobRunner } from '../../server/jobs/print-job-runner.ts';
import { closeSheetWorkers } from '../../server/sheet/threads/draw-sheet.ts';
import { closePartWorker, type MakePart } from '../../server/sheet/threads/make-part.ts';
import { makePartInProcess, writePart } from '../../server/sheet/threads/part-file.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { MADE_AT } from '../fixtures/records/cast.ts';
import { until } from '../fixtures/until.ts';
import { alterPage } from '../sheet/read-back/alter-page.ts';

export const MODULES = 29;

export let api: TestApi;
let lots = 0;
export const failures: unknown[] = [];

/** A context in which `make` makes the files. */
export function withMaker(make: MakePart): Omit<ActionContext, 'request'> {
  return { ...api.context, jobFiles: { ...api.context.jobFiles, makePart: make } };
}

export const plainMaker: MakePart = (request) => makePartInProcess(request);

export function meddling(change: (content: string) => string): MakePart {
  return (request) =>
    makePartInProcess(request, undefined, (path, job) => {
      const written = writePart(path, job);
      writeFileSync(path, alterPage(readFileSync(path), 0, change));
      return written;
    });
}

export async function newJob(quantity: number, template = 'a4-65'): Promise<PrintJob> {
  lots += 1;
  // The first job that was asked for is made first.
  api.setNow(new Date(Date.parse(MADE_AT) + lots * 1_000).toISOString());
  const producer = api.as('producerA1');
  const lot = await producer.post('/lots', { productId: CAST.productA1, number: `J-${lots}` });
  const batch = await producer.post('/batches', { lotId: lot.body['id'], quantity });
  const made = await makePrintJob(
    api.actor('producerA1'),
    makePrintJobInput.parse({ batchId: batch.body['id'], template }),
    api.ctx,
  );
  if (!made.ok || made.value.kind !== 'done') throw new Error('no job');
  return made.value.value;
}

export function start(context: Omit<ActionContext, 'request'>): () => Promise<void> {
  return startPrintJobRunner({ context, log: () => undefined, failed: (error) => failures.push(error) });
}

export async function jobOf(id: string): Promise<PrintJob> {
  const job = await api.store.printJobs.get(id);
  if (job === null) throw new Error('no job');
  return job;
}

export async function batchOf({ batchId }: PrintJob): Promise<Batch> {
  const batch = await api.store.batches.get(batchId);
  if (batch === null) throw new Error('no batch');
  return batch;
}

export async function jobUntil(id: string, holds: (job: PrintJob) => boolean): Promise<PrintJob> {
  let job = await jobOf(id);
  await until(async () => holds((job = await jobOf(id))));
  return job;
}

export const hasEnded = ({ state }: PrintJob): boolean => state !== 'waiting' && state !== 'running';

export async function ended(id: string, context: Omit<ActionContext, 'request'>): Promise<PrintJob> {
  const stop = start(context);
  try {
    return await jobUntil(id, hasEnded);
  } finally {
    await stop();
  }
}

beforeAll(async () => {
  api = await openTestApi();
});

afterEach(() => {
  const [first] = failures.splice(0);
  if (first !== undefined) throw new Error('the maker of print files failed', { cause: first });
});

afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
  await closePartWorker();
});
