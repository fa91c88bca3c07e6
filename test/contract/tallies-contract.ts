// Tallies compared with a model: any scans, in any order, from any number of callers at once, must fold as
// domain/tally-fold.ts does.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldScan } from '../../server/domain/stamp/tally-fold.ts';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import type { StampTally } from '../../server/domain/stamp/tally.ts';
import type { Store, StoredScan } from '../../server/store/store.ts';
import { VISITS_MAX } from '../../server/store/visits.ts';
import { aScan } from '../fixtures/records/scans.ts';
import { allPages } from './pages-contract.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

const REPEAT_MS = 10 * 60_000;
const START_MS = Date.parse('2026-11-24T00:00:00.000Z');
const PROVINCES = [null, 'Lâm Đồng', 'Hà Nội', 'Cà Mau'] as const;

const scansArbitrary = fc.array(
  fc.record({
    serial: fc.integer({ min: 1, max: 3 }),
    /** Sometimes backwards: clocks get set, and callers are slow. */
    afterMs: fc.integer({ min: -4 * 60_000, max: 15 * 60_000 }),
    visitor: fc.constantFrom(null, 'a', 'b', 'c'),
    province: fc.constantFrom(...PROVINCES),
    verdict: fc.constantFrom('valid' as const, 'not-activated' as const, 'recalled' as const),
    signedIn: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    again: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 40 },
);

/** The expected result, computed in the plainest way. */
class Model {
  readonly tallies = new Map<number, StampTally>();
  private readonly visits = new Map<string, number>();
  /** The listed scans, by id. */
  readonly listed = new Map<string, StoredScan>();

  record(scan: Scan): { counted: boolean; repeat: boolean; tally: StampTally } {
    const key = `${scan.serial} ${scan.day} ${scan.visitor}`;
    const atMs = Date.parse(scan.at);
    const last = scan.visitor === null || scan.signedIn ? undefined : this.visits.get(key);
    const repeat = this.listed.has(scan.id) || (last !== undefined && atMs < last + REPEAT_MS);
    const newVisitorDay = scan.visitor !== null && last === undefined;
    // In the model each visitor has a separate network.
    const newNetworkDay = newVisitorDay;
    const tally = foldScan(this.tallies.get(scan.serial) ?? null, scan, { newVisitorDay, newNetworkDay, repeat });
    if (repeat && !scan.signedIn && this.tallies.has(scan.serial)) this.tallies.set(scan.serial, tally);
    if (!repeat) {
      const { id, batchId, serial, province, verdict } = scan;
      this.listed.set(id, {
        id,
        batchId,
        serial,
        at: `${scan.at.slice(0, 16)}:00.000Z`,
        province,
        verdict,
        counted: !scan.signedIn,
      });
      if (!scan.signedIn) this.tallies.set(scan.serial, tally);
      if (!scan.signedIn && scan.visitor !== null) this.visits.set(key, atMs);
    }
    return { counted: !repeat && !scan.signedIn, repeat, tally };
  }

  /** Newest first, then by id. */
  scansOf(serial: number | null): StoredScan[] {
    const scans = [...this.listed.values()].filter((scan) => serial === null || scan.serial === serial);
    return scans.sort((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? 1 : -1));
  }
}

export function talliesContract(open: OpenStore): void {
  describe('tallies', () => {
    let store: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));

    test('any scans one after another come to what the model says, each answer too', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(scansArbitrary, async (program) => {
          run += 1;
          const batchId = `MODEL-${run}`;
          const model = new Model();
          let atMs = START_MS;
          let before: Scan | null = null;
          for (const [i, step] of program.entries()) {
            atMs += step.afterMs;
            const { serial, visitor, province, verdict, signedIn } = step;
            const at = new Date(atMs).toISOString();
            const scan: Scan =
              step.again && before !== null
                ? before
                : {
                    unlessSuspect: null,
                    id: `${batchId}-${i}`,
                    batchId,
                    serial,
                    at,
                    day: at.slice(0, 10),
                    visitor,
                    province,
                    verdict,
                    signedIn,
                  };
            before = scan;
            expect(await store.scans.record(scan)).toEqual(model.record(scan));
          }
          for (const serial of [1, 2, 3])
            expect(await store.scans.tallyOf(batchId, serial)).toEqual(model.tallies.get(serial) ?? null);
          // Counts that were not awaited may lag; once awaited they are equal.
          const tallies = [...model.tallies.values()];
          const counted = tallies.reduce((total, { count }) => total + count, 0);
          expect((await store.scans.recentBatchTallyOf(batchId))?.count ?? 0).toBeLessThanOrEqual(counted);
          const sum = (of: (tally: StampTally) => number): number =>
            tallies.reduce((total, tally) => total + of(tally), 0);
          expect(await store.scans.batchTallyOf(batchId)).toEqual(
            tallies.length === 0
              ? null
              : {
                  batchId,
                  count: sum(({ count }) => count),
                  visitorDays: sum(({ visitorDays }) => visitorDays),
                  stampsScanned: tallies.length,
                },
          );
          expect(await store.scans.recentBatchTallyOf(batchId)).toEqual(await store.scans.batchTallyOf(batchId));
          for (const serial of [null, 1, 2, 3]) {
            const listed = await allPages(
              (page) => store.scans.list({ batchId, serial, from: null, to: null }, page),
              4,
            );
            expect(listed).toEqual(model.scansOf(serial));
          }
        }),
        { numRuns: 40, seed: 20_261_124 },
      );
    });

    test('three hundred scans of five hot stamps, at once on two servers, lose no count', async () => {
      const second = await on.second();
      const scans = Array.from({ length: 300 }, (_, i) =>
        aScan({ id: `hot-${i}`, batchId: 'HOT001', serial: 1 + (i % 5), visitor: `v${i}` }),
      );
      const answers = await Promise.all(scans.map((scan, i) => (i % 2 === 0 ? store : second).scans.record(scan)));
      expect(answers.every(({ counted }) => counted)).toBe(true);
      for (const serial of [1, 2, 3, 4, 5]) {
        expect(await store.scans.tallyOf('HOT001', serial)).toMatchObject({ count: 60, visitorDays: 60 });
        const counts = answers.flatMap(({ tally }) => (tally.serial === serial ? [tally.count] : []));
        expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
      }
      expect(await store.scans.batchTallyOf('HOT001')).toEqual({
        batchId: 'HOT001',
        count: 300,
        visitorDays: 300,
        stampsScanned: 5,
      });
    });

    test('a stamp with more visitors a day than a tally remembers counts no more, and nobody twice', async () => {
      const scan = (i: number): Scan =>
        aScan({ id: `many-${i}`, batchId: 'MANY01', visitor: `${String(i).padStart(11, '0')}vvvv` });
      await Promise.all(Array.from({ length: 400 }, (_, i) => store.scans.record(scan(i))));
      expect(await store.scans.tallyOf('MANY01', 1)).toMatchObject({ count: VISITS_MAX, visitorDays: VISITS_MAX });
      expect(await store.scans.record({ ...scan(399), id: 'many-again' })).toMatchObject({ repeat: true });
    });

    test('a scan left to the tally is listed as suspect from the scan after the bound on, but for an office’s answer', async () => {
      const batchId = 'ASUS01';
      // Four networks a day for 20 days: a heat past the bound of many visitors.
      const answer = { from: 1, to: 1, outcome: 'mistake', at: '2026-11-01T00:00:00.000Z', by: 'u', times: 1 } as const;
      const mark = {
        day: 0,
        crowd: 0,
        heat: 0,
        farDays: 0,
        provinces: 0,
        strangers: 0,
        beforeActivation: 0,
        wrongTries: 0,
      };
      const scanned = (i: number, more: Partial<Scan> = {}): Scan =>
        aScan({
          id: `sus-${i}`,
          batchId,
          serial: 1,
          day: `2026-11-${String(1 + Math.floor(i / 4)).padStart(2, '0')}`,
          at: `2026-11-${String(1 + Math.floor(i / 4)).padStart(2, '0')}T03:0${i % 4}:00.000Z`,
          visitor: `net-${String(i).padStart(7, '0')}aaaa`,
          unlessSuspect: { answer: null },
          ...more,
        });
      for (let i = 0; i < 80; i++) await store.scans.record(scanned(i));
      await store.scans.record(scanned(81, { unlessSuspect: { answer: { ...answer, mark } } }));
      await store.scans.record(scanned(82, { unlessSuspect: null }));
      const { items } = await store.scans.list(
        { batchId, serial: null, from: null, to: null },
        { limit: 200, after: null },
      );
      const verdicts = items.toReversed().map(({ verdict }) => verdict);
      expect(verdicts.indexOf('suspect')).toBeGreaterThan(56);
      expect(verdicts.slice(76)).toEqual([...Array<string>(4).fill('suspect'), 'valid', 'valid']);
    });

    test('a tally read after its scan was answered holds that scan', async () => {
      await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          await store.scans.record(aScan({ id: `read-${i}`, batchId: 'READ01', serial: i + 1 }));
          expect(await store.scans.tallyOf('READ01', i + 1)).toMatchObject({ count: 1 });
        }),
      );
    });
  });
}
