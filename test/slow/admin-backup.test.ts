// `backup` and `restore` as an operator uses them, on the demo's data: nothing differs after a round trip, a broken
// backup is refused with an explanation, and nothing is ever overwritten.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { deriveKeys, openMasterKey } from '../../server/master-key.ts';
import { readLines } from '../../server/store/backup/read.ts';
import { readSealed } from '../../server/store/backup/seal-file.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { makeDataDir, runProgram, type Ended, type Settings } from '../fixtures/programs.ts';
import { storedRows } from '../fixtures/stored-rows.ts';

/** A process takes half a second on a quiet machine, several on a busy one. */
jest.setTimeout(120_000);

const folder = makeDataDir();
const at = (name: string): string => join(folder.path, name);
const DEMO = at('demo');
const KEY = join(DEMO, 'master.key');
const PLAIN = at('plain');
const JOB = 'job-of-the-test';
let places = 0;

const admin = (args: readonly string[], settings: Settings): Promise<Ended> =>
  runProgram('scripts/admin.ts', args, settings, { input: '' });
const place = (): string => at(`place-${(places += 1)}`);
const restoreInto = (dir: string, args: readonly string[]): Promise<Ended> =>
  admin(['restore', ...args], { DATA_DIR: dir });
const backupIn = (dir: string): string =>
  join(dir, readdirSync(dir).find((name) => name.startsWith('temtrace-')) ?? 'none');
const linesOf = (path: string): string[] => zstdDecompressSync(readFileSync(path)).toString('utf8').split('\n');

/** Another backup, made from the lines of a valid one. */
function backupOf(lines: readonly string[]): string {
  const path = at(`made-${(places += 1)}.backup`);
  writeFileSync(path, zstdCompressSync(Buffer.from(lines.join('\n'))));
  return path;
}

beforeAll(async () => {
  const made = await runProgram('scripts/demo.ts', ['--once'], { DATA_DIR: DEMO, PORT: '3000' });
  if (made.status !== 0) throw new Error(made.stderr);
  const keys = deriveKeys(openMasterKey(KEY, false, () => new Uint8Array()));
  const store = await openSqliteStore({
    path: join(DEMO, 'temtrace.db'),
    rowKey: keys.row,
    now: () => new Date(),
    timeZone: 'Asia/Ho_Chi_Minh',
  });
  // Every byte value, and an empty file.
  await store.files.put(
    'photo-1',
    'image/webp',
    Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) & 255),
  );
  await store.files.put('paper-1', 'application/pdf', new Uint8Array());
  await store.close();
  const taken = await admin(['backup', PLAIN], { DATA_DIR: DEMO });
  if (taken.status !== 0 || taken.stderr !== '') throw new Error(taken.stderr);
});
afterAll(() => folder.remove());

describe('a backup', () => {
  test('restores with every row and file the same, its chain and seals whole', async () => {
    const dir = place();
    const back = await restoreInto(dir, [PLAIN, '--key', KEY]);
    expect(back).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('As it was at 20') });
    const before = storedRows(join(DEMO, 'temtrace.db'));
    expect(storedRows(join(dir, 'temtrace.db'))).toEqual(before);
    for (const table of ['producers', 'batches', 'certificates', 'tally', 'scan', 'audit', 'file', 'users'])
      expect([table, before[table]?.length]).not.toEqual([table, 0]);
    expect(await admin(['verify-log'], { DATA_DIR: dir })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Every tally is sealed, and those of each batch agree with its scans.'),
    });
    for (const file of ['temtrace.db', 'temtrace.db-head', 'temtrace.db-answered', 'master.key'])
      expect([file, statSync(join(dir, file)).mode & 0o777]).toEqual([file, 0o600]);
    expect(readdirSync(dir).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  test('says up to which moment it is complete, holds no key, no salt and no visit, and only its owner reads it', () => {
    const text = linesOf(backupIn(PLAIN));
    const head = JSON.parse(text[0] ?? '') as Record<string, unknown>;
    expect(head).toMatchObject({ format: 'temtrace-backup', version: 1, leftOut: ['salts', 'visits'] });
    expect(text.join('\n')).not.toContain(readFileSync(KEY, 'utf8').trim());
    const db = new DatabaseSync(join(DEMO, 'temtrace.db'), { readOnly: true });
    const visits = db.prepare("select visits from tally where visits <> ''").all();
    db.close();
    expect(visits.length).toBeGreaterThan(0);
    for (const { visits: some } of visits) expect(text.join('\n')).not.toContain(JSON.stringify(some).slice(1, -1));
    expect(statSync(backupIn(PLAIN)).mode & 0o777).toBe(0o600);
  });

  test('with the key warns, is restored without another word, and holds print files where asked', async () => {
    const source = place();
    cpSync(DEMO, source, { recursive: true });
    // Longer than one piece, and not a multiple of a piece.
    const bytes = Buffer.alloc(2 * 1024 * 1024 + 7, 'stamp');
    finishedJob(source, bytes);
    const out = at('with-key');
    const taken = await admin(['backup', out, '--with-key', '--print-files'], { DATA_DIR: source });
    expect(taken).toMatchObject({ status: 1, stderr: expect.stringContaining('can forge stamps') });
    // The job that this test put into the store by hand is reported, and the backup is kept.
    expect(taken.stderr).toContain(`print-job:${JOB} is not as it was written`);
    const dir = place();
    expect((await restoreInto(dir, [out])).stderr).toContain('were restored so');
    expect(readFileSync(join(dir, 'master.key'), 'utf8')).toBe(readFileSync(KEY, 'utf8'));
    expect(readFileSync(join(dir, 'print-jobs', JOB, 'part-1.pdf'))).toEqual(bytes);
  });

  test('thins what is beside it by the rule, only when asked, and nothing else', async () => {
    const out = at('thinned');
    mkdirSync(out);
    const old = ['temtrace-2019-05-01.backup', 'temtrace-2019-05-02.backup', 'notes.txt'];
    for (const name of old) writeFileSync(join(out, name), 'x');
    expect(await admin(['backup', out], { DATA_DIR: DEMO })).toMatchObject({ status: 0 });
    expect(readdirSync(out)).toEqual(expect.arrayContaining(old));
    for (let day = 3; day < 9; day += 1) writeFileSync(join(out, `temtrace-2019-05-0${day}.backup`), 'x');
    const taken = await admin(['backup', out, '--keep'], { DATA_DIR: DEMO });
    expect(taken).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('2019-05-01.backup: deleted by the rule'),
    });
    expect(readdirSync(out)).toContain('notes.txt');
    expect(
      readdirSync(out).filter((name) => name.startsWith('temtrace-2026') || name.startsWith('temtrace-2')),
    ).toContain('temtrace-2019-05-08.backup');
  });

  test('is refused without a store, without its key, and with wrong use', async () => {
    expect(await admin(['backup', at('none')], { DATA_DIR: place() })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nothing to back up'),
    });
    for (const args of [[], ['a', 'b'], [at('x'), '--to', 'age1', '--passphrase-file', 'f'], [at('x'), '--to', 'rsa']])
      expect([args, (await admin(['backup', ...args], { DATA_DIR: DEMO })).status]).toEqual([args, 2]);
    expect((await restoreInto(place(), [])).status).toBe(2);
  });
});

describe('encrypted', () => {
  test.each([
    ['a public key', generateX25519Identity],
    ['a key that resists quantum computers', generateHybridIdentity],
  ])('to %s it is read back, and opens with the secret one alone', async (_, generate) => {
    const [identity, other] = [await generate(), await generateX25519Identity()];
    const out = place();
    const to = await identityToRecipient(identity);
    expect(await admin(['backup', out, '--to', to, '--with-key'], { DATA_DIR: DEMO })).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/\.backup\.age: \d+ rows, .*, read back/),
    });
    writeFileSync(`${out}.id`, `# made by age-keygen\n${identity}\n`);
    writeFileSync(`${out}.other`, other);
    expect(await restoreInto(place(), [out])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('encrypted'),
    });
    expect(await restoreInto(place(), [out, '--identity', `${out}.other`])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('cannot be decrypted'),
    });
    const dir = place();
    expect(await restoreInto(dir, [out, '--identity', `${out}.id`])).toMatchObject({ status: 0, stderr: '' });
    expect(storedRows(join(dir, 'temtrace.db'))).toEqual(storedRows(join(DEMO, 'temtrace.db')));
    // Damage is told apart from a wrong key.
    const bytes = readFileSync(backupIn(out));
    writeFileSync(`${out}.cut`, bytes.subarray(0, bytes.length - 20_000));
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(`${out}.changed`, changed);
    for (const broken of ['cut', 'changed']) {
      const nothing = place();
      const refused = await restoreInto(nothing, [`${out}.${broken}`, '--identity', `${out}.id`]);
      expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('cannot be restored') });
      expect(refused.stderr).not.toMatch(/\n\s+at /);
    }
  });

  test('with a passphrase it opens with that one alone', async () => {
    const out = place();
    writeFileSync(`${out}.pass`, 'trà xanh Suối Giàng\n');
    writeFileSync(`${out}.wrong`, 'trà đen\n');
    expect(await admin(['backup', out, '--passphrase-file', `${out}.pass`], { DATA_DIR: DEMO })).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect((await restoreInto(place(), [out, '--passphrase-file', `${out}.wrong`, '--key', KEY])).stderr).toContain(
      'cannot be decrypted',
    );
    const right = await restoreInto(place(), [out, '--passphrase-file', `${out}.pass`, '--key', KEY]);
    expect(right).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a restore reads nothing of, and so writes nothing', () => {
  test.each<[string, (lines: string[]) => string, string]>([
    ['of a backup that was cut', (lines) => backupOf(lines.slice(0, -40)), 'ends before its end'],
    ['of one that ends within a line', (lines) => backupOf([...lines.slice(0, 90), '["x"']), 'ends before its end'],
    ['of one with a row less', (lines) => backupOf(lines.filter((_, i) => i !== 30)), 'hashes do not agree'],
    ['of one with a row changed', (lines) => backupOf(lines.map((line) => line.replace('Yên', 'Yen'))), 'do not agree'],
    ['of one with something behind its end', (lines) => backupOf([...lines.slice(0, -1), '{}', '']), 'behind its end'],
    [
      'of a newer one',
      (lines) => backupOf([(lines[0] ?? '').replace('"version":1,"program":"', '"version":2,"program":"9.'), '']),
      'written by a newer Temtrace (9.',
    ],
    ['of another program’s lines', () => backupOf(['{"cats":9}', '']), 'no backup of Temtrace'],
    ['of no lines at all', () => backupOf(['cats', '']), 'no backup of Temtrace'],
    ['of an empty one', () => backupOf([]), 'ends before its end'],
  ])('%s', async (_, make, message) => {
    const path = make(linesOf(backupIn(PLAIN)));
    await expect(readAll(path)).rejects.toThrow(message);
  });

  test('of a file that is no backup, a folder without one, a flipped byte, and without a key or with another', async () => {
    const dir = place();
    const refused = async (args: readonly string[]): Promise<string> => {
      const { status, stderr } = await restoreInto(dir, args);
      expect([args, status, written(dir)]).toEqual([args, 1, []]);
      return stderr;
    };
    expect(await refused([backupOf(linesOf(backupIn(PLAIN)).slice(0, -40)), '--key', KEY])).toContain('was cut');
    expect(await refused([KEY])).toContain('no backup of Temtrace');
    expect(await refused([folder.path])).toContain('holds no backup');
    expect(await refused([at('absent')])).toContain('does not exist');
    const bytes = readFileSync(backupIn(PLAIN));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(at('flipped.backup'), bytes);
    expect(await refused([at('flipped.backup'), '--key', KEY])).toContain('cannot be restored');
    expect(await refused([PLAIN])).toContain('name it with --key');
    writeFileSync(at('other.key'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    expect(await refused([PLAIN, '--key', at('other.key')])).toContain('not the one of this backup');
  });

  test('over a store, a file that tells of one, print files, or another key', async () => {
    const inTheWay: [string, string][] = [
      ['temtrace.db', 'not empty'],
      ['temtrace.db-head', 'not empty'],
      ['temtrace.db-answered', 'not empty'],
      ['print-jobs/job/part-1.pdf', 'not empty'],
      ['master.key', 'holds another key'],
    ];
    for (const [file, message] of inTheWay) {
      const dir = place();
      mkdirSync(join(dir, 'print-jobs', 'job'), { recursive: true });
      if (!file.startsWith('print-jobs')) rmSync(join(dir, 'print-jobs'), { recursive: true });
      writeFileSync(join(dir, file), `${'cd'.repeat(32)}\n`, { mode: 0o600 });
      const refused = await restoreInto(dir, [PLAIN, '--key', KEY]);
      expect([file, refused.status, refused.stderr]).toEqual([file, 1, expect.stringContaining(message)]);
      expect(readFileSync(join(dir, file), 'utf8')).toBe(`${'cd'.repeat(32)}\n`);
    }
  });
});

/** Reads as a restore does before it writes. */
async function readAll(path: string): Promise<void> {
  for await (const piece of readLines(readSealed(path, { identities: [], passphrase: null }))) void piece;
}

/** Files that a refused restore might have left in a data folder. */
function written(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** A finished print job and its file, put there by hand: its row has no seal. */
function finishedJob(dir: string, bytes: Buffer): void {
  const doc = JSON.stringify({ createdAt: '2026-11-24T02:00:00.000Z', id: JOB, state: 'done', version: 1 });
  const db = new DatabaseSync(join(dir, 'temtrace.db'));
  db.exec(
    `insert into printJobs (id, version, created_at, doc) values ('${JOB}', 1, '2026-11-24T02:00:00.000Z', '${doc}')`,
  );
  db.close();
  mkdirSync(join(dir, 'print-jobs', JOB), { recursive: true });
  writeFileSync(join(dir, 'print-jobs', JOB, 'part-1.pdf'), bytes);
}
