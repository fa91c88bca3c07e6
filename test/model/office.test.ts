// Ten generated years compared with the plain model; test/slow/office-model.test.ts has two hundred.

import { describe, expect, test } from '@jest/globals';
import { testApi } from '../fixtures/api.ts';
import { playYear } from './office-year.ts';

const api = testApi();
const SEEDS = 10;
const told = new Set<string>();

describe('a model of the whole office', () => {
  test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    'paper, page, ledger, report, home and API agree through a generated year (seed %i)',
    async (seed) => {
      expect(await playYear(api, seed, { tell: (what) => void told.add(what) })).toEqual([]);
    },
  );

  test('what can be refused was refused and done in these years', () => {
    expect([...told].toSorted()).toEqual(
      expect.arrayContaining(['copied', 'corrected', 'planned', 'planned anew', 'published', 'removed', 'taken back']),
    );
  });
});
