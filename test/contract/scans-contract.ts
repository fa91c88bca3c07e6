// Recording scans: what counts, what is a repeat, what is listed, and what is forgotten.

import { describe, expect, test } from '@jest/globals';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import type { Store, StoredScan } from '../../server/store/store.ts';
import { aPinTry, aScan } from '../fixtures/records/scans.ts';
import { allPages } from './pages-contract.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

const REFUSED = ['malformed', 'not-ours'] as const;
const ALL = { serial: null, from: null, to: null };

export function scansContract(open: OpenStore): void {
  describe('scans', () => {
    let store: Store;
    let scans = 0;
    /** A scan with a new id. */
    const scanned = (fields: Partial<Scan>): Scan => aScan({ id: `scan-${(scans += 1)}`, ...fields });
    const listOf = (batchId: string): Promise<StoredScan[]> =>
      allPages((page) => store.scans.list({ ...ALL, batchId }, page), 200);
    const on = storeOfGroup(open, (opened) => (store = opened));

    test('a first scan is counted, and every time is cut to the minute', async () => {
      const recorded = await store.scans.record(scanned({ batchId: 'FIRST1', at: '2026-11-24T03:07:59.999Z' }));
      expect(recorded).toMatchObject({ counted: true, repeat: false });
      expect(recorded.tally).toMatchObject({
        count: 1,
        visitorDays: 1,
        firstAt: '2026-11-24T03:07:00.000Z',
        lastAt: '2026-11-24T03:07:00.000Z',
      });
      expect(await store.scans.tallyOf('FIRST1', 1)).toEqual(recorded.tally);
      expect(await listOf('FIRST1')).toMatchObject([
        { at: '2026-11-24T03:07:00.000Z', serial: 1, province: 'Lâm Đồng', verdict: 'valid', counted: true },
      ]);
    });

    test('a stamp never scanned has no tally, and neither has its batch', async () => {
      expect(await store.scans.tallyOf('NOBODY', 1)).toBeNull();
      expect(await store.scans.batchTallyOf('NOBODY')).toBeNull();
      expect(await store.scans.scannedSince('NOBODY', 1, 99, '2026-01-01T00:00:00.000Z')).toBeNull();
      expect(await store.scans.stampsScanned('NOBODY', 1, 99)).toBe(0);
    });

    test.each([
      ['a moment later', '2026-11-24T03:00:00.001Z', false],
      ['a millisecond under ten minutes later', '2026-11-24T03:09:59.999Z', false],
      ['ten minutes later', '2026-11-24T03:10:00.000Z', true],
    ])('the same visitor %s: counted is %p', async (moment, at, counted) => {
      const batchId = `REPEAT-${moment}`;
      await store.scans.record(scanned({ batchId }));
      const again = await store.scans.record(scanned({ batchId, at }));
      expect(again).toMatchObject({ counted, repeat: !counted, tally: { count: counted ? 2 : 1, visitorDays: 1 } });
      expect(await listOf(batchId)).toHaveLength(counted ? 2 : 1);
    });

    test('ten minutes run from the last scan that counted, so that one who keeps looking is counted now and then', async () => {
      const at = (minute: number): string =>
        new Date(Date.parse('2026-11-24T03:00:00.000Z') + minute * 60_000).toISOString();
      const counted: boolean[] = [];
      for (const minute of [0, 6, 12, 18, 24])
        counted.push((await store.scans.record(scanned({ batchId: 'WINDOW', at: at(minute) }))).counted);
      expect(counted).toEqual([true, false, true, false, true]);
    });

    test('another visitor, another stamp, another day, another batch are no repeats', async () => {
      await store.scans.record(scanned({ batchId: 'OTHERS' }));
      for (const other of [
        { visitor: 'visitor-2' },
        { serial: 2 },
        { day: '2026-11-25', at: '2026-11-24T03:01:00.000Z' },
      ]) {
        expect(await store.scans.record(scanned({ batchId: 'OTHERS', ...other }))).toMatchObject({ counted: true });
      }
      expect(await store.scans.record(scanned({ batchId: 'OTHER2' }))).toMatchObject({ counted: true });
      expect(await store.scans.tallyOf('OTHERS', 1)).toMatchObject({ count: 3, visitorDays: 3 });
      expect(await store.scans.batchTallyOf('OTHERS')).toEqual({
        batchId: 'OTHERS',
        count: 4,
        visitorDays: 4,
        stampsScanned: 2,
      });
    });

    test('scans that tell no visitor are counted each, as nobody new', async () => {
      await store.scans.record(scanned({ batchId: 'NOVISIT', visitor: null }));
      const second = await store.scans.record(scanned({ batchId: 'NOVISIT', visitor: null }));
      expect(second).toMatchObject({ counted: true, tally: { count: 2, visitorDays: 0 } });
    });

    test('a signed-in person is answered and listed, never counted, and hides no later scan', async () => {
      const before = await store.scans.record(scanned({ batchId: 'SIGNED', signedIn: true }));
      expect(before).toMatchObject({ counted: false, repeat: false, tally: { count: 0, visitorDays: 0 } });
      expect(await store.scans.stampsScanned('SIGNED', 1, 9)).toBe(0);
      expect(await store.scans.record(scanned({ batchId: 'SIGNED' }))).toMatchObject({
        counted: true,
        tally: { count: 1, visitorDays: 1 },
      });
      expect(await store.scans.record(scanned({ batchId: 'SIGNED', signedIn: true }))).toMatchObject({
        counted: false,
        tally: { count: 1 },
      });
      expect((await listOf('SIGNED')).filter(({ counted }) => counted)).toHaveLength(1);
      expect(await listOf('SIGNED')).toHaveLength(3);
      expect(await store.scans.batchTallyOf('SIGNED')).toMatchObject({ count: 1, stampsScanned: 1 });
    });

    test.each([
      ['a visitor', 'visitor-1', false],
      ['no visitor', null, false],
      ['somebody signed in', 'visitor-1', true],
    ])('one scan sent thirty times at once by two servers counts once: %s', async (who, visitor, signedIn) => {
      const second = await on.second();
      const scan = scanned({ batchId: `RETRY-${who}`, visitor, signedIn });
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? store : second).scans.record(scan)),
      );
      expect(answers.filter(({ repeat }) => !repeat)).toHaveLength(1);
      expect(answers.filter(({ counted }) => counted)).toHaveLength(signedIn ? 0 : 1);
      expect(await listOf(scan.batchId)).toHaveLength(1);
      expect(await store.scans.record(scan)).toMatchObject({ counted: false, repeat: true });
    });

    test('lists go by stamp and time, newest first, in pages', async () => {
      for (let minute = 0; minute < 12; minute += 1) {
        const at = `2026-11-24T04:${String(minute).padStart(2, '0')}:30.000Z`;
        await store.scans.record(scanned({ batchId: 'LISTED', serial: 1 + (minute % 2), visitor: `v${minute}`, at }));
      }
      const minutesOf = async (range: { serial?: number; from?: string; to?: string }): Promise<number[]> =>
        (await allPages((page) => store.scans.list({ ...ALL, batchId: 'LISTED', ...range }, page), 2)).map(({ at }) =>
          new Date(at).getUTCMinutes(),
        );
      expect(await minutesOf({})).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      expect(await minutesOf({ serial: 2 })).toEqual([11, 9, 7, 5, 3, 1]);
      expect(await minutesOf({ from: '2026-11-24T04:03:00.000Z', to: '2026-11-24T04:06:00.000Z' })).toEqual([5, 4, 3]);
      expect(await minutesOf({ serial: 1, from: '2026-11-24T04:03:00.000Z' })).toEqual([10, 8, 6, 4]);
    });

    test('counts are by day of a time zone, province and verdict', async () => {
      const say = (fields: Partial<Scan>) =>
        store.scans.record(scanned({ batchId: 'COUNTS', visitor: null, ...fields }));
      await say({ at: '2026-11-24T16:30:00.000Z', day: '2026-11-24', province: null }); // 23:30 in Vietnam
      await say({ at: '2026-11-24T17:30:00.000Z', day: '2026-11-25', verdict: 'recalled' }); // 00:30 of the next day
      await say({ at: '2026-11-24T18:30:00.000Z', day: '2026-11-25' });
      await say({ at: '2026-11-24T18:31:00.000Z', day: '2026-11-25', signedIn: true });
      const range = { batchId: 'COUNTS', from: null, to: null };
      expect(await store.scans.count(range, 'day', 'Asia/Ho_Chi_Minh')).toEqual([
        { key: '2026-11-24', scans: 1 },
        { key: '2026-11-25', scans: 2 },
      ]);
      expect(await store.scans.count(range, 'day', 'Asia/Kathmandu')).toEqual([
        { key: '2026-11-24', scans: 2 },
        { key: '2026-11-25', scans: 1 },
      ]);
      expect(await store.scans.count(range, 'province', 'UTC')).toEqual([
        { key: null, scans: 1 },
        { key: 'Lâm Đồng', scans: 2 },
      ]);
      expect(await store.scans.count(range, 'verdict', 'UTC')).toEqual([
        { key: 'recalled', scans: 1 },
        { key: 'valid', scans: 2 },
      ]);
      expect(await store.scans.count({ ...range, from: '2026-11-24T18:00:00.000Z' }, 'day', 'UTC')).toEqual([
        { key: '2026-11-24', scans: 1 },
      ]);
    });

    test('which stamp was scanned since an instant is told to the moment, while the visit is known', async () => {
      await store.scans.record(scanned({ batchId: 'SINCE1', serial: 7, at: '2026-11-24T03:00:20.000Z' }));
      await store.scans.record(scanned({ batchId: 'SINCE1', serial: 9, at: '2026-11-24T03:05:00.000Z' }));
      const since = (at: string, from = 1, to = 10) => store.scans.scannedSince('SINCE1', from, to, at);
      expect(await since('2026-11-24T03:00:20.000Z')).toBe(7);
      expect(await since('2026-11-24T03:00:20.001Z')).toBe(9);
      expect(await since('2026-11-24T03:00:20.000Z', 8)).toBe(9);
      expect(await since('2026-11-24T03:00:00.000Z', 1, 6)).toBeNull();
      expect(await since('2026-11-24T03:05:00.001Z')).toBeNull();
      expect(await store.scans.stampsScanned('SINCE1', 7, 8)).toBe(1);
      expect(await store.scans.stampsScanned('SINCE1', 7, 9)).toBe(2);
    });

    test('a visitor who reloads after the activation and is told of it has scanned since, though nothing is counted', async () => {
      for (const [serial, activatedAt, reloadedAt] of [
        [1, '2026-11-24T03:02:00.000Z', '2026-11-24T03:05:00.000Z'],
        [2, '2026-11-24T03:00:20.000Z', '2026-11-24T03:00:40.000Z'],
      ] as const) {
        const look = { batchId: 'ANEW01', serial, visitor: 'same' };
        await store.scans.record(scanned({ ...look, at: '2026-11-24T03:00:10.000Z', verdict: 'not-activated' }));
        await store.scans.record(scanned({ ...look, at: '2026-11-24T03:00:15.000Z', verdict: 'not-activated' }));
        expect(await store.scans.scannedSince('ANEW01', serial, serial, activatedAt)).toBeNull();
        const again = await store.scans.record(scanned({ ...look, at: reloadedAt, verdict: 'valid' }));
        expect(again).toMatchObject({
          counted: false,
          repeat: true,
          tally: { count: 1, visitorDays: 1, lastAt: `${reloadedAt.slice(0, 16)}:00.000Z` },
        });
        expect(await store.scans.tallyOf('ANEW01', serial)).toEqual(again.tally);
        expect(await store.scans.scannedSince('ANEW01', serial, serial, activatedAt)).toBe(serial);
        // The next visit is measured from the scan that counted, not from the reload.
        expect(await store.scans.record(scanned({ ...look, at: '2026-11-24T03:10:10.000Z' }))).toMatchObject({
          counted: true,
          tally: { count: 2, visitorDays: 1 },
        });
      }
      expect(
        await store.scans.list({ batchId: 'ANEW01', serial: 1, from: null, to: null }, { limit: 9, after: null }),
      ).toMatchObject({ items: [{}, {}] });
      expect(await store.scans.batchTallyOf('ANEW01')).toMatchObject({ count: 4, visitorDays: 2, stampsScanned: 2 });
    });

    test('refused look-ups add up, by day, reason and batch', async () => {
      const day = '2026-11-24';
      await store.scans.addRefusals([
        { day, reason: 'not-ours', batchId: 'B1', count: 3 },
        { day, reason: 'malformed', batchId: null, count: 1 },
      ]);
      await store.scans.addRefusals([
        { day, reason: 'not-ours', batchId: 'B1', count: 4 },
        { day: '2026-11-25', reason: 'not-ours', batchId: null, count: 2 },
      ]);
      expect(await store.scans.refusals({ from: day, to: '2026-11-25' }, REFUSED, 10)).toEqual([
        { day, reason: 'not-ours', batchId: 'B1', count: 7 },
        { day: '2026-11-25', reason: 'not-ours', batchId: null, count: 2 },
        { day, reason: 'malformed', batchId: null, count: 1 },
      ]);
      const today = { from: day, to: day };
      expect(await store.scans.refusals(today, REFUSED, 1)).toEqual([
        { day, reason: 'not-ours', batchId: 'B1', count: 7 },
      ]);
      expect(await store.scans.refusals(today, ['malformed'], 10)).toMatchObject([{ reason: 'malformed', count: 1 }]);
      expect(await store.scans.refusals(today, [], 10)).toEqual([]);
      expect(await store.scans.refusals({ from: '2026-11-26', to: '2026-11-27' }, REFUSED, 10)).toEqual([]);
    });

    test('a day has one salt, whoever asks first', async () => {
      const second = await on.second();
      const salts = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (i % 2 === 0 ? store : second).scans.saltOf('2026-11-24', new Uint8Array(16).fill(i)),
        ),
      );
      expect(new Set(salts.map((salt) => Buffer.from(salt).toString('hex'))).size).toBe(1);
      expect(await store.scans.saltOf('2026-11-25', new Uint8Array(16).fill(99))).toEqual(new Uint8Array(16).fill(99));
    });

    test('visitors of past days are forgotten with their salts; tallies and scans stay', async () => {
      const yesterday = { batchId: 'FORGET', day: '2026-11-22', at: '2026-11-22T03:00:00.000Z' };
      const today = { batchId: 'FORGET', day: '2026-11-23', at: '2026-11-23T03:00:00.000Z', visitor: 'visitor-2' };
      await store.scans.record(scanned(yesterday));
      await store.scans.record(scanned(today));
      await store.scans.saltOf('2026-11-22', new Uint8Array(16).fill(1));
      await store.scans.saltOf('2026-11-23', new Uint8Array(16).fill(1));
      await store.scans.forgetVisitorsBefore('2026-11-23');
      expect(await store.scans.saltOf('2026-11-22', new Uint8Array(16).fill(2))).toEqual(new Uint8Array(16).fill(2));
      expect(await store.scans.saltOf('2026-11-23', new Uint8Array(16).fill(2))).toEqual(new Uint8Array(16).fill(1));
      expect(await store.scans.tallyOf('FORGET', 1)).toMatchObject({ count: 2, visitorDays: 2 });
      expect(await listOf('FORGET')).toHaveLength(2);
      expect(await store.scans.record(scanned(yesterday))).toMatchObject({ counted: true });
      expect(await store.scans.record(scanned(today))).toMatchObject({ repeat: true });
    });

    test('old scans are deleted, their tallies stay, and a stamp scanned again goes on counting', async () => {
      const before = await listOf('LISTED');
      const deleted = await store.scans.deleteScansBefore('2026-11-24T04:06:00.000Z');
      expect(deleted).toBeGreaterThanOrEqual(6);
      expect(await listOf('LISTED')).toEqual(before.slice(0, 6));
      expect(await listOf('FIRST1')).toEqual([]);
      expect(await store.scans.tallyOf('FIRST1', 1)).toMatchObject({ count: 1 });
      expect(
        await store.scans.record(scanned({ batchId: 'FIRST1', visitor: 'late', at: '2026-11-24T09:00:00.000Z' })),
      ).toMatchObject({ tally: { count: 2 } });
      expect(await store.scans.deleteScansBefore('2026-11-24T04:06:00.000Z')).toBe(0);
    });

    test('a PIN is right for ever after, and every try at the same moment counts', async () => {
      await store.scans.record(scanned({ batchId: 'PIN001' }));
      const pin = (fields: Parameters<typeof aPinTry>[0]) =>
        store.scans.tryPin(aPinTry({ batchId: 'PIN001', ...fields }));
      const wrong = await Promise.all(Array.from({ length: 4 }, () => pin({ right: false })));
      const triesLeft = wrong.map((outcome) => (outcome.kind === 'wrong' ? outcome.triesLeft : null));
      expect(new Set(triesLeft)).toEqual(new Set([1, 2, 3, 4]));
      expect(await pin({ right: true })).toEqual({
        kind: 'right',
        firstUsedAt: '2026-11-24T03:00:00.000Z',
        usedBefore: false,
      });
      expect(await pin({ right: true, at: '2026-11-24T03:05:00.000Z' })).toMatchObject({
        usedBefore: true,
        firstUsedAt: '2026-11-24T03:00:00.000Z',
      });
      expect(await store.scans.tallyOf('PIN001', 1)).toMatchObject({
        count: 1,
        pin: { wrongTries: 0, usedAt: '2026-11-24T03:00:00.000Z' },
      });
    });

    test('too many wrong PINs lock the stamp, but each network has two tries of its own that day', async () => {
      const pin = (fields: Parameters<typeof aPinTry>[0]) =>
        store.scans.tryPin(aPinTry({ batchId: 'PIN003', right: false, ...fields }));
      for (let i = 0; i < 5; i += 1) await pin({});
      const told = await Promise.all(Array.from({ length: 6 }, () => pin({ network: 'network-2' })));
      expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['locked']));
      expect(await pin({ network: 'network-2', right: true })).toMatchObject({ kind: 'locked' });
      expect(await pin({ network: null, right: true })).toMatchObject({ kind: 'locked' });
      expect(await pin({ network: 'network-3' })).toMatchObject({ kind: 'locked' });
      expect(await pin({ network: 'network-3', right: true })).toMatchObject({ kind: 'right', usedBefore: false });
      expect(await store.scans.tallyOf('PIN003', 1)).toMatchObject({
        pin: { wrongTries: 5, usedAt: '2026-11-24T03:00:00.000Z' },
      });
    });

    test('too many wrong PINs lock the stamp, for right ones too, and a scan goes on counting', async () => {
      const pin = (fields: Parameters<typeof aPinTry>[0]) =>
        store.scans.tryPin(aPinTry({ batchId: 'PIN002', network: null, ...fields }));
      for (let i = 0; i < 5; i += 1) await pin({ right: false });
      const locked = await pin({ right: true });
      expect(locked).toMatchObject({ kind: 'locked' });
      const tally = await store.scans.tallyOf('PIN002', 1);
      expect(tally).toMatchObject({ count: 0, pin: { lockedUntil: locked.kind === 'locked' ? locked.until : null } });
      expect(await store.scans.stampsScanned('PIN002', 1, 1)).toBe(0);
      expect(await store.scans.record(scanned({ batchId: 'PIN002' }))).toMatchObject({
        counted: true,
        tally: { count: 1, pin: { wrongTries: 5 } },
      });
      expect(await store.scans.batchTallyOf('PIN002')).toMatchObject({ count: 1, stampsScanned: 1 });
    });
  });
}
