// The runner of print jobs: a file that differs from what was drawn, a full disk, a job that is cancelled, stopped,
// killed or taken by two runners.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cancelPrintJob } from '../../server/actions/print/cancel-print-job.ts';
import { jobFolder } from '../../server/actions/print/job-files.ts';
import type { PrintJob } from '../../server/domain/print/print-job.ts';
import { ATTEMPTS_MAX } from '../../server/jobs/print-job-runner.ts';
import type { MakePart } from '../../server/sheet/threads/make-part.ts';
import { makePartInProcess } from '../../server/sheet/threads/part-file.ts';
import { until } from '../fixtures/until.ts';
import {
  api,
  batchOf,
  ended,
  failures,
  hasEnded,
  jobOf,
  jobUntil,
  meddling,
  MODULES,
  newJob,
  plainMaker,
  start,
  withMaker,
} from './print-job-desk.ts';
import { flipModules, swap, symbolsIn } from '../sheet/read-back/alter-page.ts';

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
    const full = { ...context.room, freeBytes: { ...context.room.freeBytes, data: async () => 1_000 } };
    expect(await ended(id, { ...context, room: full })).toMatchObject({
      state: 'failed',
      failure: { code: 'no-disk-space' },
    });
  });

  test('a fault of ours fails it at once, in words, counts nothing as printed, and the next job is made', async () => {
    const [bad, good] = [await newJob(5), await newJob(6)];
    const stop = start(
      withMaker((request) =>
        request.job.to === 5 ? Promise.reject(new Error('the thread died')) : plainMaker(request),
      ),
    );
    const job = await jobUntil(bad.id, hasEnded);
    expect(job).toMatchObject({ state: 'failed', attempts: 1, failure: { code: 'our-fault', serials: [] } });
    expect(job.failure?.detail).not.toContain('the thread died');
    expect(await jobUntil(good.id, hasEnded)).toMatchObject({ state: 'done' });
    await stop();
    // The operator's log has the details.
    expect(failures.splice(0).map(String)).toEqual(['Error: the thread died']);
    expect((await batchOf(bad)).printed).toEqual([]);
    expect((await batchOf(good)).printed).toEqual([{ from: 1, to: 6 }]);
  });

  test('each try ends with its server: it is given up', async () => {
    const bad = await newJob(5);
    const context = withMaker(
      (_, signal) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('ended')))),
    );
    for (let tries = 0; tries < ATTEMPTS_MAX; tries += 1) {
      const stop = start(context);
      await jobUntil(bad.id, ({ attempts }) => attempts === tries + 1);
      await stop();
    }
    const stop = start(context);
    expect(await jobUntil(bad.id, hasEnded)).toMatchObject({ state: 'failed', failure: { code: 'gave-up' } });
    await stop();
    expect((await batchOf(bad)).printed).toEqual([]);
  });
});

describe('one at a time', () => {
  test('the thread that makes files is ended with what it was at, and the next job has a new one', async () => {
    const [long, short] = [await newJob(200_000), await newJob(5)];
    const stop = start(api.context);
    await jobUntil(long.id, ({ state }) => state === 'running');
    // The thread reports its progress while it draws.
    await until(() => (api.context.jobFiles.underWay.get(long.id)?.drawn ?? 0) > 0);
    await cancelPrintJob(api.actor('producerA1'), { id: long.id, cancel: { void: false } }, api.ctx);
    expect(await jobUntil(short.id, hasEnded)).toMatchObject({ state: 'done', readBack: { checked: 5, matched: 5 } });
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
    await jobUntil(job.id, ({ state }) => state === 'running');
    await until(() => given !== undefined);
    expect(
      await cancelPrintJob(api.actor('producerA1'), { id: job.id, cancel: { void: false } }, api.ctx),
    ).toMatchObject({ ok: true });
    await until(() => !existsSync(jobFolder(api.context.jobFiles, job.id)));
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
      // Gives the other runner time to act if it believes that the job is still its own.
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const made = await plainMaker(request);
      atOnce -= 1;
      return made;
    };
    const stops = [start(withMaker(maker)), start(withMaker(maker))];
    for (const { id } of jobs) expect(await jobUntil(id, hasEnded)).toMatchObject({ state: 'done' });
    await Promise.all(stops.map((stop) => stop()));
    expect(order).toEqual(jobs.map(({ id }) => id));
  });

  test('a maker that lost its job writes nothing more', async () => {
    const job = await newJob(5);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let made = 0;
    const context = withMaker(async (request, _, tell) => {
      tell?.({ drawn: 5, read: 0 });
      await held;
      const part = await plainMaker(request);
      made += 1;
      return part;
    });
    const stop = start(context);
    const running = await jobUntil(job.id, ({ state }) => state === 'running');
    await until(() => context.jobFiles.underWay.has(job.id));
    // Another runner has taken the job over under a higher number and finished it.
    const taken: PrintJob = {
      ...running,
      version: running.version + 1,
      fence: running.fence + 1,
      state: 'done',
      finished: [{ part: 1, from: 1, to: 5, bytes: 1, sha256: 'ab'.repeat(32), checked: 5 }],
      endedAt: running.updatedAt,
    };
    const line = {
      at: taken.updatedAt,
      actor: 'system',
      officeId: null,
      entity: `print-job:${job.id}`,
      action: 'finish-print-job',
      values: {},
      salt: '00',
    };
    await api.store.printJobs.replace(taken, { line, request: null });
    release();
    // The old runner has made its part and given up the job.
    await until(() => made === 1 && !context.jobFiles.underWay.has(job.id));
    await stop();
    expect(await jobOf(job.id)).toEqual(taken);
    const { items } = await api.store.audit.list(
      { officeId: null, entity: `print-job:${job.id}`, from: null, to: null },
      { limit: 10, after: null },
    );
    expect(items.map(({ action }) => action).toSorted()).toEqual([
      'begin-print-job',
      'finish-print-job',
      'make-print-job',
    ]);
  });
});
