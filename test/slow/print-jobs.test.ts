// A print job of 200,000 stamps in a real service that is killed (SIGKILL) half way and at random moments: its files
// are byte for byte those of an undisturbed run, what it reported as done stays done, and look-ups are answered
// meanwhile.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDataDir, runProgram, startProgram, type Settings, type Started } from '../fixtures/programs.ts';

const QUANTITY = 200_000;
const KILLS = 4;
const SEED = 16;

interface Job {
  id: string;
  state: string;
  done: number;
  total: number;
  parts: number;
  readBack: { checked: number; matched: number };
  files: { part: number; bytes: number; sha256: string }[];
}

const dataDir = makeDataDir();
const settings: Settings = { DATA_DIR: dataDir.path, PORT: '0', PUBLIC_ORIGIN: 'https://temtrace.example' };
let service: Started;
let apiKey = '';
let code = '';

beforeAll(async () => {
  apiKey = (await runProgram('scripts/admin.ts', ['key', 'create', '--role', 'admin'], settings)).stdout.trim();
  service = await start();
}, 60_000);
afterAll(async () => {
  await service.end('SIGKILL');
  dataDir.remove();
});

test('killed half way and at random moments, its files are to the byte those of an undisturbed run, and done never goes back', async () => {
  const batchId = await issue();
  const job = await post<Job>('/print-jobs', { batchId, template: 'a4-65' }, 'killed');
  expect(job).toMatchObject({ state: 'waiting', total: QUANTITY, parts: 3 });

  const random = seeded(SEED);
  let least = 0;
  const look = async (): Promise<Job> => {
    const now = await get<Job>(`/print-jobs/${job.id}`);
    expect(now.done).toBeGreaterThanOrEqual(least);
    least = now.done;
    return now;
  };
  for (let kill = 0; kill < KILLS; kill += 1) {
    // The first kill comes after a finished part, the others at any time: while a part is drawn, read back, or named.
    if (kill === 0) while ((await look()).done === 0) await wait(20);
    else await wait(200 + random() * 2_000);
    await look();
    await service.end('SIGKILL');
    service = await start();
    await look();
  }
  let slowestMs = 0;
  let done = await look();
  while (done.state !== 'done') {
    expect(['waiting', 'running']).toContain(done.state);
    const startedMs = performance.now();
    const answer = await fetch(`${service.address}/t/${code}`, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
    await wait(20);
    done = await look();
  }
  expect(done).toMatchObject({ done: QUANTITY, parts: 3 });
  expect(done.readBack.checked).toBeGreaterThan(2_000);
  expect(done.readBack.matched).toBe(done.readBack.checked);
  expect(slowestMs).toBeLessThan(1_000);

  const undisturbed = await post<Job>('/print-jobs', { batchId, template: 'a4-65' }, 'undisturbed');
  let other = undisturbed;
  while (other.state !== 'done') {
    await wait(100);
    other = await get<Job>(`/print-jobs/${undisturbed.id}`);
  }
  expect(done.files).toEqual(other.files);
  for (const { part, bytes, sha256 } of done.files) {
    const [killed, whole] = [await fileOf(job.id, part), await fileOf(undisturbed.id, part)];
    expect(killed.equals(whole)).toBe(true);
    expect([killed.length, createHash('sha256').update(killed).digest('hex')]).toEqual([bytes, sha256]);
  }
}, 300_000);

async function issue(): Promise<string> {
  const officeId = (await post<{ id: string }>('/offices', { name: 'Văn phòng', province: 'Phú Thọ' }, 'office')).id;
  const address = { commune: 'Cao Phong', province: 'Phú Thọ' };
  const producerId = (
    await post<{ id: string }>('/producers', { officeId, name: 'HTX Cam', kind: 'cooperative', address }, 'producer')
  ).id;
  const productId = (
    await post<{ id: string }>(
      '/products',
      { producerId, name: 'Cam lòng vàng', group: 'food', productSet: 1 },
      'product',
    )
  ).id;
  const batch = await post<{ id: string }>(
    '/batches',
    { productId, lot: 'LOAD', producedOn: null, expiresOn: null, quantity: QUANTITY },
    'batch',
  );
  const codes = await fetch(`${service.address}/api/v1/batches/${batch.id}/codes.csv?from=1&to=1`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  code = (await codes.text()).split('\n')[1]?.split(',')[1] ?? '';
  return batch.id;
}

function start(): Promise<Started> {
  return startProgram('server/main.ts', [], settings, /"event":"service\.started","address":"([^"]+)"/);
}

async function fileOf(jobId: string, part: number): Promise<Buffer> {
  const answer = await fetch(`${service.address}/api/v1/print-jobs/${jobId}/files/${part}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function post<T>(path: string, body: object, key: string): Promise<T> {
  const answer = await fetch(`${service.address}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${service.address}/api/v1${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
