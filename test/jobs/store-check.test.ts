// The background check of the whole store: it finds damage that no answer touches, reports it once, resumes where it
// stopped, and withdraws a finding when the damage is gone.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StoreChecker } from '../../server/jobs/store-check.ts';
import { NO_CHECK } from '../../server/store/recount.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { BATCH_ID, MADE_AT } from '../fixtures/records/cast.ts';
import { anOffice } from '../fixtures/records/registry.ts';
import { aScan } from '../fixtures/records/scans.ts';
import { meddle, newPath, optionsFor } from '../store/sqlite/sqlite-files.ts';

const HOUR_MS = 3_600_000;

let path: string;
let store: Store;
let nowMs: number;
let found: string[];

beforeEach(async () => {
  path = newPath();
  store = await openSqliteStore(optionsFor(path));
  nowMs = Date.parse(MADE_AT);
  found = [];
  await store.offices.insert(anOffice(), aNote());
  for (const serial of [1, 2, 3]) {
    await store.scans.record(aScan({ id: `a${serial}`, serial }));
    await store.scans.record(aScan({ id: `b${serial}`, serial, visitor: 'visitor-2' }));
  }
});
afterEach(() => store.close());

function aChecker(): StoreChecker {
  return new StoreChecker({ store, now: () => new Date(nowMs), found: (fault) => found.push(fault), rest: 0 });
}

const textsKept = async (): Promise<string[]> => (await store.check.state()).findings.map(({ text }) => text);

describe('the check of a store', () => {
  test('finds nothing in a sound one, and keeps when it ended', async () => {
    await aChecker().work();
    expect(found).toEqual([]);
    expect(await store.check.state()).toMatchObject({ beganAt: MADE_AT, endedAt: MADE_AT, findings: [] });
  });

  test('names a tally that was deleted, once a round, and forgets it when it is back', async () => {
    meddle(path, `create table kept as select * from tally where serial = 2; delete from tally where serial = 2`);
    const checker = aChecker();
    await checker.work();
    const texts = [
      expect.stringMatching(/^batch 7K3M9Q: the tallies of its stamps add up to 4 scans, its own tally says 6/),
      'stamp 2 of batch 7K3M9Q has no tally, but 2 are listed',
    ];
    expect(found).toEqual(texts);
    await checker.work();
    expect(found).toHaveLength(2);
    expect(await textsKept()).toEqual(texts);

    meddle(path, `insert into tally select * from kept; drop table kept`);
    nowMs += 12 * HOUR_MS - 1;
    await checker.work();
    expect(await textsKept()).toHaveLength(2);
    nowMs += 1;
    await checker.work();
    expect(await textsKept()).toEqual([]);
  });

  test.each([
    [
      'a tally put back to an older one',
      `update tally set scans = 1, visitor_days = 1, mac = (select mac from old) where serial = 3`,
      /stamp 3 of batch 7K3M9Q/,
    ],
    ['the tally of a batch that was deleted', `delete from batch_tally`, /its own was deleted or put back/],
    [
      'scans that were deleted',
      `delete from scan where serial = 1`,
      /4 scans are listed and 0 were deleted by retention/,
    ],
    ['a record that was deleted', `delete from offices`, /office:office-1 is missing/],
    ['a tally that was edited', `update tally set far_jumps = 0, mac = 'x' where serial = 1`, /stamp 1 of batch/],
    [
      'a line of the log that was edited',
      `update audit set actor = 'x'`,
      /line 1 of the audit chain or the one before/,
    ],
  ])('names %s', async (_, sql, words) => {
    if (sql.includes('from old'))
      meddle(path, `create table old as select '${await sealOfFirst()}' as mac; ${sql}; drop table old`);
    else meddle(path, sql);
    await aChecker().work();
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });

  test('knows what retention deleted', async () => {
    await store.scans.record(aScan({ id: 'old', at: '2023-01-01T00:00:00.000Z', day: '2023-01-01', visitor: 'old' }));
    expect(await store.scans.deleteScansBefore('2024-01-01T00:00:00.000Z')).toBe(1);
    await aChecker().work();
    expect(found).toEqual([]);
    expect(await store.check.sums(BATCH_ID)).toMatchObject({ listed: 6, forgotten: 1, before: { count: 7 } });
  });

  test('goes on where it stopped', async () => {
    meddle(path, `delete from tally where serial = 2`);
    await store.check.keep({ ...NO_CHECK, beganAt: MADE_AT, part: 'sums', after: BATCH_ID });
    await aChecker().work();
    expect(found).toEqual([]);
    expect(await store.check.state()).toMatchObject({ endedAt: MADE_AT });
  });

  test('does nothing while another server does it', async () => {
    const lease = store.lease('store-check');
    await lease.hold();
    await aChecker().work();
    expect(await store.check.state()).toEqual(NO_CHECK);
    await lease.release();
  });

  test('what is kept of it cannot be forged: the round begins anew, and that is a finding', async () => {
    await aChecker().work();
    meddle(path, `update store_check set state = '{}'`);
    await aChecker().work();
    expect(found).toEqual([expect.stringMatching(/last check of the store/)]);
    expect(await store.check.state()).toMatchObject({ endedAt: MADE_AT });
  });

  test('stops between two pieces', async () => {
    const checker = aChecker();
    await checker.stop();
    await checker.work();
    expect(await store.check.state()).toEqual(NO_CHECK);
  });
});

/** The seal of stamp 3's tally after its first scan. */
async function sealOfFirst(): Promise<string> {
  const other = newPath();
  const twin = await openSqliteStore(optionsFor(other));
  await twin.scans.record(aScan({ id: 'a3', serial: 3 }));
  await twin.close();
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(other);
  const { mac } = db.prepare('select mac from tally').get() as { mac: string };
  db.close();
  return mac;
}
