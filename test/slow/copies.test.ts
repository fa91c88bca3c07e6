// The simulator of copies with a few seeds: it runs the product's own fold and rule, and the claims of docs/copies.md
// hold.

import { describe, expect, test } from '@jest/globals';
import { measure } from '../../scripts/copies/measure.ts';
import { COPIES_MAX, COPIES_MIN, PARAMETERS, settingsWith, sweepPoints } from '../../scripts/copies/parameters.ts';
import { RIVALS } from '../../scripts/copies/rivals.ts';
import { missesOf, noticedOf, rivalsTable } from '../../scripts/copies/tables.ts';

const SIZE = { honest: 20_000, copied: 240, rivals: 6, seed: 3 };

describe('the simulator of copies', () => {
  const base = measure(settingsWith(), SIZE, RIVALS);

  test('meets every target in the base case', () => {
    expect(missesOf(base)).toEqual([]);
  });

  test('finds a stolen roll at its first scan, and refilled packs hardly ever', () => {
    expect(base.stolen.atFirst).toBe(base.stolen.stamps);
    expect(base.refilled.noticed).toBeLessThan(base.refilled.stamps / 10);
  });

  test('is not matched on both axes by any setting of the rules of others, which a rival raises at will', () => {
    const { inTimeOfThose, scannedEnough } = noticedOf(base);
    const matching = base.others.filter(
      (other) =>
        other.honest <= base.honest.cases && other.inTime / other.scannedEnough >= inTimeOfThose / scannedEnough,
    );
    expect(matching.map(({ name }) => name)).toEqual([]);
    expect(base.rivals).toMatchObject({ pages: 0, stamps: 240 });
    const withoutDistance = base.others.filter(({ name }) => name.endsWith(' 0 km'));
    for (const { blackened, attacked } of withoutDistance) expect(blackened).toBe(attacked);
    expect(rivalsTable(base).split('\n').length).toBeGreaterThan(5);
  });

  test('gives the same numbers for the same seed, and others for another', () => {
    const small = { ...SIZE, honest: 3_000, copied: 20, rivals: 1 };
    const { cpuSeconds: _one, ...one } = measure(settingsWith(), small);
    const { cpuSeconds: _two, ...two } = measure(settingsWith(), small);
    expect(one).toEqual(two);
    expect(measure(settingsWith(), { ...small, seed: 4 }).scans).not.toBe(one.scans);
  });

  test('without places still notices copies, by their crowd', () => {
    const { inTimeOfThose, scannedEnough } = noticedOf(measure(settingsWith({ placesKnown: 0 }), SIZE));
    expect(inTimeOfThose / scannedEnough).toBeGreaterThan(0.95);
  });
});

describe('the parameters', () => {
  test('each state a source, and a sweep that leaves the base', () => {
    for (const { base, sweep, source } of Object.values(PARAMETERS)) {
      expect(source).not.toBe('');
      expect(sweep).not.toContain(base);
      expect(sweep.length).toBeGreaterThan(0);
    }
    expect(COPIES_MIN).toBeLessThan(COPIES_MAX);
    expect(new Set(sweepPoints().map(({ name }) => name)).size).toBe(sweepPoints().length);
  });
});
