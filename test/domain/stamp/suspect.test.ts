// Suspicion: both sides of each threshold, and whole stories of a stamp.

import { describe, expect, test } from '@jest/globals';
import type { Scan } from '../../../server/domain/stamp/scan.ts';
import { suspicionOf, THRESHOLDS, type SuspectContext } from '../../../server/domain/stamp/suspect.ts';
import { foldScan } from '../../../server/domain/stamp/tally-fold.ts';
import type { BatchTally, StampTally } from '../../../server/domain/stamp/tally.ts';
import { aScan, aTally } from '../records.ts';

const SERIAL = 12;

const GOODS: SuspectContext = { plaque: false, display: false, activatedAt: '2026-11-11T02:00:00.000Z' };
const PLACES = ['Hà Nội', 'Huế', 'Cà Mau', 'Cần Thơ', 'Lào Cai'];

describe('each threshold of suspicion', () => {
  const { farApart, farAlternating, strangersAfterPin, manyVisitors, beforeActivation, pinGuessing } = THRESHOLDS;
  const pinned = (strangerDaysSince: number, wrongTries = 0): Partial<StampTally> => ({
    pin: { wrongTries, lockedUntil: null, usedAt: '2026-11-12T02:00:00.000Z', strangerDaysSince },
  });

  test.each<[string, Partial<StampTally>, ReturnType<typeof suspicionOf>['forConsumer'], string[]]>([
    ['one far jump: a wrongly placed address', { farJumps: farApart.officeJumps - 1, provinces: PLACES }, null, []],
    ['repeated far jumps: a case', { farJumps: farApart.officeJumps, provinces: PLACES }, null, ['far-apart']],
    [
      'far jumps in many places: for the consumer',
      { farJumps: farApart.consumerJumps, provinces: PLACES },
      'far-apart',
      ['far-apart'],
    ],
    ['one jump fewer', { farJumps: farApart.consumerJumps - 1, provinces: PLACES }, null, ['far-apart']],
    [
      'one place fewer',
      { farJumps: farAlternating.consumerJumps - 1, provinces: PLACES.slice(1) },
      null,
      ['far-apart'],
    ],
    [
      'two cities, again and again',
      { farJumps: farAlternating.consumerJumps, provinces: PLACES.slice(3) },
      'far-apart',
      ['far-apart'],
    ],
    ['a household after its PIN', pinned(strangersAfterPin.officeDays - 1), null, []],
    ['more than a household after a PIN', pinned(strangersAfterPin.officeDays), null, ['strangers-after-pin']],
    [
      'one stranger fewer than a consumer is told',
      pinned(strangersAfterPin.consumerDays - 1),
      null,
      ['strangers-after-pin'],
    ],
    [
      'strangers after a PIN: for the consumer',
      pinned(strangersAfterPin.consumerDays),
      'strangers-after-pin',
      ['strangers-after-pin'],
    ],
    ['visitors below a case', { visitorDays: manyVisitors.officeDays - 1 }, null, []],
    ['visitors for a case', { visitorDays: manyVisitors.officeDays }, null, ['many-visitors']],
    ['one visitor-day fewer than hundreds', { visitorDays: manyVisitors.consumerDays - 1 }, null, ['many-visitors']],
    ['hundreds of visitor-days', { visitorDays: manyVisitors.consumerDays }, 'many-visitors', ['many-visitors']],
    ['loads without visitors', { count: 100_000, visitorDays: 3 }, null, []],
    [
      'a scan before activation: the office only',
      { beforeActivation: beforeActivation.officeScans },
      null,
      ['scanned-before-activation'],
    ],
    ['wrong PINs below guessing', pinned(0, pinGuessing.officeTries - 1), null, []],
    ['wrong PINs: the office only', pinned(0, pinGuessing.officeTries), null, ['pin-guessing']],
    [
      'several at once, gravest first',
      { farJumps: farAlternating.consumerJumps, visitorDays: 500, beforeActivation: 3, ...pinned(50, 50) },
      'far-apart',
      ['far-apart', 'strangers-after-pin', 'many-visitors', 'scanned-before-activation', 'pin-guessing'],
    ],
  ])('%s', (_, part, forConsumer, forOffice) => {
    expect(suspicionOf(aTally(part), null, GOODS)).toEqual({ forConsumer, forOffice });
  });

  test.each([
    ['a plaque', { ...GOODS, plaque: true }],
    ['a display stamp', { ...GOODS, display: true }],
  ])('%s hangs for everyone: nothing but guessed PINs is a case', (_, context) => {
    const everything = aTally({
      visitorDays: 5_000,
      farJumps: 500,
      provinces: PLACES,
      beforeActivation: 9,
      ...pinned(99, 99),
    });
    expect(suspicionOf(everything, null, context)).toEqual({ forConsumer: null, forOffice: ['pin-guessing'] });
  });

  test('a stamp that is not activated alarms the office and tells the consumer nothing', () => {
    const told = suspicionOf(
      aTally({ beforeActivation: 400, visitorDays: 400, farJumps: 50, provinces: PLACES }),
      null,
      { ...GOODS, activatedAt: null },
    );
    expect(told).toEqual({ forConsumer: null, forOffice: ['far-apart', 'many-visitors', 'scanned-before-activation'] });
  });

  test('hundreds of visitor-days must stand out from the batch: ten times the mean of its other scanned stamps', () => {
    const batchTally = (others: number): BatchTally => ({
      batchId: '7K3M9Q',
      count: 0,
      visitorDays: 300 + others,
      stampsScanned: 11,
    });
    const tally = aTally({ visitorDays: 300 });
    expect(suspicionOf(tally, batchTally(300), GOODS).forConsumer).toBe('many-visitors');
    expect(suspicionOf(tally, batchTally(301), GOODS).forConsumer).toBeNull();
    expect(suspicionOf(tally, { ...batchTally(0), stampsScanned: 1 }, GOODS).forConsumer).toBe('many-visitors');
  });

  test('a stamp that was never scanned is not suspect', () =>
    expect(suspicionOf(null, null, GOODS)).toEqual({ forConsumer: null, forOffice: [] }));
});

describe('stories of a stamp', () => {
  interface Look {
    minute: number;
    visitor: string;
    province?: string | null;
    signedIn?: boolean;
    serial?: number;
  }

  /**
   * Plays scans through the fold as a store does: a visitor's day, and ten minutes in which the same visitor counts
   * once.
   */
  function play(looks: Look[]): {
    tally: (serial?: number) => StampTally;
    batchTally: BatchTally;
    suspectFrom: number | null;
  } {
    const tallies = new Map<number, StampTally>();
    const lastSeen = new Map<string, number>();
    const batchTally: BatchTally = { batchId: '7K3M9Q', count: 0, visitorDays: 0, stampsScanned: 0 };
    let suspectFrom: number | null = null;
    for (const [i, { minute, visitor, province = null, signedIn = false, serial = SERIAL }] of looks
      .toSorted((a, b) => a.minute - b.minute)
      .entries()) {
      const at = new Date(Date.parse('2026-11-20T01:00:00.000Z') + minute * 60_000).toISOString();
      const scan: Scan = aScan({ id: `scan-${i}`, serial, at, visitor, province, signedIn });
      const key = `${serial} ${scan.day} ${visitor}`;
      const seen = {
        newVisitorDay: !lastSeen.has(key),
        repeat: minute - (lastSeen.get(key) ?? Number.NEGATIVE_INFINITY) < 10,
      };
      if (!signedIn) lastSeen.set(key, minute);
      const before = tallies.get(serial) ?? null;
      const after = foldScan(before, scan, seen);
      tallies.set(serial, after);
      batchTally.count += after.count - (before?.count ?? 0);
      batchTally.visitorDays += after.visitorDays - (before?.visitorDays ?? 0);
      if (after.count > 0 && (before?.count ?? 0) === 0) batchTally.stampsScanned += 1;
      if (suspectFrom === null && suspicionOf(after, batchTally, GOODS).forConsumer !== null) suspectFrom = i + 1;
    }
    return { tally: (serial = SERIAL) => tallies.get(serial) ?? aTally(), batchTally, suspectFrom };
  }

  const people = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

  test('forty people of a household, a shop and a market behind one carrier address: not suspect, and one visitor a day', () => {
    const told = play(people(40).map((i) => ({ minute: i * 37, visitor: 'one carrier address', province: 'Hà Nội' })));
    expect(told.suspectFrom).toBeNull();
    expect(told.tally()).toMatchObject({ count: 40, visitorDays: 2 });
  });

  test('the same forty with telephones of forty kinds, whose network is placed now in one city, now in another: a case at most', () => {
    const hubs = ['Hà Nội', 'Đà Nẵng', 'Hồ Chí Minh', 'Phú Thọ'];
    const told = play(
      people(40).map((i) => ({ minute: i * 37, visitor: `telephone ${i}`, province: hubs[(i * 7) % 4] ?? null })),
    );
    expect(told.suspectFrom).toBeNull();
  });

  test('a household, a shop and a market, each on its own stamp: not suspect, no case', () => {
    const household = people(6).map((i) => ({
      minute: i * 300,
      visitor: `family ${i}`,
      province: 'Phú Thọ',
      serial: 1,
    }));
    const shop = people(15).map((i) => ({ minute: i * 500, visitor: `customer ${i}`, province: 'Hà Nội', serial: 2 }));
    const market = people(40).map((i) => ({
      minute: i * 5,
      visitor: `market ${i % 10}`,
      province: 'Hải Phòng',
      serial: 3,
    }));
    const told = play([...household, ...shop, ...market]);
    expect(told.suspectFrom).toBeNull();
    for (const serial of [1, 2, 3])
      expect(suspicionOf(told.tally(serial), told.batchTally, GOODS).forOffice).toEqual([]);
  });

  test('a copied stamp, on packs sold up and down the country: suspect before its twentieth buyer', () => {
    const markets = ['Hà Nội', 'Hồ Chí Minh', 'Đà Nẵng', 'Cần Thơ', 'Hải Phòng', 'Nghệ An', 'Khánh Hòa', 'Cà Mau'];
    const told = play(
      people(60).map((i) => ({ minute: i * 53, visitor: `buyer ${i}`, province: markets[(i * 5) % 8] ?? null })),
    );
    expect(told.suspectFrom).not.toBeNull();
    expect(told.suspectFrom).toBeLessThan(20);
    expect(suspicionOf(told.tally(), told.batchTally, GOODS).forOffice).toEqual(['far-apart', 'many-visitors']);
  });

  test('a copied stamp whose packs are sold in two cities: suspect within fifty buyers', () => {
    const told = play(
      people(60).map((i) => ({
        minute: i * 40,
        visitor: `buyer ${i}`,
        province: i % 2 === 0 ? 'Hà Nội' : 'Hồ Chí Minh',
      })),
    );
    expect(told.suspectFrom).not.toBeNull();
    expect(told.suspectFrom).toBeLessThan(50);
  });

  test('a rival scans forty shelf stamps from thirty addresses, three days long: no buyer is told, the office has forty cases', () => {
    const looks = people(3).flatMap((day) =>
      people(40).flatMap((stamp) =>
        people(30).map((address) => ({
          minute: day * 1440 + stamp * 5 + address,
          visitor: `address ${address}`,
          province: 'Hà Nội',
          serial: stamp + 1,
        })),
      ),
    );
    const buyers = people(200).map((i) => ({
      minute: i * 30,
      visitor: `buyer ${i}`,
      province: 'Hà Nội',
      serial: 100 + i,
    }));
    const told = play([...looks, ...buyers]);
    expect(told.suspectFrom).toBeNull();
    for (const stamp of people(40))
      expect(suspicionOf(told.tally(stamp + 1), told.batchTally, GOODS)).toEqual({
        forConsumer: null,
        forOffice: ['many-visitors'],
      });
  });

  test('a rival who stays for a month raises the mean of the batch, not the alarm', () => {
    const batchTally: BatchTally = {
      batchId: '7K3M9Q',
      count: 40_000,
      visitorDays: 40 * 900 + 160,
      stampsScanned: 200,
    };
    expect(suspicionOf(aTally({ visitorDays: 900 }), batchTally, GOODS).forConsumer).toBeNull();
  });

  test('one wrong place, and a parcel that is flown, are no suspicion and no case', () => {
    const wrongPlace = play([
      { minute: 0, visitor: 'a', province: 'Hà Nội' },
      { minute: 5, visitor: 'b', province: 'Cà Mau' },
    ]);
    expect(suspicionOf(wrongPlace.tally(), null, GOODS)).toEqual({ forConsumer: null, forOffice: [] });
    const flown = play([
      { minute: 0, visitor: 'a', province: 'Hà Nội' },
      { minute: 240, visitor: 'b', province: 'Hồ Chí Minh' },
    ]);
    expect(flown.tally().farJumps).toBe(0);
  });

  test('an inspector who scans a stamp a hundred times in ten provinces, signed in, counts for nothing', () => {
    const told = play(
      people(100).map((i) => ({
        minute: i * 20,
        visitor: 'inspector',
        province: PLACES[i % 5] ?? null,
        signedIn: true,
      })),
    );
    expect(told.tally()).toMatchObject({ count: 0, visitorDays: 0, farJumps: 0, provinces: [] });
  });
});
