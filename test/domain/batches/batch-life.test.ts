// The life of a batch's stamps against the plainest model there is: an array of stamps, one entry each. And the laws of ranges
// and lots that it rests on.

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  activate,
  deactivate,
  displayRanges,
  markPrinted,
  voidRanges,
  wholeBatch,
  type BatchLife,
} from '../../../server/domain/batches/batch-life.ts';
import { INTERVALS_MAX } from '../../../server/domain/batches/batch.ts';
import {
  addRange,
  clipRanges,
  contains,
  countOf,
  findRange,
  gapsIn,
  mergeRanges,
  overlaps,
  subtractRange,
  type SerialRange,
} from '../../../server/domain/batches/intervals.ts';
import { changeLot, changedIdentity, datesInOrder, lotFreedom } from '../../../server/domain/lots/lot.ts';
import type { Result } from '../../../server/domain/problem.ts';
import { aBatch, activated, aLot, displayed, voided } from '../records.ts';

const AT = '2026-11-24T03:15:00.000Z';
const BY = 'user';
const spoiled = { reason: 'spoiled' as const, note: null };

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.problem.code;
}

/** Every second serial: `count` intervals that cannot be joined. */
function everySecond(count: number): SerialRange[] {
  return Array.from({ length: count }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));
}

describe('against an array of 200 stamps', () => {
  interface ModelStamp {
    lot: string | null;
    at: string | null;
    void: string | null;
    display: boolean;
    printed: boolean;
  }
  const STAMPS = 200;

  /** Small steps of a fixed generator (Numerical Recipes' LCG), so that a failure can be told by its seed. */
  function dice(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  function modelOf(batch: BatchLife): ModelStamp[] {
    return Array.from({ length: STAMPS }, (_, i) => {
      const activation = findRange(batch.activations, i + 1);
      return {
        lot: activation?.lotId ?? null,
        at: activation?.at ?? null,
        void: findRange(batch.voids, i + 1)?.reason ?? null,
        display: contains(batch.displays, i + 1),
        printed: contains(batch.printed, i + 1),
      };
    });
  }

  function isSortedAndDisjoint(ranges: readonly SerialRange[]): boolean {
    return ranges.every(({ from, to }, i) => from <= to && (i === 0 || from > (ranges[i - 1]?.to ?? 0)));
  }

  test.each([1, 2, 3, 4, 5])('1,000 random changes do the same to both (seed %i)', (seed) => {
    const roll = dice(seed);
    const model: ModelStamp[] = Array.from({ length: STAMPS }, () => ({
      lot: null,
      at: null,
      void: null,
      display: false,
      printed: false,
    }));
    let batch = aBatch({ quantity: STAMPS, kind: 'blank', productId: null, lotId: null });
    const refusals: string[] = [];
    const differences: string[] = [];

    for (let step = 0; step < 1000; step += 1) {
      const from = 1 + roll(STAMPS);
      const range = { from, to: Math.min(STAMPS, from + roll(25)) };
      const at = new Date(Date.UTC(2026, 10, 24) + step * 1000).toISOString();
      const hit = model.slice(range.from - 1, range.to);
      const agree = (what: string, ours: unknown, models: unknown): void => {
        if (!isDeepStrictEqual(ours, models)) differences.push(`step ${step}, ${range.from} to ${range.to}: ${what}`);
      };
      // Voids are rare, or soon nothing is left to live.
      switch (
        roll(40) === 0 ? 'void' : (['activate', 'activate', 'deactivate', 'display', 'print'] as const)[roll(5)]
      ) {
        case 'activate': {
          const lotId = `lot-${roll(2)}`;
          const result = activate(batch, range, lotId, at, BY);
          if (hit.some((stamp) => stamp.lot !== null && stamp.lot !== lotId)) {
            refusals.push(codeOf(result));
            break;
          }
          const after = valueOf(result);
          const fresh = hit.filter((stamp) => stamp.lot === null && stamp.void === null);
          for (const stamp of fresh) Object.assign(stamp, { lot: lotId, at });
          agree('activate, changed', after.changed, fresh.length > 0);
          agree(
            'activate, stamps',
            after.stamps,
            hit.filter((stamp) => stamp.lot === lotId && stamp.void === null).length,
          );
          agree('activate, intervals', countOf(after.intervals), after.stamps);
          batch = after.batch;
          break;
        }
        case 'deactivate': {
          const after = valueOf(deactivate(batch, range));
          agree('deactivate, stamps', after.stamps, hit.filter((stamp) => stamp.lot !== null).length);
          for (const stamp of hit) Object.assign(stamp, { lot: null, at: null });
          batch = after.batch;
          break;
        }
        case 'void': {
          const after = valueOf(
            voidRanges(batch, [range], { reason: roll(2) === 0 ? 'lost' : 'spoiled', note: null }, at, BY),
          );
          const fresh = hit.filter((stamp) => stamp.void === null);
          const reason = after.batch.voids.find((interval) => interval.at === at)?.reason ?? 'none';
          for (const stamp of fresh) stamp.void = reason;
          agree('void, stamps', after.stamps, fresh.length);
          batch = after.batch;
          break;
        }
        case 'display': {
          batch = valueOf(displayRanges(batch, [range], at, BY)).batch;
          for (const stamp of hit) stamp.display = true;
          break;
        }
        case 'print': {
          const after = valueOf(markPrinted(batch, range));
          agree('print, again', countOf(after.again), hit.filter((stamp) => stamp.printed).length);
          for (const stamp of hit) stamp.printed = true;
          batch = after.batch;
          break;
        }
        case undefined:
          throw new Error('the dice fell off the table');
      }
      agree('order', [batch.activations, batch.voids, batch.displays, batch.printed].every(isSortedAndDisjoint), true);
      agree('stamps', modelOf(batch), model);
    }
    expect(differences).toEqual([]);
    expect(modelOf(batch)).toEqual(model);
    expect(new Set(refusals)).toEqual(new Set(['overlap']));
  });
});

describe('activation', () => {
  test('is said back with what is active of the range, for which lot, and how many stamps that is', () => {
    const after = valueOf(activate(aBatch(), { from: 1, to: 400 }, 'lot', AT, BY));
    expect(after).toMatchObject({ intervals: [{ from: 1, to: 400, lotId: 'lot' }], stamps: 400, changed: true });
    expect(after.batch.activations).toEqual([{ from: 1, to: 400, lotId: 'lot', at: AT, by: BY }]);
  });

  test('of the same again changes nothing and says the same', () => {
    const first = valueOf(activate(aBatch(), { from: 1, to: 400 }, 'lot', AT, BY));
    const again = valueOf(activate(first.batch, { from: 1, to: 400 }, 'lot', '2026-11-25T00:00:00.000Z', 'another'));
    expect(again).toEqual({ ...first, changed: false });
  });

  test('of more around the same keeps when the first part was activated', () => {
    const batch = aBatch({ activations: [activated(100, 200)] });
    const after = valueOf(activate(batch, { from: 50, to: 300 }, 'lot', AT, BY));
    expect(after.batch.activations.map(({ from, to, at }) => [from, to, at === AT])).toEqual([
      [50, 99, true],
      [100, 200, false],
      [201, 300, true],
    ]);
    expect(after).toMatchObject({ intervals: [{ from: 50, to: 300 }], stamps: 251 });
  });

  test('leaves void stamps out: they stay void and belong to no lot', () => {
    const after = valueOf(
      activate(aBatch({ voids: [voided(5, 5), voided(9, 20)] }), { from: 1, to: 10 }, 'lot', AT, BY),
    );
    expect(after).toMatchObject({
      intervals: [
        { from: 1, to: 4 },
        { from: 6, to: 8 },
      ],
      stamps: 7,
    });
    expect(contains(after.batch.activations, 5)).toBe(false);
  });

  test('a stamp voided after its activation keeps its lot, and is no longer counted', () => {
    const batch = valueOf(
      voidRanges(aBatch({ activations: [activated(1, 10)] }), [{ from: 3, to: 4 }], spoiled, AT, BY),
    ).batch;
    expect(findRange(batch.activations, 3)).toMatchObject({ lotId: 'lot' });
    expect(valueOf(activate(batch, { from: 1, to: 10 }, 'lot', AT, BY))).toMatchObject({ stamps: 8, changed: false });
  });

  test('over another lot is refused and names the serials', () => {
    const result = activate(
      aBatch({ activations: [activated(1, 10, 'a'), activated(20, 30, 'b')] }),
      { from: 8, to: 22 },
      'a',
      AT,
      BY,
    );
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'overlap', details: { intervals: [{ from: 20, to: 22, lotId: 'b' }], more: 0 } },
    });
  });

  test('right up to another lot is not over it', () => {
    const batch = aBatch({ activations: [activated(1, 10, 'a'), activated(20, 30, 'a')] });
    expect(codeOf(activate(batch, { from: 11, to: 19 }, 'b', AT, BY))).toBe('ok');
  });

  test('a refusal names twenty intervals at most, and how many more there are', () => {
    const batch = aBatch({ activations: everySecond(25).map(({ from, to }) => activated(from, to, 'a')) });
    const result = activate(batch, wholeBatch(batch), 'b', AT, BY);
    const named = everySecond(20).map((range) => ({ ...range, lotId: 'a' }));
    expect(result).toMatchObject({ ok: false, problem: { details: { intervals: named, more: 5 } } });
  });

  test('taken back in the middle leaves both ends as they were', () => {
    const after = valueOf(
      deactivate(aBatch({ activations: [activated(1, 100), activated(101, 200, 'b')] }), { from: 90, to: 110 }),
    );
    expect(after.batch.activations).toEqual([activated(1, 89), activated(111, 200, 'b')]);
    expect(after).toMatchObject({ removed: [activated(90, 100), activated(101, 110, 'b')], stamps: 21, changed: true });
  });

  test('taken back where there is none changes nothing', () => {
    expect(valueOf(deactivate(aBatch(), { from: 1, to: 10 }))).toMatchObject({
      removed: [],
      stamps: 0,
      changed: false,
    });
  });

  test('of a plaque is refused, as is taking it back: it has no lot', () => {
    const plaque = aBatch({ kind: 'plaque', lotId: null });
    expect(codeOf(activate(plaque, { from: 1, to: 1 }, 'lot', AT, BY))).toBe('plaque-has-no-lot');
    expect(codeOf(deactivate(plaque, { from: 1, to: 1 }))).toBe('plaque-has-no-lot');
  });
});

describe('a range', () => {
  test.each([
    ['0 to 10', { from: 0, to: 10 }, 'from'],
    ['1 to 1001', { from: 1, to: 1001 }, 'to'],
    ['10 to 9', { from: 10, to: 9 }, 'to'],
    ['1001 to 1001', { from: 1001, to: 1001 }, 'from'],
    ['1.5 to 2', { from: 1.5, to: 2 }, 'from'],
    ['1 to NaN', { from: 1, to: Number.NaN }, 'to'],
  ])('of %s in a batch of 1,000 is refused at that end', (_, range, path) => {
    const results: Result<unknown>[] = [
      activate(aBatch(), range, 'lot', AT, BY),
      deactivate(aBatch(), range),
      voidRanges(aBatch(), [{ from: 1, to: 2 }, range], spoiled, AT, BY),
      displayRanges(aBatch(), [range], AT, BY),
      markPrinted(aBatch(), range),
    ];
    for (const result of results)
      expect(result).toMatchObject({ ok: false, problem: { code: 'invalid', errors: [{ path: [path] }] } });
  });

  test('of 1 to 1,000 in a batch of 1,000 is all of it', () => {
    expect(valueOf(markPrinted(aBatch(), wholeBatch(aBatch()))).batch.printed).toEqual([{ from: 1, to: 1000 }]);
  });
});

describe('voids and displays', () => {
  test('a stamp keeps the reason it was first voided for', () => {
    const once = valueOf(
      voidRanges(aBatch(), [{ from: 5, to: 6 }], { reason: 'stolen', note: 'biên bản 12' }, AT, BY),
    ).batch;
    const twice = valueOf(voidRanges(once, [{ from: 1, to: 9 }], spoiled, AT, BY));
    expect(twice.batch.voids.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      [1, 4, 'spoiled'],
      [5, 6, 'stolen'],
      [7, 9, 'spoiled'],
    ]);
    expect(twice).toMatchObject({
      stamps: 7,
      added: [
        { from: 1, to: 4 },
        { from: 7, to: 9 },
      ],
    });
  });

  test('single serials given in any order, some twice, become the fewest intervals', () => {
    const ranges = [7, 3, 4, 4, 5].map((serial) => ({ from: serial, to: serial }));
    expect(valueOf(displayRanges(aBatch(), ranges, AT, BY)).batch.displays).toEqual(
      [3, 7].map((from) => ({ from, to: from === 3 ? 5 : 7, at: AT, by: BY })),
    );
  });

  test('the same again changes nothing', () => {
    const batch = aBatch({ voids: [voided(1, 9)], displays: [displayed(1, 9)], printed: [{ from: 1, to: 9 }] });
    expect(valueOf(voidRanges(batch, [{ from: 2, to: 3 }], spoiled, AT, BY))).toMatchObject({
      batch,
      changed: false,
      stamps: 0,
    });
    expect(valueOf(displayRanges(batch, [{ from: 2, to: 3 }], AT, BY))).toMatchObject({
      batch,
      changed: false,
      stamps: 0,
    });
    expect(valueOf(markPrinted(batch, { from: 2, to: 3 }))).toMatchObject({
      batch,
      changed: false,
      again: [{ from: 2, to: 3 }],
    });
  });
});

describe('the bound of 4,096 intervals a kind', () => {
  const quantity = 20_000;
  const full = everySecond(INTERVALS_MAX);
  const next = { from: 10_001, to: 10_001 };

  test.each<[string, (count: number) => Result<unknown>]>([
    [
      'activations',
      (count) =>
        activate(
          aBatch({ quantity, activations: full.slice(0, count).map((r) => activated(r.from, r.to)) }),
          next,
          'lot',
          AT,
          BY,
        ),
    ],
    [
      'voids',
      (count) =>
        voidRanges(
          aBatch({ quantity, voids: full.slice(0, count).map((r) => voided(r.from, r.to)) }),
          [next],
          spoiled,
          AT,
          BY,
        ),
    ],
    [
      'displays',
      (count) =>
        displayRanges(
          aBatch({ quantity, displays: full.slice(0, count).map((r) => displayed(r.from, r.to)) }),
          [next],
          AT,
          BY,
        ),
    ],
    ['printed', (count) => markPrinted(aBatch({ quantity, printed: full.slice(0, count) }), next)],
  ])('%s: the 4,096th is taken, one more is refused', (list, add) => {
    expect(codeOf(add(INTERVALS_MAX - 1))).toBe('ok');
    expect(add(INTERVALS_MAX)).toMatchObject({
      ok: false,
      problem: { code: 'too-many-intervals', details: { list, max: INTERVALS_MAX } },
    });
  });

  test('taking back the middle of an interval counts as one more', () => {
    const wide = (count: number): BatchLife =>
      aBatch({ quantity, activations: Array.from({ length: count }, (_, i) => activated(4 * i + 1, 4 * i + 3)) });
    expect(codeOf(deactivate(wide(INTERVALS_MAX - 1), { from: 2, to: 2 }))).toBe('ok');
    expect(codeOf(deactivate(wide(INTERVALS_MAX), { from: 2, to: 2 }))).toBe('too-many-intervals');
  });
});

describe('lists of ranges', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(9)).map(([from, more]) => ({ from, to: from + more }));
  const serialsOf = (ranges: readonly SerialRange[]): number[] =>
    [...new Set(ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)))].toSorted(
      (a, b) => a - b,
    );

  test('adding, cutting, clipping and gaps do to a list what they do to a set of serials', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), range, (ranges, window) => {
        const merged = mergeRanges(ranges);
        const serials = serialsOf(ranges);
        const inWindow = (serial: number): boolean => serial >= window.from && serial <= window.to;
        expect(serialsOf(merged)).toEqual(serials);
        expect(countOf(merged)).toBe(serials.length);
        expect(merged.every(({ from }, i) => i === 0 || from > (merged[i - 1]?.to ?? 0) + 1)).toBe(true);
        expect(serialsOf(addRange(merged, window))).toEqual(serialsOf([...ranges, window]));
        expect(serialsOf(subtractRange(merged, window))).toEqual(serials.filter((serial) => !inWindow(serial)));
        expect(serialsOf(clipRanges(merged, window))).toEqual(serials.filter(inWindow));
        expect(serialsOf(gapsIn(merged, window))).toEqual(
          serialsOf([window]).filter((serial) => !serials.includes(serial)),
        );
        for (let serial = 0; serial <= 71; serial += 1) expect(contains(merged, serial)).toBe(serials.includes(serial));
      }),
    );
  });

  test('ranges that share one serial overlap, neighbours do not', () => {
    expect(overlaps({ from: 1, to: 5 }, { from: 5, to: 9 })).toBe(true);
    expect(overlaps({ from: 1, to: 5 }, { from: 6, to: 9 })).toBe(false);
  });
});

describe('a lot', () => {
  const active = aLot({ firstActivatedAt: AT });

  test('changes freely before its first activation', () =>
    expect(lotFreedom(aLot(), { number: 'X', expiresOn: '2026-12-31' })).toBe('free'));

  test.each([
    ['number', { number: 'X' }],
    ['production day', { producedOn: '2026-11-09' }],
    ['best-before', { expiresOn: null }],
    ['product', { productId: 'another' }],
  ])('after it, another %s waits for the office', (_, change) => expect(lotFreedom(active, change)).toBe('ask'));

  test('note and declared quantity stay free, as do values that do not change', () => {
    expect(lotFreedom(active, { note: 'đã cân lại', declaredQuantity: 380, number: active.number })).toBe('free');
  });

  test('printed in a digital link, its identity never changes, activated or not; its note does', () => {
    for (const lot of [aLot({ inDigitalLink: true }), aLot({ inDigitalLink: true, firstActivatedAt: AT })]) {
      expect(lotFreedom(lot, { expiresOn: '2026-12-02' })).toBe('never');
      expect(lotFreedom(lot, { note: 'mới' })).toBe('free');
    }
  });

  test('is corrected by a change of its identity after activation, and by no other', () => {
    expect(changeLot(active, { number: 'X' }, AT)).toEqual({ ...active, number: 'X', correctedAt: AT });
    expect(changeLot(active, { note: 'mới' }, AT).correctedAt).toBeNull();
    expect(changeLot(aLot(), { number: 'X' }, AT).correctedAt).toBeNull();
    expect(changedIdentity(active, { number: 'X', expiresOn: active.expiresOn })).toEqual(['number']);
  });

  test('may be past on the day it is made, not before', () => {
    expect(datesInOrder({ producedOn: '2026-11-10', expiresOn: '2026-11-10' })).toBe(true);
    expect(datesInOrder({ producedOn: '2026-11-10', expiresOn: '2026-11-09' })).toBe(false);
    expect(datesInOrder({ producedOn: null, expiresOn: '2026-11-09' })).toBe(true);
  });
});
