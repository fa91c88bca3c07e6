import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { repeat } from '../../server/jobs/repeat.ts';
import { forgetOldScans, NOTHING_FORGOTTEN } from '../../server/jobs/retention.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { TIME_ZONE } from '../fixtures/records/cast.ts';
import { anOffice } from '../fixtures/records/registry.ts';
import { aScan } from '../fixtures/records/scans.ts';

const NOW = new Date('2026-11-24T03:00:00.000Z');
const RETENTION = { scanRetentionDays: 730, timeZone: TIME_ZONE };
const EVERYTHING = { from: null, to: null };

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temtrace-jobs-'));
  store = await openSqliteStore({
    path: join(folder, 'temtrace.db'),
    rowKey: new Uint8Array(32).fill(7),
    now: () => NOW,
    timeZone: TIME_ZONE,
  });
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe('forgetOldScans', () => {
  test('deletes scans past their days and keeps the tally that holds them', async () => {
    const batchId = '7K3M9Q';
    await store.scans.record(
      aScan({ id: 'old', batchId, serial: 1, at: '2024-11-23T16:59:00.000Z', day: '2024-11-23' }),
    );
    await store.scans.record(
      aScan({ id: 'edge', batchId, serial: 1, at: '2024-11-24T17:00:00.000Z', day: '2024-11-25', visitor: 'b' }),
    );

    expect(await forgetOldScans(store, NOW, RETENTION)).toBe(1);

    const left = await store.scans.list({ batchId, serial: null, ...EVERYTHING }, { limit: 10, after: null });
    expect(left.items.map(({ id }) => id)).toEqual(['edge']);
    expect((await store.scans.tallyOf(batchId, 1))?.count).toBe(2);
  });

  test('a step that fails keeps no other from its work, and is done again; the others rest until the next day', async () => {
    const calls: string[] = [];
    let broken = true;
    const note = (name: string) => async (before: string) => {
      calls.push(`${name} ${before}`);
      if (name === 'visitors' && broken) throw new Error('the log cannot be cut');
      return 0;
    };
    const scans = { forgetVisitorsBefore: note('visitors'), deleteScansBefore: note('scans') };
    const watched = { scans, forgetRequestsBefore: note('requests') } as unknown as Store;
    const done = { ...NOTHING_FORGOTTEN };
    await expect(forgetOldScans(watched, NOW, RETENTION, done)).rejects.toThrow('1 steps');
    expect(calls).toHaveLength(3);
    broken = false;
    await forgetOldScans(watched, NOW, RETENTION, done);
    expect(calls.slice(3)).toEqual(['visitors 2026-11-23']);
    await forgetOldScans(watched, NOW, RETENTION, done);
    expect(calls).toHaveLength(4);
    await forgetOldScans(watched, new Date(NOW.getTime() + 86_400_000), RETENTION, done);
    expect(calls).toHaveLength(7);
  });

  test('a salt of the day before yesterday is gone, yesterday’s stays', async () => {
    const first = new Uint8Array(32).fill(1);
    await store.scans.saltOf('2026-11-22', first);
    await store.scans.saltOf('2026-11-23', first);

    await forgetOldScans(store, NOW, RETENTION);

    const second = new Uint8Array(32).fill(2);
    expect(Buffer.from(await store.scans.saltOf('2026-11-22', second))).toEqual(Buffer.from(second));
    expect(Buffer.from(await store.scans.saltOf('2026-11-23', second))).toEqual(Buffer.from(first));
  });

  test('a request key is kept for a month and no longer', async () => {
    const keyOf = (key: string) => ({ key, bodyHash: 'hash', answer: null });
    await store.offices.insert(
      anOffice({ id: 'o1', name: 'A' }),
      aNote({ at: '2026-10-24T16:59:59.000Z' }, keyOf('old')),
    );
    await store.offices.insert(
      anOffice({ id: 'o2', name: 'B' }),
      aNote({ at: '2026-10-24T17:00:00.000Z' }, keyOf('young')),
    );

    await forgetOldScans(store, NOW, RETENTION);

    expect(await store.findRequest('old')).toBeNull();
    expect(await store.findRequest('young')).not.toBeNull();
  });
});

describe('repeat', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('never runs twice at once, goes on after a failure, and stops after the round under way', async () => {
    let running = 0;
    let most = 0;
    let rounds = 0;
    const failures: unknown[] = [];
    const stop = repeat(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((wake) => void setTimeout(wake, 2));
        running -= 1;
        rounds += 1;
        if (rounds === 1) throw new Error('the first round fails');
      },
      1,
      (error) => failures.push(error),
    );
    // Stop in the middle of a round.
    while (rounds < 3 || running === 0) await jest.advanceTimersByTimeAsync(1);
    const stopped = stop();
    await jest.advanceTimersByTimeAsync(2);
    await stopped;

    expect({ most, running, failures: failures.length }).toEqual({ most: 1, running: 0, failures: 1 });
    // No timer may be left to start another round.
    expect(jest.getTimerCount()).toBe(0);
  });
});
