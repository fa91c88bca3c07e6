// What is counted of scans and PINs, where places are, and the chain that changes are written in.

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalJson,
  chainLine,
  CHAIN_START,
  entryHash,
  valuesHash,
  verifyChain,
} from '../../../server/domain/audit/audit-chain.ts';
import type { AuditEntry, AuditLine } from '../../../server/domain/audit/audit.ts';
import { foldPin, PIN_LOCK_MINUTES, PIN_TRIES, type PinTry } from '../../../server/domain/stamp/pin.ts';
import { differingPlace, PROVINCES, provinceToday } from '../../../server/domain/places.ts';
import { groupOfSet, isSetOfGroup, PRODUCT_SETS_MAX } from '../../../server/domain/registry/product-sets.ts';
import { PRODUCT_GROUPS } from '../../../server/domain/registry/product.ts';
import { kmBetween, leastHoursBetween } from '../../../server/domain/province-distance.ts';
import { foldScan } from '../../../server/domain/stamp/tally-fold.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { aScan, aTally } from '../records.ts';

const NEW = { newVisitorDay: true, repeat: false };
const AGAIN = { newVisitorDay: false, repeat: false };

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
    expect(foldScan(tally, aScan(), { newVisitorDay: false, repeat: true })).toBe(tally);
    expect(foldScan(tally, aScan({ signedIn: true }), NEW)).toBe(tally);
  });

  test('that repeats one from before the activation, and hears of it, moves the last instant alone', () => {
    const printed = aTally({ beforeActivation: 1 });
    const again = { newVisitorDay: false, repeat: true };
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

  test('of a new visitor after a PIN was used is a stranger, one of a known visitor is not', () => {
    const used = aTally({
      pin: { wrongTries: 0, lockedUntil: null, usedAt: '2026-11-20T02:00:00.000Z', strangerDaysSince: 0 },
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
    // 1,150 km from middle to middle, 950 surely between: an hour and a half on the ground and 71 minutes in the air.
    const least = leastHoursBetween('Hà Nội', 'Hồ Chí Minh') * 60;

    test('is one that no traveller can have made in the time between, on either side of that time', () => {
      expect(least).toBeGreaterThan(150);
      expect(least).toBeLessThan(180);
      expect(jumps('Hồ Chí Minh', Math.ceil(least) - 2)).toBe(1);
      // Two instants cut to the minute lie up to a minute farther apart than they look.
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

describe('a PIN', () => {
  const attempt = (right: boolean, at = '2026-11-20T02:00:30.000Z'): PinTry => ({
    batchId: '7K3M9Q',
    serial: 12,
    at,
    day: '2026-11-20',
    visitor: 'visitor',
    right,
  });

  test('right at the first try is remembered, and told apart when it comes again', () => {
    const first = foldPin(null, attempt(true));
    expect(first).toMatchObject({
      outcome: { kind: 'right', firstUsedAt: '2026-11-20T02:00:00.000Z', usedBefore: false },
      tally: { count: 0, pin: { usedAt: '2026-11-20T02:00:00.000Z' } },
    });
    const second = foldPin(first.tally, attempt(true, '2026-11-25T02:00:00.000Z'));
    expect(second.outcome).toEqual({ kind: 'right', firstUsedAt: '2026-11-20T02:00:00.000Z', usedBefore: true });
  });

  test('wrong counts down to the lock, and a right one clears the count', () => {
    let tally: StampTally | null = null;
    const told: unknown[] = [];
    for (let i = 0; i < PIN_TRIES - 1; i += 1) ({ tally } = remember(foldPin(tally, attempt(false)), told));
    expect(told).toEqual([4, 3, 2, 1].map((triesLeft) => ({ kind: 'wrong', triesLeft })));
    expect(foldPin(tally, attempt(true)).tally.pin.wrongTries).toBe(0);
    expect(foldPin(tally, attempt(false))).toMatchObject({
      outcome: { kind: 'wrong', triesLeft: 0 },
      tally: { pin: { lockedUntil: '2026-11-20T02:15:30.000Z' } },
    });
  });

  test('is not looked at while the stamp is locked, right or wrong, and is from the very end of the lock', () => {
    const locked = aTally({
      pin: { wrongTries: 5, lockedUntil: '2026-11-20T02:15:30.000Z', usedAt: null, strangerDaysSince: 0 },
    });
    for (const right of [true, false]) {
      expect(foldPin(locked, attempt(right, '2026-11-20T02:15:29.999Z'))).toEqual({
        tally: locked,
        outcome: { kind: 'locked', until: '2026-11-20T02:15:30.000Z' },
      });
    }
    expect(foldPin(locked, attempt(true, '2026-11-20T02:15:30.000Z')).outcome.kind).toBe('right');
    expect(foldPin(locked, attempt(false, '2026-11-20T02:15:30.000Z')).outcome).toEqual({
      kind: 'wrong',
      triesLeft: 4,
    });
  });

  test('guessed on and on locks the stamp for growing times, then for a day each', () => {
    let tally: StampTally | null = null;
    let at = '2026-11-20T02:00:00.000Z';
    const locks: number[] = [];
    for (let i = 0; i < PIN_TRIES * 6; i += 1) {
      ({ tally } = foldPin(tally, attempt(false, at)));
      const until = tally.pin.lockedUntil;
      if (until !== null) {
        locks.push((Date.parse(until) - Date.parse(at)) / 60_000);
        at = until;
      }
    }
    expect(locks).toEqual([...PIN_LOCK_MINUTES, 1440, 1440]);
  });

  function remember<T extends { outcome: unknown }>(result: T, told: unknown[]): T {
    told.push(result.outcome);
    return result;
  }
});

describe('places', () => {
  test('are 34 provinces, and 63 old names lead to them', () => {
    expect(PROVINCES.length).toBe(34);
    expect(PROVINCES.every((name) => provinceToday(name) === name)).toBe(true);
  });

  test.each([
    ['Hòa Bình', 'Phú Thọ'],
    ['tỉnh Hoà Bình', 'Phú Thọ'],
    ['Bà Rịa–Vũng Tàu', 'Hồ Chí Minh'],
    ['TP. Hồ Chí Minh', 'Hồ Chí Minh'],
    ['Ho Chi Minh City', 'Hồ Chí Minh'],
    ['HANOI', 'Hà Nội'],
    ['Thành phố Đà Nẵng', 'Đà Nẵng'],
    ['Quang Nam Province', 'Đà Nẵng'],
    ['Thừa Thiên Huế', 'Huế'],
    ['  dak lak ', 'Đắk Lắk'],
    ['Bangkok', null],
    ['', null],
    ['tỉnh', null],
  ])('%p is today %p', (name, today) => expect(provinceToday(name)).toBe(today));

  test('today is shown beside an address only where it says something else', () => {
    const certified = { commune: 'Cao Phong', province: 'Hòa Bình', detail: null };
    const today = { ...certified, province: 'Phú Thọ' };
    expect(differingPlace(certified, today)).toBe(today);
    expect(differingPlace(certified, { ...certified })).toBeNull();
    expect(differingPlace(certified, null)).toBeNull();
  });

  test('every province has a middle; distances are the same both ways and known ones come out', () => {
    for (const a of PROVINCES)
      for (const b of PROVINCES) expect(kmBetween(a, b)).toBeCloseTo(kmBetween(b, a) ?? Number.NaN, 6);
    expect(kmBetween('Hà Nội', 'Hồ Chí Minh')).toBeGreaterThan(1_130);
    expect(kmBetween('Hà Nội', 'Hồ Chí Minh')).toBeLessThan(1_170);
    expect(kmBetween('Hà Nội', 'Bangkok')).toBeNull();
  });
});

describe('product sets', () => {
  test('each of the 26 belongs to one group, in the order of the decision', () => {
    const groups = Array.from({ length: PRODUCT_SETS_MAX }, (_, i) => groupOfSet(i + 1));
    expect(PRODUCT_GROUPS.map((group) => groups.filter((one) => one === group).length)).toEqual([13, 4, 3, 2, 3, 1]);
    expect(groups.toSorted((a, b) => PRODUCT_GROUPS.indexOf(a) - PRODUCT_GROUPS.indexOf(b))).toEqual(groups);
  });

  test.each([0, 27, 1.5, Number.NaN])('%p is none', (set) => {
    expect(PRODUCT_GROUPS.some((group) => isSetOfGroup(set, group))).toBe(false);
    expect(() => groupOfSet(set)).toThrow(RangeError);
  });
});

describe('the audit chain', () => {
  const line = (values: Record<string, unknown>, salt = '00112233445566778899aabbccddeeff'): AuditLine => ({
    at: '2026-11-24T03:15:00.000Z',
    actor: 'user',
    officeId: null,
    entity: 'batch:7K3M9Q',
    action: 'issue-batch',
    values,
    salt,
  });
  const chain = (lines: AuditLine[]): AuditEntry[] => {
    let head = CHAIN_START;
    return lines.map((one) => {
      const entry = chainLine(head, one);
      head = { seq: entry.seq, hash: entry.hash };
      return entry;
    });
  };
  const whole = chain([
    line({ quantity: 1000, note: 'cuộn 1' }),
    line({ quantity: 2 }),
    line({ b: [1, { d: null, c: true }], a: 'x' }),
  ]);

  test('hashes what anyone can hash again with SHA-256 alone', () => {
    const [first] = whole;
    const salted = createHash('sha256')
      .update(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))
      .update('{"note":"cuộn 1","quantity":1000}')
      .digest('hex');
    const text = `{"action":"issue-batch","actor":"user","at":"2026-11-24T03:15:00.000Z","entity":"batch:7K3M9Q","officeId":null,"seq":1,"valuesHash":"${salted}"}`;
    expect(first?.valuesHash).toBe(salted);
    expect(first?.hash).toBe(createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex'));
  });

  test('whole, and in pieces, verifies to the same head', () => {
    const all = verifyChain(whole);
    const [first, ...rest] = whole;
    expect(all).toMatchObject({ ok: true, lines: 3, head: { seq: 3, hash: whole[2]?.hash } });
    const piece = verifyChain(rest, { seq: 1, hash: first?.hash ?? '' });
    expect(piece).toEqual({ ...all, lines: 2 });
    expect(verifyChain([])).toEqual({ ok: true, head: CHAIN_START, lines: 0 });
  });

  test('verifies with values that the law had erased', () => {
    expect(
      verifyChain(whole.map((entry) => (entry.seq === 2 ? { ...entry, values: null, salt: null } : entry))).ok,
    ).toBe(true);
  });

  test.each<[string, (entry: AuditEntry) => AuditEntry, string]>([
    ['values', (entry) => ({ ...entry, values: { quantity: 3 } }), 'values'],
    ['salt', (entry) => ({ ...entry, salt: 'ff'.repeat(16) }), 'values'],
    ['values without their salt', (entry) => ({ ...entry, salt: null }), 'values'],
    ['time', (entry) => ({ ...entry, at: '2026-11-24T03:15:00.001Z' }), 'hash'],
    ['actor', (entry) => ({ ...entry, actor: 'another' }), 'hash'],
    ['office', (entry) => ({ ...entry, officeId: 'office' }), 'hash'],
    ['entity', (entry) => ({ ...entry, entity: 'batch:7K3M9R' }), 'hash'],
    ['action', (entry) => ({ ...entry, action: 'void-stamps' }), 'hash'],
    [
      'values with their hash',
      (entry) => ({ ...entry, values: {}, valuesHash: valuesHash(entry.salt ?? '', {}) }),
      'hash',
    ],
    ['sequence', (entry) => ({ ...entry, seq: 7 }), 'sequence'],
  ])('shows another %s', (_, change, fault) => {
    const seq = fault === 'sequence' ? 7 : 2;
    expect(verifyChain(whole.map((entry) => (entry.seq === 2 ? change(entry) : entry)))).toEqual({
      ok: false,
      seq,
      fault,
    });
  });

  test('shows a line taken out, one put in twice, and one that was hashed anew without those after it', () => {
    const [first, second, third] = whole;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three lines were chained');
    expect(verifyChain([first, third])).toEqual({ ok: false, seq: 3, fault: 'sequence' });
    expect(verifyChain([first, first, second])).toEqual({ ok: false, seq: 1, fault: 'sequence' });
    const forged = { ...second, actor: 'another' };
    expect(verifyChain([first, { ...forged, hash: entryHash(first.hash, forged) }, third])).toEqual({
      ok: false,
      seq: 3,
      fault: 'hash',
    });
  });

  test('canonical JSON does not depend on the order of keys, and is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 }, e: undefined })).toBe('{"a":{"c":3,"d":2},"b":1}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
    expect(() => canonicalJson({ a: 1n })).toThrow(TypeError);
  });
});
