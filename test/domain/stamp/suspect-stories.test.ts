// Whole stories of a stamp: honest lives, copies, and attacks that fooled an earlier rule.

import { describe, expect, test } from '@jest/globals';
import { foldPin } from '../../../server/domain/stamp/pin.ts';
import type { Scan } from '../../../server/domain/stamp/scan.ts';
import { countsOf, ON_GOODS as GOODS, suspicionOf } from '../../../server/domain/stamp/suspect.ts';
import { foldScan } from '../../../server/domain/stamp/tally-fold.ts';
import type { BatchTally, StampTally } from '../../../server/domain/stamp/tally.ts';
import { NO_VISITS, noteVisit } from '../../../server/store/visits.ts';
import { aScan, aTally } from '../records.ts';

const SERIAL = 12;
const PLACES = ['Hà Nội', 'Huế', 'Cà Mau', 'Cần Thơ', 'Lào Cai'];

describe('stories of a stamp', () => {
  interface Look {
    minute: number;
    visitor: string;
    /** The visitor's address; absent: one that nobody else has. */
    network?: string;
    province?: string | null;
    signedIn?: boolean;
    serial?: number;
  }

  /**
   * Plays scans through the fold as a store does: it keeps the visitors of a day, and counts a visitor once in ten
   * minutes.
   */
  function play(looks: Look[]): {
    tally: (serial?: number) => StampTally;
    batchTally: BatchTally;
    suspectFrom: number | null;
  } {
    const tallies = new Map<number, StampTally>();
    const visits = new Map<number, string>();
    const batchTally: BatchTally = { batchId: '7K3M9Q', count: 0, visitorDays: 0, stampsScanned: 0 };
    let suspectFrom: number | null = null;
    for (const [i, { minute, visitor, network = visitor, province = null, signedIn = false, serial = SERIAL }] of looks
      .toSorted((a, b) => a.minute - b.minute)
      .entries()) {
      const at = new Date(Date.parse('2026-11-20T01:00:00.000Z') + minute * 60_000).toISOString();
      const scan: Scan = aScan({ id: `scan-${i}`, serial, at, visitor, province, signedIn });
      const noted = signedIn
        ? { newVisitorDay: false, newNetworkDay: false }
        : noteVisit(visits.get(serial) ?? NO_VISITS, scan.day, nameOf(visitor, network), Date.parse(at));
      if (noted !== null && 'visits' in noted) visits.set(serial, noted.visits);
      const seen = {
        newVisitorDay: noted?.newVisitorDay ?? false,
        newNetworkDay: noted?.newNetworkDay ?? false,
        repeat: noted === null,
      };
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

  /** As scan/visitor.ts names visitors: 11 symbols of the network, then the visitor within it. */
  function nameOf(visitor: string, network: string): string {
    return `${hashed(network).padEnd(11, '-').slice(0, 11)}${hashed(visitor)}`;
  }

  function hashed(text: string): string {
    let sum = 7;
    for (const symbol of text) sum = (sum * 131 + (symbol.codePointAt(0) ?? 0)) % 4_294_967_291;
    return sum.toString(36);
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

  test('a household, a shop and a market behind one address, each on its own stamp: not suspect', () => {
    const household = people(6).map((i) => ({
      minute: i * 300,
      visitor: `family ${i}`,
      province: 'Phú Thọ',
      serial: 1,
    }));
    const shop = people(7).map((i) => ({ minute: i * 500, visitor: `customer ${i}`, province: 'Hà Nội', serial: 2 }));
    const market = people(40).map((i) => ({
      minute: i * 5,
      visitor: `market ${i % 7}`,
      network: 'market',
      province: 'Hải Phòng',
      serial: 3,
    }));
    const told = play([...household, ...shop, ...market]);
    expect(told.suspectFrom).toBeNull();
    for (const serial of [1, 2, 3])
      expect(suspicionOf(told.tally(serial), told.batchTally, GOODS).forOffice).toEqual([]);
  });

  const markets = ['Hà Nội', 'Hồ Chí Minh', 'Đà Nẵng', 'Cần Thơ', 'Hải Phòng', 'Nghệ An', 'Khánh Hòa', 'Cà Mau'];

  test('a copied stamp, on packs sold up and down the country: a case before its tenth buyer, a warning in three weeks', () => {
    const buyers = people(300).map((i) => ({
      minute: i * 100,
      visitor: `buyer ${i}`,
      province: markets[(i * 5) % 8] ?? null,
    }));
    const early = play(buyers.slice(0, 9));
    expect(suspicionOf(early.tally(), early.batchTally, GOODS).forOffice).not.toEqual([]);
    const { suspectFrom } = play(buyers);
    expect(suspectFrom).not.toBeNull();
    expect(suspectFrom).toBeLessThan((21 * 1440) / 100);
  });

  // Attacks that would make an honest stamp suspect, or leave a copied one green, under a simpler rule.

  test('two addresses that send 299 requests in 1.7 s with other browsers each time: no buyer is told', () => {
    const told = play(
      people(299).map((i) => ({
        minute: i * 0.0001,
        visitor: `browser ${i >> 1}`,
        network: `address ${i % 2}`,
        province: 'Hà Nội',
      })),
    );
    expect(told.suspectFrom).toBeNull();
    expect(suspicionOf(told.tally(), told.batchTally, GOODS).forOffice).toEqual(['many-visitors']);
    expect(countsOf(told.tally()).heat).toBe(1);
  });

  test('two such addresses need seven weeks of days, in which the office has the case', () => {
    const told = play(
      people(70 * 8).map((i) => ({
        minute: Math.floor(i / 8) * 1440 + (i % 8),
        visitor: `browser ${i % 8}`,
        network: `address ${i % 2}`,
        province: 'Hà Nội',
      })),
    );
    expect(told.suspectFrom).toBeGreaterThan(49 * 8);
  });

  test('five viewers of a photograph in five provinces, within minutes: no buyer is told', () => {
    const told = play(people(5).map((i) => ({ minute: i * 2, visitor: `viewer ${i}`, province: PLACES[i] ?? null })));
    expect(told.suspectFrom).toBeNull();
    expect(suspicionOf(told.tally(), told.batchTally, GOODS).forOffice).toEqual(['far-apart']);
  });

  test('a film with three hundred viewers in an evening and a tail of a week: no buyer is told', () => {
    const told = play(
      people(300).map((i) => ({
        minute: i < 270 ? i / 2 : (i - 270) * 300,
        visitor: `viewer ${i}`,
        province: markets[(i * 3) % 8] ?? null,
      })),
    );
    expect(told.suspectFrom).toBeNull();
  });

  test('twelve looks after a PIN was used accuse nobody: its owner’s house for a week, and two a day afterwards', () => {
    const used = foldPin(
      aTally({ lastProvince: 'Phú Thọ' }),
      {
        batchId: '7K3M9Q',
        serial: SERIAL,
        at: '2026-11-20T01:00:00.000Z',
        day: '2026-11-20',
        network: null,
        right: true,
      },
      { own: 0, all: 0 },
    ).tally;
    const look = (tally: StampTally, i: number, daysLater: number, province: string | null): StampTally => {
      const at = new Date(Date.parse('2026-11-20T02:00:00.000Z') + daysLater * 86_400_000 + i * 60_000).toISOString();
      return foldScan(tally, aScan({ at, visitor: `v${i}`, province }), {
        newVisitorDay: true,
        newNetworkDay: true,
        repeat: false,
      });
    };
    const within = people(12).reduce((tally, i) => look(tally, i, i / 2, i % 3 === 0 ? null : 'Phú Thọ'), used);
    expect(within.pin.strangerDaysSince).toBe(0);
    const party = people(12).reduce((tally, i) => look(tally, i, 10, 'Phú Thọ'), within);
    expect(party.pin.strangerDaysSince).toBe(2);
    const elsewhere = people(12).reduce((tally, i) => look(tally, i, 1, 'Cà Mau'), used);
    expect(elsewhere.pin.strangerDaysSince).toBe(2);
    for (const tally of [within, party, elsewhere]) expect(suspicionOf(tally, null, GOODS).forConsumer).toBeNull();
  });

  test('without places a copied stamp does not stay green: a case at the eighth buyer, a warning within 299', () => {
    const buyers = people(299).map((i) => ({ minute: i * 110, visitor: `buyer ${i}` }));
    expect(suspicionOf(play(buyers.slice(0, 8)).tally(), null, GOODS).forOffice).toEqual(['many-visitors']);
    expect(play(buyers).suspectFrom).not.toBeNull();
  });

  test('a rival scans forty shelf stamps from thirty addresses, ten days long: no buyer is told, the office has forty cases', () => {
    const looks = people(10).flatMap((day) =>
      people(40).flatMap((stamp) =>
        people(30).map((address) => ({
          minute: day * 1440 + stamp * 5 + address,
          visitor: `address ${address}`,
          province: 'Hà Nội',
          serial: stamp + 1,
        })),
      ),
    );
    const told = play(looks);
    expect(told.suspectFrom).toBeNull();
    for (const stamp of people(40))
      expect(suspicionOf(told.tally(stamp + 1), told.batchTally, GOODS)).toEqual({
        forConsumer: null,
        forOffice: ['many-visitors'],
      });
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
