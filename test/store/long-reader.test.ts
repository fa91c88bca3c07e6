// Long queries on the reader thread: look-ups go on, the log can still be cut, and a thread that dies is replaced.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { LongReader, startReaderThread, WAITING_QUESTIONS_MAX } from '../../server/store/sqlite/long-reader.ts';
import { emptyTally } from '../../server/domain/stamp/tally.ts';
import { tallyText } from '../../server/store/seal-texts.ts';
import { ShortSeal } from '../../server/store/short-seal.ts';
import type { ReaderSettings } from '../../server/store/sqlite/messages.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';
import { aScan } from '../fixtures/records/scans.ts';

const SCANS = 200_000;
const FIRST_MINUTE = Date.parse('2026-11-01T00:00:00.000Z') / 60_000;
/** One scan per stamp for all stamps, in the writer's format. */
const FILL = `
  insert into scan with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SCANS})
    select 'LONG01', ${FIRST_MINUTE} + i / 10, printf('%020d', i), i, 'Lâm Đồng', 'valid', 1, 0 from n;
  insert into tally with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SCANS})
    select 'LONG01', i, 1, 1, ${FIRST_MINUTE} + i / 10, ${FIRST_MINUTE} + i / 10, 0,
      null, null, '', 0, 0, null, null, 0, '', null, null, null from n;`;

const ROW_KEY = new Uint8Array(32).fill(7);
const folder = mkdtempSync(join(tmpdir(), 'temtrace-long-'));
const path = join(folder, 'store.db');
const open = (): Promise<Store> =>
  openSqliteStore({
    path,
    rowKey: ROW_KEY,
    now: () => new Date(MADE_AT),
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
  });
/** Seals the tallies that the tests look up. */
function sealFirst(db: DatabaseSync): void {
  const seal = db.prepare('update tally set mac = ? where serial = ?');
  for (let serial = 1; serial <= 20; serial += 1) {
    const at = new Date(Math.floor(FIRST_MINUTE + serial / 10) * 60_000).toISOString();
    const tally = { ...emptyTally({ batchId: 'LONG01', serial }, at), count: 1, visitorDays: 1, signs: null };
    seal.run(new ShortSeal(ROW_KEY, 'tally').of(tallyText(tally)), serial);
  }
}

const ALL = { batchId: 'LONG01', from: null, to: null };
const ALL_STAMPS = { kind: 'stamps-scanned', batchId: 'LONG01', from: 1, to: SCANS } as const;

let store: Store;
beforeAll(async () => {
  await (await open()).close();
  const db = new DatabaseSync(path);
  db.exec(FILL);
  sealFirst(db);
  db.close();
  store = await open();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a long question', () => {
  test.each([
    ['a count by day', () => store.scans.count(ALL, 'day', TIME_ZONE)],
    ['a count by province', () => store.scans.countAll(['LONG01'], ALL, 'province', TIME_ZONE)],
    ['the stamps that were scanned', () => store.scans.stampsScanned('LONG01', 1, SCANS)],
    ['the first stamp scanned since', () => store.scans.scannedSince('LONG01', 1, SCANS, '2027-01-01T00:00:00.000Z')],
  ])('keeps no look-up waiting: %s', async (_, ask) => {
    await store.scans.stampsScanned('LONG01', 1, 1); // the thread runs
    let isAnswered = false;
    const answered = ask().finally(() => (isAnswered = true));
    for (let serial = 1; serial <= 20; serial += 1)
      expect(await store.scans.tallyOf('LONG01', serial)).toMatchObject({ count: 1 });
    expect(isAnswered).toBe(false);
    await answered;
  });

  test('gives what is there, also what was recorded a moment ago', async () => {
    expect(await store.scans.count(ALL, 'province', TIME_ZONE)).toEqual([{ key: 'Lâm Đồng', scans: SCANS }]);
    await store.scans.record(aScan({ id: 'now', batchId: 'FRESH1', at: '2026-11-24T03:00:00.000Z' }));
    expect(await store.scans.count({ ...ALL, batchId: 'FRESH1' }, 'day', TIME_ZONE)).toEqual([
      { key: '2026-11-24', scans: 1 },
    ]);
    expect(await store.scans.scannedSince('FRESH1', 1, 9, '2026-11-24T03:00:00.000Z')).toBe(1);
  });

  test('does not keep the log from being cut, and is answered by a store that closes', async () => {
    const other = await open();
    const counts = Array.from({ length: 4 }, () => other.scans.count(ALL, 'verdict', TIME_ZONE));
    await other.scans.forgetVisitorsBefore('2026-01-01');
    const last = other.scans.count(ALL, 'verdict', TIME_ZONE);
    await other.close();
    for (const count of [...counts, last]) expect(await count).toEqual([{ key: 'valid', scans: SCANS }]);
    await expect(other.scans.stampsScanned('LONG01', 1, 9)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('the reader', () => {
  const aReader = (): { reader: LongReader; threads: Worker[]; events: string[] } => {
    const threads: Worker[] = [];
    const events: string[] = [];
    const startThread = (settings: ReaderSettings): Worker => {
      const thread = startReaderThread(settings);
      threads.push(thread);
      return thread;
    };
    return {
      reader: new LongReader({ path, rowKey: ROW_KEY, log: (event) => events.push(event), startThread }),
      threads,
      events,
    };
  };

  test('starts a thread for the first question, and one after a thread that died', async () => {
    const { reader, threads, events } = aReader();
    expect(threads).toHaveLength(0);
    const cut = reader.ask(ALL_STAMPS).catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    await threads[0]?.terminate();
    expect(await cut).toMatchObject({ kind: 'unavailable' });
    expect(await reader.ask(ALL_STAMPS)).toBe(SCANS);
    expect([threads.length, events]).toEqual([2, ['store.reader-lost']]);
    await reader.close();
    expect(events).toHaveLength(1);
  });

  test('of a file that cannot be opened refuses each question', async () => {
    const events: string[] = [];
    const reader = new LongReader({
      path: join(folder, 'none.db'),
      rowKey: ROW_KEY,
      log: (event) => events.push(event),
    });
    for (let i = 0; i < 2; i += 1) await expect(reader.ask(ALL_STAMPS)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(events).toEqual(['store.reader-lost', 'store.reader-lost']);
    await reader.close();
  });

  test('takes so many questions and no more', async () => {
    const { reader } = aReader();
    const one = { ...ALL_STAMPS, to: 1 };
    const asked = Array.from({ length: WAITING_QUESTIONS_MAX }, () => reader.ask(one));
    await expect(reader.ask(one)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(new Set(await Promise.all(asked))).toEqual(new Set([1]));
    expect(await reader.ask(one)).toBe(1);
    await reader.close();
  });
});
