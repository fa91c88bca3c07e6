import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { afterAll, describe, expect, test } from '@jest/globals';

import { drawSheetInProcess } from '../../../server/sheet/pdf/draw-job.ts';
import { CREDITS, type FromWorker, type ToWorker } from '../../../server/sheet/threads/draw-messages.ts';
import { closeSheetWorkers, planSheet, drawSheet } from '../../../server/sheet/threads/draw-sheet.ts';
import { SheetError } from '../../../server/sheet/setting/sheet-error.ts';
import { aJob, ORANGES, templateOf } from '../sheet-jobs.ts';

const TOO_LONG = aJob({ content: { ...ORANGES, productName: 'MẬT ONG HOA RỪNG '.repeat(20).trim() } });

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

afterAll(closeSheetWorkers);

describe('drawSheet', () => {
  test('streams the file that this thread would have made', async () => {
    const job = aJob({ to: 5_000 });
    expect(Buffer.compare(await bytesOf(drawSheet(job)), Buffer.concat([...drawSheetInProcess(job)]))).toBe(0);
  });

  test('draws several jobs by turns, each its own', async () => {
    const jobs = [
      aJob({ to: 3_000 }),
      aJob({ from: 3_001, to: 6_000 }),
      aJob({ template: templateOf('roll-50x30'), to: 200 }),
    ];
    const files = await Promise.all(jobs.map((job) => bytesOf(drawSheet(job))));
    files.forEach((file, at) =>
      expect(Buffer.compare(file, Buffer.concat([...drawSheetInProcess(jobs[at]!)]))).toBe(0),
    );
  });

  test('serves others while a consumer keeps its job waiting', async () => {
    const slow = drawSheet(aJob({ to: 100_000 }));
    await slow.next();
    expect((await bytesOf(drawSheet(aJob({ to: 65 })))).byteLength).toBeGreaterThan(10_000);
    await slow.return();
  });

  test('works on after consumers stopped in the middle, many more than there are places', async () => {
    for (let time = 0; time < 20; time += 1) {
      for await (const chunk of drawSheet(aJob({ to: 20_000 }))) {
        expect(chunk.byteLength).toBeGreaterThan(0);
        break;
      }
    }
    expect((await bytesOf(drawSheet(aJob({ to: 65 })))).byteLength).toBeGreaterThan(10_000);
  });

  test('throws the problem of a job that cannot be set', async () => {
    const drawing = bytesOf(drawSheet(TOO_LONG));
    await expect(drawing).rejects.toBeInstanceOf(SheetError);
    await expect(drawing).rejects.toMatchObject({ problem: { code: 'text-does-not-fit' } });
  });
});

describe('planSheet', () => {
  test('counts pages and stamps', async () => {
    expect(await planSheet(aJob({ skip: 60, to: 70 }))).toEqual({ ok: true, value: { pages: 2, stamps: 70 } });
  });

  test('gives the problem of a job that cannot be set', async () => {
    expect(await planSheet(TOO_LONG)).toMatchObject({
      ok: false,
      problem: { code: 'text-does-not-fit', details: { element: 'product', template: 'a4-65' } },
    });
  });

  test('throws what only a bug causes', async () => {
    await expect(planSheet(aJob({ skip: 65 }))).rejects.toThrow('skip 65');
  });
});

describe('a drawing thread', () => {
  test('stays so many chunks ahead of its consumer and no more, and ends when told to stop', async () => {
    const worker = new Worker(new URL('../../../server/sheet/threads/draw-worker.ts', import.meta.url));
    const heard: FromWorker[] = [];
    worker.on('message', (message: FromWorker) => heard.push(message));
    const say = (message: ToWorker): void => worker.postMessage(message);
    /** The worker answers in order, so everything it sent before this answer has arrived. */
    const settle = async (): Promise<void> => {
      for (let round = 0; round < 3; round += 1) {
        const planned = count('planned');
        say({ kind: 'plan', id: 99, job: aJob() });
        while (count('planned') === planned) await once(worker, 'message');
      }
    };
    const count = (kind: FromWorker['kind']): number => heard.filter((message) => message.kind === kind).length;
    const chunks = (): number => count('chunk');

    try {
      say({ kind: 'draw', id: 1, job: aJob({ to: 100_000 }) });
      while (chunks() < CREDITS) await once(worker, 'message');
      await settle();
      expect(chunks()).toBe(CREDITS);

      say({ kind: 'credit', id: 1 });
      while (chunks() < CREDITS + 1) await once(worker, 'message');
      await settle();
      expect(chunks()).toBe(CREDITS + 1);

      say({ kind: 'stop', id: 1 });
      while (count('end') === 0) await once(worker, 'message');
      await settle();
      expect(heard.filter(({ kind }) => kind === 'end')).toEqual([{ kind: 'end', id: 1 }]);
      expect(chunks()).toBe(CREDITS + 1);
    } finally {
      await worker.terminate();
    }
  });
});
