// Print jobs in several parts: where each part starts, and how a job continues after it was stopped.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jobFolder, partPath } from '../../server/actions/print/job-files.ts';
import { PART_LABELS_MAX, PART_STAMPS_MAX, partsOf, stampsDone } from '../../server/domain/print/print-job.ts';
import type { MakePart } from '../../server/sheet/threads/make-part.ts';
import { makePartInProcess } from '../../server/sheet/threads/part-file.ts';
import type { PartProgress } from '../../server/sheet/threads/part-progress.ts';
import { until } from '../fixtures/until.ts';
import {
  api,
  ended,
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
import { flipModules } from '../sheet/read-back/alter-page.ts';

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
    // Labels are larger, so a file holds fewer.
    const labels = { ...one, placesPerPage: 1, output: 'zpl' as const, to: PART_LABELS_MAX };
    expect(partsOf(labels)).toHaveLength(1);
    expect(partsOf({ ...labels, to: PART_LABELS_MAX + 1 })).toHaveLength(2);
  });

  test('goes on where it was stopped, and its files are those of an undisturbed run', async () => {
    const small = await newJob(200_001, 'a4-65');
    const undisturbed = await newJob(200_001, 'a4-65');
    const [stamps, seen] = [new Set<string>(), [] as number[]];
    let made = 0;
    // Replaces the drawing: the same part of the same run always gives the same bytes; the first try of the second part
    // is interrupted.
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
    const half = await jobUntil(small.id, ({ finished }) => finished.length === 1);
    await until(() => made === 2);
    await stop();
    expect(half).toMatchObject({ state: 'running', readBack: { checked: 1_000, matched: 1_000 } });
    expect(await jobOf(small.id)).toMatchObject({ state: 'running', finished: half.finished });

    const again = start(withMaker(maker));
    const done = await jobUntil(small.id, hasEnded);
    const other = await jobUntil(undisturbed.id, hasEnded);
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
    await until(() => underWay.has(job.id));
    expect(underWay.get(job.id)).toEqual({ part: 1, drawn: 7, read: 4 });
    const running = await jobOf(job.id);
    expect([running.state, running.version, stampsDone(running)]).toEqual(['running', job.version + 1, 0]);
    release();
    // It was drawn wrongly, so no part of it was ever counted as finished.
    expect(await jobUntil(job.id, hasEnded)).toMatchObject({ state: 'failed', finished: [] });
    await until(() => !underWay.has(job.id));
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
    expect(readFileSync(partPath(api.context.jobFiles, job, 1)).length).toBe(done.finished[0]?.bytes);
  });
});
