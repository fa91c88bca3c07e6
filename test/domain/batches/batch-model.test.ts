// The life of a batch's stamps compared with the plainest model: an array with one entry per stamp.

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  activate,
  deactivate,
  displayRanges,
  markPrinted,
  voidRanges,
  type BatchLife,
} from '../../../server/domain/batches/batch-life.ts';
import { contains, countOf, findRange, type SerialRange } from '../../../server/domain/batches/intervals.ts';
import type { Result } from '../../../server/domain/problem.ts';
import { aBatch } from '../records.ts';

const BY = 'user';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.problem.code;
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

  /** A small fixed generator (Numerical Recipes' LCG), so that a failure can be repeated by its seed. */
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
      // Voids must be rare, or all stamps are soon void.
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
