// The laws of ranges of serials.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addRange,
  clipRanges,
  contains,
  countOf,
  gapsIn,
  mergeRanges,
  overlaps,
  subtractRange,
  type SerialRange,
} from '../../../server/domain/batches/intervals.ts';

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
