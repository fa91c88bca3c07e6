// Moves the embedded store to MongoDB while people scan: nothing that was answered is lost, an interrupted move
// continues, the audit chain continues, and every stamp answers as before.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyChain } from '../../server/domain/audit/audit-chain.ts';
import { parseStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { deriveKeys, openMasterKey } from '../../server/master-key.ts';
import { openMongoStore } from '../../server/store/mongo/open.ts';
import type { Store } from '../../server/store/store.ts';
import { makeDataDir, runProgram, startProgram, type Settings, type Started } from '../fixtures/programs.ts';
import { dropDatabase, meddle, newDatabase } from './databases.ts';
import { openProxy, type Proxy } from './proxy.ts';

jest.setTimeout(120_000);

interface Demo {
  apiKey: string;
  batches: { id: string; quantity: number; template: string; codes: string }[];
  samples: Record<string, string>;
}

const folder = makeDataDir();
const DATA_DIR = join(folder.path, 'demo');
const MASTER_KEY_FILE = join(DATA_DIR, 'master.key');
const ON_FILE: Settings = { DATA_DIR, PORT: '0', PUBLIC_ORIGIN: 'http://localhost:3000', TRUST_PROXY: 'loopback' };
const READY = /"event":"service\.started","address":"([^"]+)"/;
const url = newDatabase();
const ON_MONGO: Settings = { ...ON_FILE, DATABASE_URL: url, MASTER_KEY_FILE };

const admin = (args: string[], settings: Settings, options = {}): ReturnType<typeof runProgram> =>
  runProgram('scripts/admin.ts', args, settings, options);
const readDemo = (dataDir: string): Demo => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Demo;

let demo: Demo;
beforeAll(async () => {
  const { stderr } = await runProgram('scripts/demo.ts', ['--once'], { DATA_DIR, PORT: '3000' });
  if (stderr !== '') throw new Error(stderr);
  demo = readDemo(DATA_DIR);
});
afterAll(async () => {
  await dropDatabase(url);
  folder.remove();
});

/** @param visitor number of a phone, each in a different network */
async function look(
  address: string,
  code: string,
  visitor = 0,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = {
    accept: 'application/json',
    'x-forwarded-for': `10.${visitor >> 16}.${(visitor >> 8) & 255}.${visitor & 255}`,
  };
  const answer = await fetch(`${address}/t/${code}`, { headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function codesOf(data: Demo, batch: number, to: number): string[] {
  return readFileSync(data.batches[batch]?.codes ?? '', 'utf8')
    .split('\n')
    .slice(1, to + 1)
    .map((row) => row.split(',')[1] ?? '');
}

async function answersOf(address: string): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [sample, code] of Object.entries(demo.samples)) answers[sample] = (await look(address, code)).body;
  const headers = { authorization: `Bearer ${demo.apiKey}` };
  for (const path of [
    '/products?limit=200',
    '/lots?limit=200',
    '/batches?limit=200',
    '/certificates?limit=200',
    '/recalls',
    '/complaints',
  ]) {
    const answer = await fetch(`${address}/api/v1${path}`, { headers });
    answers[path] = [answer.status, await answer.json()];
  }
  return answers;
}

describe('a move', () => {
  let old: Started;
  let before: Record<string, unknown>;
  /** Serials whose scan was answered with 200, and the other answers. */
  const answered: number[] = [];
  const refusals: unknown[] = [];
  let hotBatch = '';
  let head: { seq: number; hash: string };

  beforeAll(async () => {
    old = await startProgram('server/main.ts', [], ON_FILE, READY);
    // A second look-up by the same visitor changes nothing: these answers are the same before and after the move.
    await answersOf(old.address);
    before = await answersOf(old.address);
  });
  afterAll(() => old.end('SIGKILL'));

  test('into a database that holds anything is refused, and closes nothing', async () => {
    const foreign = newDatabase();
    await meddle(foreign, (db) => db.collection('cats').insertOne({ name: 'Mèo' }));
    expect(await admin(['move', '--to', foreign], ON_FILE)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('another program'),
    });
    expect((await look(old.address, demo.samples['valid'] ?? '')).status).toBe(200);
    expect(await admin(['move', '--to', 'mongodb://db.example/x?w=1'], ON_FILE)).toMatchObject({ status: 2 });
    await dropDatabase(foreign);
  });

  test('cut off and taken back leaves the service as it was', async () => {
    const other = newDatabase();
    const proxy = await openProxy(other);
    cutAfter(proxy, 3);
    expect(await admin(['move', '--to', proxy.url], ON_FILE)).toMatchObject({ status: 1 });
    expect((await look(old.address, demo.samples['valid'] ?? '', 99_999)).status).toBe(503);
    expect(await admin(['move', '--cancel'], ON_FILE)).toMatchObject({ status: 0, stderr: '' });
    expect((await look(old.address, demo.samples['valid'] ?? '', 100_000)).status).toBe(200);
    await proxy.close();
    await dropDatabase(other);
  });

  test('under scans answers each with a verdict or with 503, is cut off twice, goes on, and ends with all rows the same', async () => {
    const at = demo.batches.findIndex(({ quantity }) => quantity >= 1_000);
    hotBatch = demo.batches[at]?.id ?? '';
    const codes = codesOf(demo, at, 1_000);
    let going = true;
    let next = 0;
    const scanOn = async (): Promise<void> => {
      while (going) {
        const code = codes[next++ % codes.length] ?? '';
        const { status, body } = await look(old.address, code, next);
        const parsed = parseStampCode(code);
        if (status === 200 && parsed.ok) answered.push(parsed.index + 1);
        else refusals.push([status, body]);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const scanning = [scanOn(), scanOn(), scanOn()];
    const proxy = await openProxy(url);
    for (const most of [8, 4]) {
      cutAfter(proxy, most);
      expect(await admin(['move', '--to', proxy.url], ON_FILE)).toMatchObject({ status: 1 });
      expect(await startRefused(ON_MONGO)).toContain('a store is being moved into');
    }
    proxy.rule = () => 'pass';
    expect(await admin(['move', '--to', '-'], ON_FILE, { input: `${proxy.url}\n` })).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(await admin(['move', '--to', proxy.url], ON_FILE)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('before'),
    });
    await proxy.close();
    going = false;
    await Promise.all(scanning);
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals).toEqual(refusals.map(() => [503, { verdict: null, reason: 'cannot-check-now' }]));
    expect((await look(old.address, codes[0] ?? '', 100_001)).status).toBe(503);
    expect(await old.end('SIGTERM')).toBe(0);
    expect(await startRefused(ON_FILE)).toContain('was moved to');
    expect(await admin(['move', '--cancel'], ON_FILE)).toMatchObject({ status: 1 });
  });

  test('leaves every scan that was answered counted, and each stamp and list answering as before', async () => {
    const store = await openMoved();
    const counts = new Map<number, number>();
    for (const serial of answered) counts.set(serial, (counts.get(serial) ?? 0) + 1);
    const missing: number[] = [];
    for (const [serial, count] of counts)
      if (((await store.scans.tallyOf(hotBatch, serial))?.count ?? 0) < count) missing.push(serial);
    expect(missing).toEqual([]);
    head = await store.audit.head();
    expect(verifyChain(await store.audit.read(1, 10_000))).toMatchObject({ ok: true, lines: head.seq });
    await store.close();

    const moved = await startProgram('server/main.ts', [], ON_MONGO, READY);
    const after = await answersOf(moved.address);
    // Scans made meanwhile were counted.
    expect(withoutScans(after)).toEqual(withoutScans(before));
    expect(await moved.end('SIGTERM')).toBe(0);
  });

  test('lets the audit chain go on where it was', async () => {
    expect((await admin(['key', 'create', '--role', 'admin'], ON_MONGO)).status).toBe(0);
    const store = await openMoved();
    const [next] = await store.audit.read(head.seq + 1, 1);
    expect(next).toMatchObject({ seq: head.seq + 1, action: 'make-key' });
    expect(verifyChain(await store.audit.read(head.seq + 1, 10), head)).toMatchObject({ ok: true });
    await store.close();
    expect(await admin(['doctor'], ON_MONGO)).toMatchObject({ status: 0 });
  });

  function openMoved(): Promise<Store> {
    const keys = deriveKeys(openMasterKey(MASTER_KEY_FILE, false, () => new Uint8Array()));
    return openMongoStore({ url, rowKey: keys.row, now: () => new Date(), timeZone: 'Asia/Ho_Chi_Minh' });
  }
});

function withoutScans(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => (key === 'scans' ? undefined : value)) as unknown;
}

/** Lets this many inserts pass, then cuts the connection at each later one. */
function cutAfter(proxy: Proxy, most: number): void {
  let inserts = 0;
  proxy.rule = (command) => {
    if ('insert' in command) inserts += 1;
    return 'insert' in command && inserts > most ? 'drop' : 'pass';
  };
}

async function startRefused(settings: Settings): Promise<string> {
  const { status, stderr } = await runProgram('server/main.ts', [], settings);
  expect(status).toBe(74);
  return stderr;
}
