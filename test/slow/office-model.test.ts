// Two hundred generated years of an office compared with the plain model (test/model). The model's worth is tested too:
// known faults, put back one at a time by replacing one reader, are each found.

import { describe, expect, test } from '@jest/globals';
import { openTestApi, testApi, type TestApi } from '../fixtures/api.ts';
import { OLD_FAULTS } from '../model/old-faults.ts';
import { playYear } from '../model/office-year.ts';

const api = testApi();
const SEEDS = 200;
const PORTION = 25;

describe('a model of the whole office', () => {
  // In portions with a store each, so that a slow machine can be told from a fault.
  test.each(Array.from({ length: SEEDS / PORTION }, (_, i) => i * PORTION + 1))(
    'agrees through 25 generated years from seed %i on',
    async (first) => {
      const found: string[] = [];
      await using service = await openService();
      for (let seed = first; seed < first + PORTION; seed += 1) found.push(...(await playYear(service.api, seed)));
      expect(found).toEqual([]);
    },
    600_000,
  );

  test.each(OLD_FAULTS)(
    'finds the fault "$name" within 200 years',
    async ({ doubles }) => {
      let found: string[] = [];
      for (let seed = 1; seed <= SEEDS && found.length === 0; seed += 1) found = await playYear(api, seed, { doubles });
      expect(found).not.toEqual([]);
    },
    600_000,
  );
});

async function openService(): Promise<AsyncDisposable & { api: TestApi }> {
  const api = await openTestApi();
  return { api, [Symbol.asyncDispose]: () => api.close() };
}
