// A backup goes from one kind of store to the other and back: nothing differs. And one that is taken of a database
// while it is scanned and changed is whole, and holds all that was answered before its moment.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDataDir, runProgram, startProgram, type Ended, type Settings } from '../fixtures/programs.ts';
import { storedRows } from '../fixtures/stored-rows.ts';
import { dropDatabase, meddle, newDatabase } from './databases.ts';

jest.setTimeout(240_000);

const folder = makeDataDir();
const at = (name: string): string => join(folder.path, name);
const KEY = at('demo/master.key');
const READY = /"event":"service\.started","address":"([^"]+)"/;
const url = newDatabase();
const onMongo = (dir: string): Settings => ({
  DATA_DIR: at(dir),
  DATABASE_URL: url,
  MASTER_KEY_FILE: KEY,
  PORT: '0',
  PUBLIC_ORIGIN: 'http://localhost:3000',
  TRUST_PROXY: 'loopback',
});
const admin = (args: readonly string[], settings: Settings): Promise<Ended> =>
  runProgram('scripts/admin.ts', args, settings, { input: '' });

interface Demo {
  apiKey: string;
  batches: { id: string; quantity: number; codes: string }[];
}
let demo: Demo;

beforeAll(async () => {
  const made = await runProgram('scripts/demo.ts', ['--once'], { DATA_DIR: at('demo'), PORT: '3000' });
  if (made.status !== 0) throw new Error(made.stderr);
  demo = JSON.parse(readFileSync(at('demo/demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
  await dropDatabase(url);
  folder.remove();
});

test('from the embedded store to MongoDB and back no row differs', async () => {
  expect(await admin(['backup', at('first')], { DATA_DIR: at('demo') })).toMatchObject({ status: 0, stderr: '' });
  expect(await admin(['restore', at('first')], onMongo('m'))).toMatchObject({ status: 0, stderr: '' });
  expect(await admin(['restore', at('first')], onMongo('m'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('not empty'),
  });
  expect(await admin(['verify-log'], onMongo('m'))).toMatchObject({ status: 0, stderr: '' });
  expect(await admin(['backup', at('second')], onMongo('m'))).toMatchObject({ status: 0, stderr: '' });
  expect(await admin(['restore', at('second'), '--key', KEY], { DATA_DIR: at('back') })).toMatchObject({
    status: 0,
    stderr: '',
  });
  // MongoDB does not count answered scans; the count begins again with those in tallies.
  const [before, after] = [storedRows(at('demo/temtrace.db')), storedRows(at('back/temtrace.db'))];
  expect({ ...after, store: [] }).toEqual({ ...before, store: [] });
});

test('of a database under scans and changes is whole, and holds what was answered before its moment', async () => {
  const service = await startProgram('server/main.ts', [], onMongo('m'), READY);
  const batch = demo.batches.find(({ quantity }) => quantity >= 1_000);
  const rows = readFileSync(batch?.codes ?? '', 'utf8')
    .split('\n')
    .slice(1, 301);
  const scanned: { at: number; serial: number }[] = [];
  let going = true;
  let next = 0;
  const scanOn = async (): Promise<void> => {
    while (going) {
      const visitor = (next += 1);
      const [serial, code] = (rows[visitor % rows.length] ?? '').split(',');
      const headers = {
        accept: 'application/json',
        'x-forwarded-for': `10.9.${(visitor >> 8) & 255}.${visitor & 255}`,
      };
      const { status } = await fetch(`${service.address}/t/${code}`, { headers });
      if (status === 200) scanned.push({ at: Date.now(), serial: Number(serial) });
      await wait(10);
    }
  };
  const headers = { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' };
  const list = await fetch(`${service.address}/api/v1/producers?limit=1`, { headers });
  const { items } = (await list.json()) as { items: { id: string; version: number }[] };
  const { id, version: first } = items[0] ?? { id: '', version: 0 };
  let changes = 0;
  const changeOn = async (): Promise<void> => {
    for (let version = first; going; version += 1) {
      const answer = await fetch(`${service.address}/api/v1/producers/${id}`, {
        method: 'PATCH',
        headers: { ...headers, 'if-match': `"${version}"` },
        body: JSON.stringify({ story: `Chuyện thứ ${version}` }),
      });
      if (answer.status === 200) changes += 1;
      await wait(700);
    }
  };
  const working = [changeOn(), scanOn(), scanOn(), scanOn()];
  await wait(1_500);
  const taken = await admin(['backup', at('third')], onMongo('m2'));
  going = false;
  await Promise.all(working);
  expect(await service.end('SIGTERM')).toBe(0);
  expect(taken).toMatchObject({ status: 0, stderr: '' });
  expect(changes).toBeGreaterThan(1);

  expect(await admin(['restore', at('third'), '--key', KEY], { DATA_DIR: at('third-back') })).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(await admin(['verify-log'], { DATA_DIR: at('third-back') })).toMatchObject({ status: 0, stderr: '' });
  const moment = Date.parse(/Complete up to (\S+)\.\n/.exec(taken.stdout)?.[1] ?? '');
  const db = new DatabaseSync(at('third-back/temtrace.db'), { readOnly: true });
  const scans = new Map(
    db
      .prepare('select serial, scans from tally where batch_id = ?')
      .all(batch?.id ?? '')
      .map((row) => [Number(row['serial']), Number(row['scans'])]),
  );
  db.close();
  const due = new Map<number, number>();
  for (const { at: answeredAt, serial } of scanned)
    if (answeredAt < moment) due.set(serial, (due.get(serial) ?? 0) + 1);
  expect(due.size).toBeGreaterThan(10);
  expect([...due].filter(([serial, count]) => (scans.get(serial) ?? 0) < count)).toEqual([]);
});

test('of a database in which a tally was deleted is kept, names it, and ends with 1', async () => {
  await meddle(url, (db) => db.collection('tallies').deleteOne({ count: { $gt: 0 } }));
  expect(await admin(['backup', at('fourth')], onMongo('m3'))).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('read back'),
    stderr: expect.stringContaining('a tally was deleted'),
  });
});
