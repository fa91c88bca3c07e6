// The operator's tool as an operator uses it: real processes, their exit codes and their output.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeDataDir, runProgram, type Ended, type Settings } from '../fixtures/programs.ts';

/** Starting a process takes half a second on a quiet machine, several seconds on a busy one. */
jest.setTimeout(30_000);

const dataDir = makeDataDir();
const settings: Settings = { DATA_DIR: join(dataDir.path, 'data'), PUBLIC_ORIGIN: 'https://temtrace.example' };
const SAMPLE = ['certificates', 'evaluations', 'products', 'producers'].map(
  (name) => `scripts/sample-registry/${name}.csv`,
);

function admin(args: readonly string[], input = '', more: Settings = {}): Promise<Ended> {
  return runProgram('scripts/admin.ts', args, { ...settings, ...more }, { input });
}

beforeAll(async () => {
  // An admin makes offices through the API; here there is no server.
  const made = await runProgram('test/fixtures/make-office.ts', [], settings);
  if (made.status !== 0) throw new Error(made.stderr);
});
afterAll(() => dataDir.remove());

describe('wrong use', () => {
  test.each([
    ['no command', []],
    ['a command that is none', ['frobnicate']],
    ['one that comes later', ['rekey']],
    ['half a command', ['user']],
    ['an option that is none', ['key', 'create', '--rôle', 'office']],
    ['a missing option', ['key', 'create']],
    ['a role that is none', ['key', 'create', '--role', 'king']],
    ['no file to import', ['import']],
    ['two copies to verify', ['verify-log', 'a', 'b']],
    ['an argument too many', ['doctor', 'now']],
  ])('%s ends with 2, and standard output stays empty', async (_, args) => {
    const ended = await admin(args);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).not.toBe('');
  });

  test('a password among the arguments is refused', async () => {
    const ended = await admin([
      'user',
      'add',
      '--role',
      'admin',
      '--login',
      'lan',
      '--name',
      'Lan',
      '--password',
      'correct horse battery',
    ]);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
  });
});

test('--help of the tool and of each command ends with 0 and touches nothing', async () => {
  const none = { DATA_DIR: join(dataDir.path, 'never') };
  const all = await Promise.all(
    [[], ['user', 'add'], ['key', 'create'], ['import'], ['verify-log'], ['doctor']].map((command) =>
      admin([...command, '--help'], '', none),
    ),
  );
  for (const ended of all) expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(none.DATA_DIR)).toBe(false);
});

describe('accounts', () => {
  test('a key is printed alone, and each time another', async () => {
    const [one, two] = await Promise.all([
      admin(['key', 'create', '--role', 'office']),
      admin(['key', 'create', '--role', 'inspector', '--name', 'market']),
    ]);
    for (const made of [one, two])
      expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^tem_[\w-]{43}\n$/), stderr: '' });
    expect(one.stdout).not.toBe(two.stdout);
  });

  test('a password comes from standard input or from a file', async () => {
    const file = join(dataDir.path, 'password');
    writeFileSync(file, 'correct horse battery\nsecond line\n', { mode: 0o600 });
    const piped = await admin(
      ['user', 'add', '--role', 'office', '--login', 'Lan', '--name', 'Lan'],
      'correct horse battery\n',
    );
    const read = await admin([
      'user',
      'add',
      '--role',
      'admin',
      '--login',
      'hoa',
      '--name',
      'Hoa',
      '--password-file',
      file,
    ]);
    for (const made of [piped, read])
      expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^[0-9a-z]{20}\n$/), stderr: '' });
  });

  test.each([
    [
      'a login that is taken',
      ['--role', 'office', '--login', 'lan', '--name', 'Lan'],
      'correct horse battery',
      /login/,
    ],
    ['a password too short', ['--role', 'office', '--login', 'minh', '--name', 'Minh'], 'short', /12/],
    ['no password', ['--role', 'office', '--login', 'minh', '--name', 'Minh'], '', /password/],
    [
      'an office that is none',
      ['--role', 'office', '--login', 'minh', '--name', 'Minh', '--office', 'none'],
      'correct horse battery',
      /office/,
    ],
    [
      'a producer’s account without the producer',
      ['--role', 'producer', '--login', 'minh', '--name', 'Minh'],
      'correct horse battery',
      /producer/,
    ],
  ])('%s is named and ends with 1', async (_, options, input, named) => {
    const ended = await admin(['user', 'add', ...options], input);
    expect(ended).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(named) });
  });
});

describe('import', () => {
  test('files are taken in the order they need, and a second time change nothing', async () => {
    const first = await admin(['import', ...SAMPLE]);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout.split('\n').map((line) => line.split(':')[1]?.trim())).toEqual([
      'producers',
      'products',
      'evaluations',
      'certificates',
      undefined,
    ]);
    expect(first.stdout).toContain('31 new, 0 changed, 0 as before, 0 wrong');
    const second = await admin(['import', ...SAMPLE]);
    expect(second).toMatchObject({ status: 0, stderr: '' });
    expect(second.stdout).toContain('0 new, 0 changed, 31 as before, 0 wrong');
  });

  test('a wrong row is named by file, line and column; the others are taken', async () => {
    const file = join(dataDir.path, 'more.csv');
    writeFileSync(
      file,
      'ref,name,kind,commune,province\nQ1,HTX Mới,cooperative,Cao Phong,Phú Thọ\nQ2,HTX Sai,kingdom,Cao Phong,Phú Thọ\n',
    );
    const ended = await admin(['import', file]);
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain('1 new, 0 changed, 0 as before, 1 wrong');
    expect(ended.stderr).toMatch(new RegExp(`^${file}, line 3, kind: `));
  });

  test('a file that is none of the registry’s is named and ends with 1', async () => {
    expect(await admin(['import', 'scripts/sample-registry/lots.csv'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('lots.csv'),
    });
    expect(await admin(['import', join(dataDir.path, 'absent.csv')])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('absent.csv'),
    });
  });
});

describe('doctor and verify-log', () => {
  const database = join(settings['DATA_DIR'] ?? '', 'temtrace.db');
  const key = join(settings['DATA_DIR'] ?? '', 'master.key');

  test('a sound store is well, line by line', async () => {
    const ended = await admin(['doctor']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(
      ended.stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(7).split(':')[0]),
    ).toEqual([
      'settings',
      'places',
      'versions',
      'templates',
      'disk',
      'modes',
      'key',
      'database',
      'store',
      'audit',
      'clock',
      'head',
      'data',
      'check',
    ]);
    expect(ended.stdout).not.toContain('WRONG');
    expect(await admin(['verify-log'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/is whole: \d+ lines, head [0-9a-f]{64}\nEvery record is sealed/),
    });
  });

  test('a service without places is told what it loses, and a place header that no proxy may send is wrong', async () => {
    expect((await admin(['doctor'])).stdout).toContain('look   places: PLACE_HEADER is not set');
    const untrusted = await admin(['doctor'], '', { PLACE_HEADER: 'x-province' });
    expect(untrusted).toMatchObject({ status: 1, stdout: expect.stringContaining('WRONG  places: x-province counts') });
    const placed = await admin(['doctor'], '', { PLACE_HEADER: 'x-province', TRUST_PROXY: 'loopback' });
    expect(placed.stdout).toContain('ok     places: provinces are read from x-province');
  });

  test('an empty place is told of, and nothing is made there', async () => {
    const ended = await admin(['doctor'], '', { DATA_DIR: join(dataDir.path, 'empty') });
    expect(ended).toMatchObject({ status: 0, stdout: expect.stringContaining('does not exist yet') });
    expect(existsSync(join(dataDir.path, 'empty'))).toBe(false);
  });

  test('a bad setting is named', async () => {
    const ended = await admin(['doctor'], '', { TIME_ZONE: 'Mars/Olympus' });
    expect(ended).toMatchObject({ status: 1, stdout: expect.stringMatching(/^WRONG {2}settings: TIME_ZONE: /) });
  });

  test('files open to others are named, with the command that closes them', async () => {
    chmodSync(key, 0o644);
    const ended = await admin(['doctor']);
    chmodSync(key, 0o600);
    expect(ended).toMatchObject({ status: 1, stdout: expect.stringContaining(`chmod 600 ${key}`) });
  });

  test('another key is named before anything is read', async () => {
    const right = readFileSync(key);
    writeFileSync(key, `${'ab'.repeat(32)}\n`);
    const ended = await admin(['doctor']);
    const other = await admin(['verify-log']);
    writeFileSync(key, right);
    expect(ended).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/WRONG {2}database: .*another master key/),
    });
    expect(other).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('another master key') });
  });

  test('a line changed in the database is the first bad one, in the store’s chain and for the doctor', async () => {
    const db = new DatabaseSync(database);
    db.exec(`update audit set actor = 'nobody' where seq = 7`);
    db.close();
    const [verified, looked] = [await admin(['verify-log']), await admin(['doctor'])];
    expect(verified).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/line 7: /) });
    expect(looked).toMatchObject({ status: 1, stdout: expect.stringMatching(/WRONG {2}audit: .*line 7: /) });
  });
});
