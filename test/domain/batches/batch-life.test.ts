// The life of a batch's stamps: activation, voids, displays, and the limit on their intervals.

import { describe, expect, test } from '@jest/globals';
import {
  activate,
  deactivate,
  answerStamp,
  displayRanges,
  markPrinted,
  voidRanges,
  wholeBatch,
  type BatchLife,
} from '../../../server/domain/batches/batch-life.ts';
import { COVERED_MAX, INTERVALS_MAX, type Batch } from '../../../server/domain/batches/batch.ts';
import { contains, findRange, type SerialRange } from '../../../server/domain/batches/intervals.ts';
import type { Result } from '../../../server/domain/problem.ts';
import { aBatch, activated, displayed, voided } from '../records.ts';

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

  test('a covering range, or one to the roll’s end, is taken at the bound: the stolen rest can always be voided', () => {
    const batch = aBatch({ quantity, voids: full.map((r) => voided(r.from, r.to)) });
    const stolen = { reason: 'stolen', note: null } as const;
    const last = full.at(-1)?.to ?? 0;
    const rest = voidRanges(batch, [{ from: last + 2, to: quantity }], stolen, AT, BY);
    expect(rest).toMatchObject({ ok: true, value: { stamps: quantity - last - 1 } });
    const whole = voidRanges(batch, [{ from: 1, to: quantity }], stolen, AT, BY);
    expect(whole).toMatchObject({ ok: true, value: { stamps: quantity - INTERVALS_MAX } });
    if (!whole.ok) throw new Error('refused');
    // Stamps that were already void keep their first reason, and the list stays bounded.
    expect(whole.value.batch.voids.length).toBeLessThanOrEqual(COVERED_MAX);
    expect(whole.value.batch.voids[0]).toMatchObject({ from: full[0]?.from, reason: 'spoiled' });
    expect(codeOf(voidRanges(batch, [{ from: last + 2, to: last + 2 }], stolen, AT, BY))).toBe('too-many-intervals');
  });

  test('neighbours that were set in one moment for one reason are one interval', () => {
    const first = voidRanges(aBatch({ quantity }), [{ from: 1, to: 5 }], spoiled, AT, BY);
    if (!first.ok) throw new Error('refused');
    const second = voidRanges(first.value.batch, [{ from: 6, to: 9 }], spoiled, AT, BY);
    expect(second).toMatchObject({ ok: true, value: { batch: { voids: [{ from: 1, to: 9 }] } } });
    const other = voidRanges(first.value.batch, [{ from: 6, to: 9 }], { reason: 'lost', note: null }, AT, BY);
    expect(other).toMatchObject({ ok: true, value: { batch: { voids: [{ to: 5 }, { from: 6 }] } } });
  });
});

describe('an office’s answer for a stamp', () => {
  const answer = {
    outcome: 'mistake' as const,
    at: AT,
    by: BY,
    times: 1,
    mark: {
      day: 0,
      crowd: 0,
      heat: 0,
      farDays: 0,
      provinces: 0,
      strangers: 0,
      beforeActivation: 0,
      wrongTries: 0,
    },
  };
  const answered = (count: number): NonNullable<Batch['answers']> =>
    Array.from({ length: count }, (_, i) => ({ ...answer, from: 2 * i + 2, to: 2 * i + 2 }));

  test('replaces the one before, keeps the order of serials, and is taken back whole', () => {
    const before = aBatch({ answers: answered(2) });
    const { batch } = valueOf(answerStamp(before, 3, { ...answer, outcome: 'copied' }));
    expect(batch.answers?.map(({ from, outcome }) => [from, outcome])).toEqual([
      [2, 'mistake'],
      [3, 'copied'],
      [4, 'mistake'],
    ]);
    expect(valueOf(answerStamp(batch, 3, answer)).batch.answers).toHaveLength(3);
    expect(valueOf(answerStamp(batch, 3, null)).batch.answers).toEqual(before.answers);
    expect(valueOf(answerStamp(aBatch(), 3, null)).changed).toBe(false);
  });

  test('is refused beyond the bound of intervals, and fits up to it', () => {
    const quantity = 4 * INTERVALS_MAX;
    const full = aBatch({ quantity, answers: answered(INTERVALS_MAX - 1) });
    const last = valueOf(answerStamp(full, 1, answer)).batch;
    expect(last.answers).toHaveLength(INTERVALS_MAX);
    expect(answerStamp(last, quantity, answer)).toMatchObject({ ok: false, problem: { code: 'too-many-intervals' } });
  });
});
