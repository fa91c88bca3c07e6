// The maker of print files: what it does when a file is not as drawn, the disk is full, it is cancelled, stopped, killed or
// doubled. Files are made in this thread here, so that a test can meddle with them before they are read back.

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { jobFolder, partPath } from '../../server/actions/print/job-files.ts';
import { cancelPrintJob } from '../../server/actions/print/cancel-print-job.ts';
import { makePrintJob, makePrintJobInput } from '../../server/actions/print/make-print-job.ts';
import { partsOf, PART_STAMPS_MAX, stampsDone, type PrintJob } from '../../server/domain/print/print-job.ts';
import { ATTEMPTS_MAX, startPrintJobRunner } from '../../server/jobs/print-job-runner.ts';
import { closePartWorker, type MakePart } from '../../server/sheet/threads/make-part.ts';
import { makePartInProcess, writePart } from '../../server/sheet/threads/part-file.ts';
import type { PartProgress } from '../../server/sheet/threads/part-progress.ts';
import { closeSheetWorkers } from '../../server/sheet/threads/draw-sheet.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { MADE_AT } from '../fixtures/records.ts';
import { alterPage, flipModules, swap, symbolsIn } from '../sheet/read-back/alter-page.ts';

const MODULES = 29;
/** Every 5 ms. */
const LOOKS_MAX = 800;

let api: TestApi;
let lots = 0;
const failures: unknown[] = [];

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

/** A context whose files are made by `make`. */
function withMaker(make: MakePart): Omit<ActionContext, 'request'> {
  return { ...api.context, jobFiles: { ...api.context.jobFiles, makePart: make } };
}

const plainMaker: MakePart = (request) => makePartInProcess(request);

function meddling(change: (content: string) => string): MakePart {
  return (request) =>
    makePartInProcess(request, undefined, (path, job) => {
      const written = writePart(path, job);
      writeFileSync(path, alterPage(readFileSync(path), 0, change));
      return written;
    });
}

async function newJob(quantity: number, template = 'a4-65'): Promise<PrintJob> {
  lots += 1;
  // The one asked for first is made first.
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

function start(context: Omit<ActionContext, 'request'>): () => Promise<void> {
  return startPrintJobRunner({ context, log: () => undefined, failed: (error) => failures.push(error) });
}

async function jobOf(id: string): Promise<PrintJob> {
  const job = await api.store.printJobs.get(id);
  if (job === null) throw new Error('no job');
  return job;
}

async function until(id: string, holds: (job: PrintJob) => boolean): Promise<PrintJob> {
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const job = await jobOf(id);
    if (holds(job)) return job;
    await wait(5);
  }
  throw new Error(`print job ${id} never came to it: ${JSON.stringify(await jobOf(id))}`);
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX && !holds(); looks += 1) await wait(5);
  expect(holds()).toBe(true);
}

const hasEnded = ({ state }: PrintJob): boolean => state !== 'waiting' && state !== 'running';

async function ended(id: string, context: Omit<ActionContext, 'request'>): Promise<PrintJob> {
  const stop = start(context);
  try {
    return await until(id, hasEnded);
  } finally {
    await stop();
  }
}

describe('a job whose file is not as drawn fails, names the serials and offers nothing', () => {
  test.each<[string, (content: string) => string, number[]]>([
    ['one bit of one symbol is flipped', (content) => flipModules(content, 6, MODULES, [15 * MODULES + 15]), [7]],
    [
      'two symbols are exchanged',
      (content) => {
        const [a = 0, b = 0] = [symbolsIn(content)[1], symbolsIn(content)[9]];
        return swap(content, a, b, Math.ceil(MODULES / 8) * MODULES);
      },
      [2, 10],
    ],
    [
      'one text is moved',
      (content) => {
        const at = content.indexOf('BT', symbolsIn(content)[4]);
        return (
          content.slice(0, at) +
          content.slice(at).replace(/ +([\d.]+) +([\d.]+) Td/, (_, x: string, y: string) => ` ${Number(x) + 2} ${y} Td`)
        );
      },
      [5],
    ],
  ])('%s', async (_, change, serials) => {
    const { id } = await newJob(20);
    const job = await ended(id, withMaker(meddling(change)));
    expect(job).toMatchObject({
      state: 'failed',
      failure: { code: 'read-back', serials, more: 0 },
      readBack: { checked: 20, matched: 20 - serials.length },
      finished: [],
    });
    expect(existsSync(jobFolder(api.context.jobFiles, id))).toBe(false);
    const answer = await api.as('producerA1').get(`/print-jobs/${id}/files/1`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'print-job-not-done', state: 'failed' } });
  });
});

describe('a job that cannot be made fails and says why', () => {
  test.each<[string, Error]>([['full', Object.assign(new Error('no space'), { code: 'ENOSPC' })]])(
    'the disk becomes %s while it is made',
    async (_, error) => {
      const { id } = await newJob(5);
      const full: MakePart = (request) =>
        makePartInProcess(request, undefined, () => {
          throw error;
        });
      expect(await ended(id, withMaker(full))).toMatchObject({
        state: 'failed',
        failure: { code: 'no-disk-space' },
        finished: [],
      });
      expect(existsSync(jobFolder(api.context.jobFiles, id))).toBe(false);
    },
  );

  test('the disk was filled while it waited', async () => {
    const { id } = await newJob(5);
    const context = withMaker(plainMaker);
    context.jobFiles.freeBytes = async () => 1_000;
    expect(await ended(id, context)).toMatchObject({ state: 'failed', failure: { code: 'no-disk-space' } });
  });

  test('each try ends its maker: it is given up, and the next job is made', async () => {
    const [bad, good] = [await newJob(5), await newJob(6)];
    const context = withMaker((request) =>
      request.job.to === 5 ? Promise.reject(new Error('the thread died')) : plainMaker(request),
    );
    for (let tries = 0; tries < ATTEMPTS_MAX; tries += 1) {
      const stop = start(context);
      await until(bad.id, ({ attempts }) => attempts === tries + 1);
      await stop();
    }
    expect(failures.splice(0).length).toBeGreaterThan(0);
    const stop = start(context);
    expect(await until(bad.id, hasEnded)).toMatchObject({ state: 'failed', failure: { code: 'gave-up' } });
    expect(await until(good.id, hasEnded)).toMatchObject({ state: 'done' });
    await stop();
  });
});

describe('a job in several parts', () => {
  test('is of whole pages, of at most so many stamps each, and starts where the sheet does', () => {
    const parts = partsOf({ from: 11, to: 250_010, skip: 7, placesPerPage: 65 });
    expect(parts.map(({ part, skip }) => ({ part, skip }))).toEqual([
      { part: 1, skip: 7 },
      { part: 2, skip: 0 },
      { part: 3, skip: 0 },
    ]);
    expect(parts[0]?.from).toBe(11);
    expect(parts.at(-1)?.to).toBe(250_010);
    parts.forEach(({ from, to, skip }, at) => {
      expect(to - from + 1).toBeLessThanOrEqual(PART_STAMPS_MAX);
      expect(from).toBe((parts[at - 1]?.to ?? 10) + 1);
      expect((to - from + 1 + skip) % 65 === 0 || at === parts.length - 1).toBe(true);
    });
    const one = { from: 1, to: PART_STAMPS_MAX, skip: 0, placesPerPage: 65 };
    expect(partsOf(one)).toEqual([{ part: 1, from: 1, to: PART_STAMPS_MAX, skip: 0 }]);
    expect(partsOf({ ...one, to: PART_STAMPS_MAX + 1 })).toHaveLength(2);
    expect(partsOf({ from: 1, to: 16_777_216, skip: 0, placesPerPage: 1 })).toHaveLength(168);
  });

  test('goes on where it was stopped, and its files are those of an undisturbed run', async () => {
    const small = await newJob(200_001, 'a4-65');
    const undisturbed = await newJob(200_001, 'a4-65');
    const [stamps, seen] = [new Set<string>(), [] as number[]];
    let made = 0;
    // Stands for the drawing: the same bytes for the same part of the same run, and the second part is cut off at its first try.
    const maker: MakePart = async ({ job, path }, signal) => {
      stamps.add(`${job.from}-${job.to}`);
      made += 1;
      mkdirSync(join(path, '..'), { recursive: true });
      if (made === 2) {
        writeFileSync(`${path}.1.unfinished`, 'half');
        await new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('ended'))));
      }
      const bytes = `${job.from}-${job.to} ${job.skip} ${job.printedAt}`;
      writeFileSync(path, bytes);
      return { kind: 'made', bytes: bytes.length, sha256: 'f'.repeat(64), checked: 1_000 };
    };
    const watching = api.store.onChange((_, id) => {
      if (id === small.id) void jobOf(id).then((job) => seen.push(stampsDone(job)));
    });
    const stop = start(withMaker(maker));
    const half = await until(small.id, ({ finished }) => finished.length === 1);
    await wait(20);
    await stop();
    expect(half).toMatchObject({ state: 'running', readBack: { checked: 1_000, matched: 1_000 } });
    expect(await jobOf(small.id)).toMatchObject({ state: 'running', finished: half.finished });

    const again = start(withMaker(maker));
    const done = await until(small.id, hasEnded);
    const other = await until(undisturbed.id, hasEnded);
    await again();
    watching();
    expect(done).toMatchObject({ state: 'done', readBack: { checked: 3_000, matched: 3_000 }, attempts: 0 });
    expect(done.finished.map(({ part }) => part)).toEqual([1, 2, 3]);
    expect(other.finished.map(({ from, to }) => ({ from, to }))).toEqual(
      done.finished.map(({ from, to }) => ({ from, to })),
    );
    expect(stamps.size).toBe(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(done.version).toBeGreaterThan(half.version);
  });

  test.each(['a4-65', 'roll-50x30'])(
    'tells how far it is, page by page of %s, and never goes back',
    async (template) => {
      const job = await newJob(3_000, template);
      const told: PartProgress[] = [];
      expect(
        (
          await ended(
            job.id,
            withMaker((request) => makePartInProcess(request, (progress) => told.push(progress))),
          )
        ).state,
      ).toBe('done');
      const perPage = template === 'a4-65' ? 65 : 1;
      for (const step of ['drawn', 'read'] as const) {
        const counts = told.map((progress) => progress[step]);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        expect(new Set(counts).size).toBeGreaterThan(2);
      }
      expect(told.at(-1)).toEqual({ drawn: 3_000, read: 3_000 });
      expect(new Set(told.map(({ read }) => read)).size).toBe(Math.ceil(3_000 / perPage) + 1);
    },
  );

  test('what is under way stands in this server’s memory alone: the record is not written for it, and it goes with its part', async () => {
    const job = await newJob(7);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const context = withMaker(async (request, _, tell) => {
      for (const drawn of [2, 5, 7]) tell?.({ drawn, read: 0 });
      tell?.({ drawn: 7, read: 4 });
      await held;
      return meddling((content) => flipModules(content, 6, MODULES, [15 * MODULES + 15]))(request);
    });
    const { underWay } = context.jobFiles;
    const stop = start(context);
    await eventually(() => underWay.has(job.id));
    expect(underWay.get(job.id)).toEqual({ part: 1, drawn: 7, read: 4 });
    const running = await jobOf(job.id);
    expect([running.state, running.version, stampsDone(running)]).toEqual(['running', job.version + 1, 0]);
    release();
    // It was drawn, and was not as drawn: none of it was ever done.
    expect(await until(job.id, hasEnded)).toMatchObject({ state: 'failed', finished: [] });
    await eventually(() => !underWay.has(job.id));
    await stop();
  });

  test('a job of one part makes one file, and leaves nothing else', async () => {
    const job = await newJob(5);
    let made = 0;
    const done = await ended(
      job.id,
      withMaker((request) => {
        made += 1;
        return plainMaker(request);
      }),
    );
    expect([done.state, made]).toEqual(['done', 1]);
    expect(readdirSync(jobFolder(api.context.jobFiles, job.id))).toEqual(['part-1.pdf']);
    expect(readFileSync(partPath(api.context.jobFiles, job.id, 1)).length).toBe(done.finished[0]?.bytes);
  });
});

describe('one at a time', () => {
  test('the thread that makes files is ended with what it was at, and the next job has a new one', async () => {
    const [long, short] = [await newJob(200_000), await newJob(5)];
    const stop = start(api.context);
    await until(long.id, ({ state }) => state === 'running');
    // The thread says how far it is while it draws.
    await eventually(() => (api.context.jobFiles.underWay.get(long.id)?.drawn ?? 0) > 0);
    await cancelPrintJob(api.actor('producerA1'), long.id, api.ctx);
    expect(await until(short.id, hasEnded)).toMatchObject({ state: 'done', readBack: { checked: 5, matched: 5 } });
    await stop();
    expect(await jobOf(long.id)).toMatchObject({ state: 'cancelled' });
    expect(existsSync(jobFolder(api.context.jobFiles, long.id))).toBe(false);
  });

  test('a cancelled job stops in the middle of a part and leaves no file', async () => {
    const job = await newJob(5);
    let given: AbortSignal | undefined;
    const stop = start(
      withMaker((request, signal) => {
        given = signal;
        mkdirSync(join(request.path, '..'), { recursive: true });
        writeFileSync(`${request.path}.1.unfinished`, 'half');
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('ended'))));
      }),
    );
    await until(job.id, ({ state }) => state === 'running');
    await eventually(() => given !== undefined);
    expect(await cancelPrintJob(api.actor('producerA1'), job.id, api.ctx)).toMatchObject({ ok: true });
    await eventually(() => !existsSync(jobFolder(api.context.jobFiles, job.id)));
    await stop();
    expect(await jobOf(job.id)).toMatchObject({ state: 'cancelled', finished: [] });
  });

  test('two makers share the work: no job is made twice, none by both, in the order they were asked for', async () => {
    const jobs = [];
    for (let at = 0; at < 5; at += 1) {
      jobs.push(await newJob(3 + at));
    }
    let atOnce = 0;
    const order: string[] = [];
    const maker: MakePart = async (request) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      order.push(request.seed.split(' ')[0] ?? '');
      await wait(10);
      const made = await plainMaker(request);
      atOnce -= 1;
      return made;
    };
    const stops = [start(withMaker(maker)), start(withMaker(maker))];
    for (const { id } of jobs) expect(await until(id, hasEnded)).toMatchObject({ state: 'done' });
    await Promise.all(stops.map((stop) => stop()));
    expect(order).toEqual(jobs.map(({ id }) => id));
  });

  test('a maker that lost its job writes nothing more', async () => {
    const job = await newJob(5);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const stop = start(
      withMaker(async (request) => {
        await held;
        return plainMaker(request);
      }),
    );
    const running = await until(job.id, ({ state }) => state === 'running');
    // Another has taken it on meanwhile, under a higher number.
    const taken: PrintJob = { ...running, version: running.version + 1, fence: running.fence + 1 };
    const line = {
      at: taken.updatedAt,
      actor: 'system',
      officeId: null,
      entity: `print-job:${job.id}`,
      action: 'begin-print-job',
      values: {},
      salt: '00',
    };
    await api.store.printJobs.replace(taken, { line, request: null });
    release();
    await wait(50);
    const now = await jobOf(job.id);
    expect(now.fence).toBeGreaterThanOrEqual(taken.fence - 1);
    const done = await until(job.id, hasEnded);
    expect(done).toMatchObject({ state: 'done' });
    expect(done.finished).toHaveLength(1);
    await stop();
  });
});
