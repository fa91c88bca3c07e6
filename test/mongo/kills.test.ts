// Kills a service on MongoDB at random moments while every writing path is under load. KILL_ROUNDS=50 runs the full
// number. Only the service dies: the in-memory database cannot show what a database server loses when it dies
// (docs/operations.md).

import { afterAll, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killRounds, ROUNDS } from '../fixtures/kill-rounds.ts';
import { makeDataDir } from '../fixtures/programs.ts';
import { dropDatabase, newDatabase } from './databases.ts';

jest.setTimeout(60_000 + ROUNDS * 20_000);

const folder = makeDataDir();
const url = newDatabase();
afterAll(async () => {
  await dropDatabase(url);
  folder.remove();
});

test(`killed ${ROUNDS} times on MongoDB, nothing answered is lost, made twice or half-made`, async () => {
  const keyFile = join(folder.path, 'key');
  writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 });
  const settings = {
    DATA_DIR: folder.path,
    PORT: '0',
    PUBLIC_ORIGIN: 'https://temtrace.example',
    TRUST_PROXY: 'loopback',
    DATABASE_URL: url,
    MASTER_KEY_FILE: keyFile,
  };
  const { answered, faults } = await killRounds(settings, ROUNDS, 20_261_125);
  expect(faults).toEqual([]);
  expect(Object.entries(answered).filter(([, count]) => count === 0)).toEqual([]);
});
