// Kills the embedded service at random moments while every writing path is under load. KILL_ROUNDS=50 runs the full
// number.

import { afterAll, expect, jest, test } from '@jest/globals';
import { killRounds, ROUNDS } from '../fixtures/kill-rounds.ts';
import { makeDataDir } from '../fixtures/programs.ts';

jest.setTimeout(60_000 + ROUNDS * 20_000);

const folder = makeDataDir();
afterAll(() => folder.remove());

test(`killed ${ROUNDS} times on a file, nothing answered is lost, made twice or half-made`, async () => {
  const settings = {
    DATA_DIR: folder.path,
    PORT: '0',
    PUBLIC_ORIGIN: 'https://temtrace.example',
    TRUST_PROXY: 'loopback',
  };
  const { answered, faults } = await killRounds(settings, ROUNDS, 20_261_124);
  expect(faults).toEqual([]);
  expect(Object.entries(answered).filter(([, count]) => count === 0)).toEqual([]);
});
