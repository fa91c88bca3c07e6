// The drill: a service under scans and changes is backed up, dies by SIGKILL, its folder is destroyed, and the backup
// is restored. All that was answered before the moment that the backup names is there, and every stamp answers.

import { afterAll, expect, jest, test } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { makeDataDir, runProgram, startProgram, type Settings } from '../fixtures/programs.ts';

jest.setTimeout(300_000);

const folder = makeDataDir();
afterAll(() => folder.remove());

const DATA_DIR = join(folder.path, 'data');
const OUT = join(folder.path, 'backups');
const SETTINGS: Settings = { DATA_DIR, PORT: '0', PUBLIC_ORIGIN: 'http://localhost:3000', TRUST_PROXY: 'loopback' };
const READY = /"event":"service\.started","address":"([^"]+)"/;
/** Who scans at once, and the pause between two scans of one. */
const SCANNERS = 8;
const PAUSE_MS = 5;

interface Demo {
  apiKey: string;
  batches: { id: string; quantity: number; codes: string }[];
}

test('what was answered before the backup’s moment is restored, and scans are answered all the while', async () => {
  const made = await runProgram('scripts/demo.ts', ['--once'], { DATA_DIR, PORT: '3000' });
  expect(made.status).toBe(0);
  const demo = JSON.parse(readFileSync(join(DATA_DIR, 'demo.json'), 'utf8')) as Demo;
  const batch = demo.batches.find(({ quantity }) => quantity >= 1_000);
  const rows = readFileSync(batch?.codes ?? '', 'utf8')
    .split('\n')
    .slice(1, 1_001);
  const service = await startProgram('server/main.ts', [], SETTINGS, READY);

  /** Instant of the answer (ms) -> serial, and id of the producer that was changed. */
  const scanned: { at: number; serial: number; status: number }[] = [];
  const changed: { at: number; version: number; id: string }[] = [];
  let going = true;
  let next = 0;
  const scanOn = async (): Promise<void> => {
    while (going) {
      const visitor = (next += 1);
      const [serial, code] = (rows[visitor % rows.length] ?? '').split(',');
      const headers = {
        accept: 'application/json',
        'x-forwarded-for': `10.${visitor >> 16}.${(visitor >> 8) & 255}.${visitor & 255}`,
      };
      const { status } = await fetch(`${service.address}/t/${code}`, { headers });
      scanned.push({ at: Date.now(), serial: Number(serial), status });
      await wait(PAUSE_MS);
    }
  };
  const headers = { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' };
  const listed = (await (await fetch(`${service.address}/api/v1/producers?limit=1`, { headers })).json()) as {
    items: { id: string; version: number }[];
  };
  const { id, version: first } = listed.items[0] ?? { id: '', version: 0 };
  const changeOn = async (): Promise<void> => {
    for (let version = first; going; version += 1) {
      const body = JSON.stringify({ story: `Chuyện thứ ${version}` });
      const answer = await fetch(`${service.address}/api/v1/producers/${id}`, {
        method: 'PATCH',
        headers: { ...headers, 'if-match': `"${version}"` },
        body,
      });
      expect(answer.status).toBe(200);
      changed.push({ at: Date.now(), version: version + 1, id });
      await wait(50);
    }
  };
  const working = [changeOn(), ...Array.from({ length: SCANNERS }, scanOn)];
  await wait(1_000);
  const began = Date.now();
  const identity = await generateX25519Identity();
  const taken = await runProgram(
    'scripts/admin.ts',
    ['backup', OUT, '--to', await identityToRecipient(identity)],
    SETTINGS,
  );
  const ended = Date.now();
  await wait(500);
  going = false;
  await Promise.all(working);
  await service.end('SIGKILL');
  expect(taken).toMatchObject({ status: 0, stderr: '' });
  expect(scanned.filter(({ status }) => status !== 200)).toEqual([]);
  expect(scanned.filter(({ at }) => at > began && at < ended).length).toBeGreaterThan(20);

  const key = readFileSync(join(DATA_DIR, 'master.key'), 'utf8');
  rmSync(DATA_DIR, { recursive: true });
  writeFileSync(join(folder.path, 'paper.key'), key, { mode: 0o600 });
  writeFileSync(join(folder.path, 'age.key'), identity, { mode: 0o600 });
  const secrets = ['--identity', join(folder.path, 'age.key'), '--key', join(folder.path, 'paper.key')];
  expect(await runProgram('scripts/admin.ts', ['restore', OUT, ...secrets], SETTINGS)).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(readdirSync(DATA_DIR)).not.toContain('temtrace.db.restoring');

  const moment = Date.parse(/Complete up to (\S+)\.\n/.exec(taken.stdout)?.[1] ?? '');
  expect(moment).toBeGreaterThan(began);
  const db = new DatabaseSync(join(DATA_DIR, 'temtrace.db'), { readOnly: true });
  const scans = new Map(
    db
      .prepare('select serial, scans from tally where batch_id = ?')
      .all(batch?.id ?? '')
      .map((row) => [Number(row['serial']), Number(row['scans'])]),
  );
  const producer = db.prepare('select version from producers where id = ?').get(id);
  db.close();
  const due = new Map<number, number>();
  for (const { at, serial } of scanned) if (at < moment) due.set(serial, (due.get(serial) ?? 0) + 1);
  expect(due.size).toBeGreaterThan(50);
  expect([...due].filter(([serial, count]) => (scans.get(serial) ?? 0) < count)).toEqual([]);
  const last = changed.findLast(({ at }) => at < moment);
  expect(last).toBeDefined();
  expect(Number(producer?.['version'])).toBeGreaterThanOrEqual(last?.version ?? 0);

  expect(await runProgram('scripts/admin.ts', ['verify-log'], SETTINGS)).toMatchObject({ status: 0, stderr: '' });
  const restored = await startProgram('server/main.ts', [], SETTINGS, READY);
  for (const row of rows.slice(0, 100)) {
    const answer = await fetch(`${restored.address}/t/${row.split(',')[1]}`, {
      headers: { accept: 'application/json' },
    });
    expect(answer.status).toBe(200);
  }
  expect(await restored.end('SIGTERM')).toBe(0);
});
