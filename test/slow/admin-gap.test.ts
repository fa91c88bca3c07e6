// `accept-gap` as an operator uses it, after an older database was restored.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataDir, runProgram, type Ended, type Settings } from '../fixtures/programs.ts';

/** Starting a process takes half a second on a quiet machine, several seconds on a busy one. */
jest.setTimeout(60_000);

const dataDir = makeDataDir();
const data = join(dataDir.path, 'data');
const database = join(data, 'temtrace.db');
const settings: Settings = { DATA_DIR: data, PUBLIC_ORIGIN: 'https://temtrace.example' };

function admin(args: readonly string[]): Promise<Ended> {
  return runProgram('scripts/admin.ts', args, settings, { input: '' });
}

beforeAll(async () => {
  const made = await runProgram('test/fixtures/make-office.ts', [], settings);
  if (made.status !== 0) throw new Error(made.stderr);
});
afterAll(() => dataDir.remove());

test('an older database is refused, looked at, accepted by name, and said in the log', async () => {
  expect(await admin(['accept-gap'])).toMatchObject({ status: 0, stdout: 'Nothing is missing.\n' });

  copyFileSync(database, `${database}.old`);
  expect(await admin(['key', 'create', '--role', 'office'])).toMatchObject({ status: 0 });
  for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true });
  copyFileSync(`${database}.old`, database);
  const refused = await admin(['verify-log']);
  expect(refused).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/put back to an earlier day.*accept-gap/s),
  });

  const shown = await admin(['accept-gap']);
  expect(shown.status).toBe(1);
  expect(shown.stdout).toMatch(/ends at line 1 of its audit chain, the head beside it says 2/);
  const name = /--accept ([0-9a-f]{12}) /.exec(shown.stdout)?.[1] ?? '';
  // Showing the loss changed nothing.
  expect((await admin(['verify-log'])).status).toBe(1);

  expect(await admin(['accept-gap', '--accept', 'another', '--by', 'An', '--why', 'nothing at all'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('look at them again'),
  });
  expect(await admin(['accept-gap', '--accept', name, '--by', 'An'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--why is missing'),
  });
  expect(await admin(['accept-gap', '--accept', name, '--by', 'An', '--why', 'the disk was lost'])).toMatchObject({
    status: 0,
    stdout: '1 losses are accepted; 1 lines of the audit log say so.\n',
  });
  expect(await admin(['verify-log'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('is whole: 2 lines'),
  });
  expect(await admin(['accept-gap'])).toMatchObject({ status: 0 });
});
