// What is counted of scans and PINs.

import { describe, expect, test } from '@jest/globals';
import { leastHoursBetween } from '../../../server/domain/province-distance.ts';
import { foldScan } from '../../../server/domain/stamp/tally-fold.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { aScan, aTally } from '../records.ts';

const NEW = { newVisitorDay: true, newNetworkDay: true, repeat: false };
const AGAIN = { newVisitorDay: false, newNetworkDay: false, repeat: false };

describe('a scan', () => {
  test('first of a stamp makes its tally, cut to the minute', () => {
    expect(foldScan(null, aScan({ province: 'Hà Nội' }), NEW)).toEqual({
      batchId: '7K3M9Q',
      serial: 12,
      count: 1,
      visitorDays: 1,
      firstAt: '2026-11-20T02:00:00.000Z',
      lastAt: '2026-11-20T02:00:00.000Z',
      beforeActivation: 0,
      lastProvince: 'Hà Nội',
      lastProvinceAt: '2026-11-20T02:00:00.000Z',
      provinces: ['Hà Nội'],
      farJumps: 0,
      signs: { day: 20_777, networks: 1, jumps: 0, crowd: 100, heat: 0, far: 0, home: 0 },
      pin: { wrongTries: 0, lockedUntil: null, usedAt: null, strangerDaysSince: 0 },
    });
  });

  test('by the same visitor later that day counts as a scan, not as a visitor', () => {
    expect(foldScan(aTally(), aScan({ at: '2026-11-20T09:00:00.000Z' }), AGAIN)).toMatchObject({
      count: 2,
      visitorDays: 1,
      lastAt: '2026-11-20T09:00:00.000Z',
    });
  });

  test('without anything to tell visitors by counts as a scan, not as a visitor', () => {
    expect(foldScan(aTally(), aScan({ visitor: null }), NEW)).toMatchObject({ count: 2, visitorDays: 1 });
  });

  test('that repeats one, or is signed in, changes nothing', () => {
    const tally = aTally();
    expect(foldScan(tally, aScan(), { newVisitorDay: false, newNetworkDay: false, repeat: true })).toBe(tally);
    expect(foldScan(tally, aScan({ signedIn: true }), NEW)).toBe(tally);
  });

  test('that repeats one from before the activation, and hears of it, moves the last instant alone', () => {
    const printed = aTally({ beforeActivation: 1 });
    const again = { newVisitorDay: false, newNetworkDay: false, repeat: true };
    const later = '2026-11-20T02:05:00.000Z';
    expect(foldScan(printed, aScan({ at: later }), again)).toEqual({ ...printed, lastAt: later });
    expect(foldScan(printed, aScan({ at: '2026-11-20T01:55:00.000Z' }), again)).toBe(printed);
    expect(foldScan(printed, aScan({ at: later, verdict: 'not-activated' }), again)).toBe(printed);
    expect(foldScan(printed, aScan({ at: later, signedIn: true }), again)).toBe(printed);
    expect(foldScan(aTally(), aScan({ at: later }), again)).toEqual(aTally());
  });

  test('after one that did not count is the first', () => {
    const uncounted = foldScan(null, aScan({ signedIn: true, at: '2026-11-19T00:00:00.000Z' }), NEW);
    expect(uncounted.count).toBe(0);
    expect(foldScan(uncounted, aScan(), NEW)).toMatchObject({ count: 1, firstAt: '2026-11-20T02:00:00.000Z' });
  });

  test('that arrives late moves the first, not the last', () => {
    expect(foldScan(aTally(), aScan({ at: '2026-11-19T02:00:00.000Z' }), NEW)).toMatchObject({
      firstAt: '2026-11-19T02:00:00.000Z',
      lastAt: '2026-11-20T02:00:00.000Z',
    });
  });

  test('before activation is counted apart', () => {
    expect(foldScan(null, aScan({ verdict: 'not-activated' }), NEW).beforeActivation).toBe(1);
    expect(foldScan(null, aScan({ verdict: 'recalled' }), NEW).beforeActivation).toBe(0);
  });

  test('of a new network after a PIN’s grace is a stranger, one of a known network is not', () => {
    const used = aTally({
      pin: { wrongTries: 0, lockedUntil: null, usedAt: '2026-11-10T02:00:00.000Z', strangerDaysSince: 0 },
    });
    expect(foldScan(used, aScan(), NEW).pin.strangerDaysSince).toBe(1);
    expect(foldScan(used, aScan(), AGAIN).pin.strangerDaysSince).toBe(0);
    expect(foldScan(aTally(), aScan(), NEW).pin.strangerDaysSince).toBe(0);
  });

  test('without a place leaves the last place, and never names more places than the country has', () => {
    const placed = aTally({ lastProvince: 'Huế', lastProvinceAt: '2026-11-20T02:00:00.000Z', provinces: ['Huế'] });
    expect(foldScan(placed, aScan(), NEW)).toMatchObject({ lastProvince: 'Huế', provinces: ['Huế'] });
    let tally: StampTally = placed;
    for (let i = 0; i < 100; i += 1) tally = foldScan(tally, aScan({ province: `header ${i}` }), NEW);
    expect(tally.provinces.length).toBe(34);
  });

  describe('too far from the last one', () => {
    const inHanoi = aTally({
      lastProvince: 'Hà Nội',
      lastProvinceAt: '2026-11-20T02:00:00.000Z',
      provinces: ['Hà Nội'],
    });
    const jumps = (province: string, minutesLater: number, seen = NEW): number => {
      const at = new Date(Date.parse('2026-11-20T02:00:00.000Z') + minutesLater * 60_000).toISOString();
      return foldScan(inHanoi, aScan({ province, at }), seen).farJumps;
    };
    // 1,150 km between the middles, of which 950 are certain: an hour and a half on the ground and 71 minutes in the
    // air.
    const least = leastHoursBetween('Hà Nội', 'Hồ Chí Minh') * 60;

    test('is one that no traveller can have made in the time between, on either side of that time', () => {
      expect(least).toBeGreaterThan(150);
      expect(least).toBeLessThan(180);
      expect(jumps('Hồ Chí Minh', Math.ceil(least) - 2)).toBe(1);
      // Both instants are cut to the minute, so the real interval may be up to a minute longer.
      expect(jumps('Hồ Chí Minh', Math.ceil(least) - 1)).toBe(0);
    });

    test('is none within a region, in the same place, of an unknown place, or by the same visitor', () => {
      expect(
        ['Phú Thọ', 'Hải Phòng', 'Thanh Hóa', 'Nghệ An', 'Hà Nội', 'Bangkok'].map((province) => jumps(province, 0)),
      ).toEqual([0, 0, 0, 0, 0, 0]);
      expect(jumps('Hồ Chí Minh', 1, AGAIN)).toBe(0);
    });
  });
});
