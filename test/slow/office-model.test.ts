// Two hundred generated years of an office against the plain model (test/model), and what the model is good for: old
// faults, put back one at a time as a double of one reader, are each found.

import { describe, expect, test } from '@jest/globals';
import { testApi } from '../fixtures/api.ts';
import { OLD_FAULTS } from '../model/old-faults.ts';
import { playYear } from '../model/office-year.ts';

const api = testApi();
const SEEDS = 200;

describe('a model of the whole office', () => {
  test('agrees through 200 generated years', async () => {
    const found: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) found.push(...(await playYear(api, seed, { printEnds: ['done'] })));
    expect(found).toEqual([]);
  }, 600_000);

  test.each(OLD_FAULTS)(
    'finds the fault "$name" within 200 years',
    async ({ doubles, printEnds = ['done'] }) => {
      let found: string[] = [];
      for (let seed = 1; seed <= SEEDS && found.length === 0; seed += 1)
        found = await playYear(api, seed, { printEnds, doubles });
      expect(found).not.toEqual([]);
    },
    600_000,
  );
});
