// Questions over many batches at once: counts and tallies of an office's batches together, and the stamps that may be a
// case.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { mayBeCase, THRESHOLDS, urgencyOf } from '../../server/domain/stamp/suspect.ts';
import type { StampTally } from '../../server/domain/stamp/tally.ts';
import { BATCHES_ASKED_MAX, type ScanCount, type Store } from '../../server/store/store.ts';
import { TIME_ZONE } from '../fixtures/records/cast.ts';
import { aPinTry, aScan } from '../fixtures/records/scans.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

const BATCHES = ['OVER01', 'OVER02', 'OVER03'];
const ALL_TIME = { from: null, to: null };

/** The first tallies that may be cases, among batches whose id starts like this. */
async function oddOf({ scans }: Store, begin: string): Promise<StampTally[]> {
  const { items } = await scans.possibleCases({ limit: 200, after: null });
  return items.filter(({ batchId }) => batchId.startsWith(begin));
}

export function overviewContract(open: OpenStore): void {
  describe('overviews', () => {
    let store: Store;
    storeOfGroup(open, (opened) => (store = opened));
    beforeAll(async () => {
      const scans = Array.from({ length: 60 }, (_, i) =>
        aScan({
          id: `over-${i}`,
          batchId: BATCHES[i % 3] ?? '',
          serial: 1 + (i % 7),
          visitor: `v${i}`,
          verdict: i % 5 === 0 ? 'expired' : 'valid',
          province: i % 4 === 0 ? null : i % 4 === 1 ? 'Hà Nội' : 'Cà Mau',
          at: new Date(Date.UTC(2026, 10, 20 + (i % 3), i % 24)).toISOString(),
          day: `2026-11-${20 + (i % 3)}`,
          signedIn: i % 11 === 0,
        }),
      );
      for (const scan of scans) await store.scans.record(scan);
    });

    test('counts of batches together are the sums of each, by day, place and verdict, within any period', async () => {
      const { scans } = store;
      for (const by of ['day', 'province', 'verdict'] as const) {
        for (const period of [
          ALL_TIME,
          { from: '2026-11-21T00:00:00.000Z', to: null },
          { from: '2026-11-20T05:00:00.000Z', to: '2026-11-22T03:00:00.000Z' },
        ]) {
          const each = await Promise.all(BATCHES.map((batchId) => scans.count({ batchId, ...period }, by, TIME_ZONE)));
          const sums = new Map<string | null, number>();
          for (const { key, scans: more } of each.flat()) sums.set(key, (sums.get(key) ?? 0) + more);
          const sorted = (counts: ScanCount[]): ScanCount[] =>
            [...counts].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
          expect(await scans.countAll(BATCHES, period, by, TIME_ZONE)).toEqual(
            sorted([...sums].map(([key, n]) => ({ key, scans: n }))),
          );
        }
      }
      expect(await scans.countAll([], ALL_TIME, 'day', TIME_ZONE)).toEqual([]);
      expect(await scans.countAll(['NOBODY'], ALL_TIME, 'day', TIME_ZONE)).toEqual([]);
    });

    test('tallies of batches together are each one’s; a batch without scans has none', async () => {
      const tallies = await store.scans.batchTalliesOf([...BATCHES, 'NOBODY']);
      expect(tallies).toHaveLength(3);
      for (const tally of tallies) expect(tally).toEqual(await store.scans.batchTallyOf(tally.batchId));
    });

    test('stamps that may be a case are found, each reason at its least count and none below it', async () => {
      const { scans } = store;
      const visitors = async (batchId: string, serial: number, count: number): Promise<void> => {
        for (let i = 0; i < count; i++)
          await scans.record(aScan({ id: `odd-${batchId}-${serial}-${i}`, batchId, serial, visitor: `w${i}` }));
      };
      await visitors('ODD002', 1, THRESHOLDS.manyVisitors.officeCrowd);
      await visitors('ODD001', 3, THRESHOLDS.manyVisitors.officeCrowd - 1);
      await scans.record(aScan({ id: 'odd-early', batchId: 'ODD001', serial: 9, verdict: 'not-activated' }));
      await scans.record(aScan({ id: 'odd-calm', batchId: 'ODD001', serial: 2 }));
      // Three days with a far jump, which fade to more than two: Hà Nội and Cà Mau, minutes apart, other visitors each
      // time.
      for (const [i, province] of ['Hà Nội', 'Cà Mau', 'Hà Nội', 'Cà Mau', 'Hà Nội', 'Cà Mau'].entries()) {
        await scans.record(
          aScan({
            id: `odd-far-${i}`,
            batchId: 'ODD001',
            serial: 5,
            visitor: `f${i}`,
            province,
            at: `2026-11-2${4 + (i >> 1)}T03:${10 + i * 2}:00.000Z`,
            day: `2026-11-2${4 + (i >> 1)}`,
          }),
        );
      }
      const found = await oddOf(store, 'ODD');
      expect(found.map(({ batchId, serial }) => [batchId, serial])).toEqual([
        ['ODD001', 5],
        ['ODD002', 1],
        ['ODD001', 9],
      ]);
      for (const tally of found) {
        expect(tally).toEqual(await scans.tallyOf(tally.batchId, tally.serial));
        expect(mayBeCase(tally)).toBe(true);
      }
      expect(await oddOf(store, 'OVER')).toEqual([]);
      const all = await oddOf(store, '');
      const urgencies = all.map(urgencyOf);
      expect(urgencies).toEqual(urgencies.toSorted((a, b) => b - a));
      const first = await scans.possibleCases({ limit: 2, after: null });
      expect(first.items).toEqual(all.slice(0, 2));
      expect((await scans.possibleCases({ limit: 200, after: first.next })).items).toEqual(all.slice(2));
      await expect(scans.possibleCases({ limit: 1, after: 'eA' })).rejects.toThrow(RangeError);
    });

    test('a stamp whose PIN is guessed may be a case until the right one is entered', async () => {
      const { scans } = store;
      await scans.record(aScan({ id: 'pin-scan', batchId: 'ODD003' }));
      const guess = (at: number, right: boolean): Promise<unknown> =>
        scans.tryPin(
          aPinTry({
            batchId: 'ODD003',
            right,
            at: new Date(Date.UTC(2026, 10, 24 + at)).toISOString(),
            day: `2026-11-${24 + at}`,
          }),
        );
      for (let tries = 0; tries < 40 && (await oddOf(store, 'ODD003')).length === 0; tries++)
        await guess(tries % 6, false);
      expect(await oddOf(store, 'ODD003')).toHaveLength(1);
      await guess(9, true);
      expect(await oddOf(store, 'ODD003')).toEqual([]);
    });

    test('more batches than may be asked for at once are refused', async () => {
      const asked = Array.from({ length: BATCHES_ASKED_MAX + 1 }, (_, i) => `B${i}`);
      expect(await store.scans.batchTalliesOf(asked.slice(1))).toEqual([]);
      await expect(store.scans.countAll(asked, ALL_TIME, 'day', TIME_ZONE)).rejects.toThrow(RangeError);
      await expect(store.scans.batchTalliesOf(asked)).rejects.toThrow(RangeError);
    });
  });
}
