// Kills the whole service (SIGKILL) at random moments under load, many times: nothing that it answered may be lost,
// nothing that it started may be half done, and it must start again. Power cuts are tested elsewhere
// (durability.test.ts), because a killed process keeps its page cache.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDataDir, runProgram, startProgram, type Settings, type Started } from '../fixtures/programs.ts';

const ROUNDS = 20;
const LOOKERS = 16;
const QUANTITY = 400_000;
/** A round's load lasts a random time between these. */
const ROUND_MS = { least: 60, most: 700 };
const SEED = 3;

interface Batch {
  id: string;
  lotId: string;
  quantity: number;
  note: string;
  activations: { from: number; to: number; lotId: string }[];
}

interface Page<T> {
  items: T[];
  next: string | null;
}

const dataDir = makeDataDir();
const settings: Settings = { DATA_DIR: dataDir.path, PORT: '0', PUBLIC_ORIGIN: 'https://temtrace.example' };
let service: Started;
let apiKey = '';

/** Serials whose look-up was answered with 200. */
const answered: number[] = [];
/** The request key of each batch that was asked for, with the answered id, or null. */
const asked = new Map<string, string | null>();

beforeAll(async () => {
  apiKey = (await runProgram('scripts/admin.ts', ['key', 'create', '--role', 'admin'], settings)).stdout.trim();
  service = await start();
});
afterAll(async () => {
  await service.end('SIGKILL');
  dataDir.remove();
});

test('killed at 20 random moments, the service loses no answered scan, leaves no half-made batch and starts again', async () => {
  const random = seeded(SEED);
  const officeId = (await post<{ id: string }>('/offices', { name: 'Văn phòng', province: 'Phú Thọ' }, 'office')).id;
  const address = { commune: 'Cao Phong', province: 'Phú Thọ' };
  const producerId = (
    await post<{ id: string }>('/producers', { officeId, name: 'HTX Cam', kind: 'cooperative', address }, 'producer')
  ).id;
  const productId = (
    await post<{ id: string }>('/products', { producerId, name: 'Cam', group: 'food', productSet: 1 }, 'product')
  ).id;
  const main = await post<Batch>(
    '/batches',
    { productId, lot: 'LOAD', producedOn: null, expiresOn: null, quantity: QUANTITY },
    'main',
  );
  const codes = await codesOf(main.id, QUANTITY);

  let serial = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let going = true;
    const look = async (): Promise<void> => {
      while (going) {
        serial += 1;
        const mine = serial;
        const answer = await fetch(`${service.address}/t/${codes[mine - 1] ?? ''}`, {
          headers: { accept: 'application/json' },
        });
        if (answer.status === 200) answered.push(mine);
        await answer.arrayBuffer();
      }
    };
    const issue = async (): Promise<void> => {
      for (let n = 0; going; n += 1) {
        const key = `batch-${round}-${n}`;
        asked.set(key, null);
        asked.set(key, (await postBatch(productId, key)).id);
      }
    };
    const load = Promise.allSettled([...Array.from({ length: LOOKERS }, look), issue()]);
    await wait(ROUND_MS.least + random() * (ROUND_MS.most - ROUND_MS.least));
    await service.end('SIGKILL');
    going = false;
    await load;
    service = await start();
  }

  expect(answered.length).toBeGreaterThan(ROUNDS * LOOKERS);
  const kept = new Set<number>();
  for await (const scan of every<{ serial: number }>(`/batches/${main.id}/scans`)) kept.add(scan.serial);
  expect(answered.filter((one) => !kept.has(one))).toEqual([]);

  // Sent again with the same key: an answered request gets the same answer, an interrupted one is carried out once.
  const ids: string[] = [];
  for (const [key, id] of asked) {
    const again = await postBatch(productId, key);
    expect(id === null || id === again.id).toBe(true);
    ids.push(again.id);
  }
  const batches: Batch[] = [];
  for await (const batch of every<Batch>('/batches')) batches.push(batch);
  const issued = batches.filter(({ id }) => id !== main.id);
  expect(new Set(issued.map(({ id }) => id))).toEqual(new Set(ids));
  expect(issued.length).toBe(asked.size);
  for (const batch of issued) {
    expect(batch.activations).toMatchObject([{ from: 1, to: batch.quantity, lotId: batch.lotId }]);
    const lines = await get<Page<{ action: string }>>(`/audit?entity=batch:${batch.id}`);
    expect(lines.items.map(({ action }) => action)).toContain('issue-batch');
    const [first = ''] = await codesOf(batch.id, 1);
    const look = await fetch(`${service.address}/t/${first}`, { headers: { accept: 'application/json' } });
    expect(await look.json()).toMatchObject({ verdict: 'valid', serial: 1, lot: { number: batch.note } });
  }
  const log = await runProgram('scripts/admin.ts', ['verify-log'], settings);
  expect(log).toMatchObject({ status: 0, stderr: '' });
}, 120_000);

function start(): Promise<Started> {
  return startProgram('server/main.ts', [], settings, /"event":"service\.started","address":"([^"]+)"/);
}

function postBatch(productId: string, key: string): Promise<Batch> {
  return post<Batch>(
    '/batches',
    {
      productId,
      lot: key.toUpperCase(),
      producedOn: null,
      expiresOn: null,
      quantity: 16_777_216,
      note: key.toUpperCase(),
    },
    key,
  );
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

async function* every<T>(path: string): AsyncGenerator<T> {
  for (let after: string | null = ''; after !== null;) {
    const page: Page<T> = await get<Page<T>>(
      `${path}?limit=200${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
    );
    yield* page.items;
    after = page.next;
  }
}

async function codesOf(batchId: string, to: number): Promise<string[]> {
  const answer = await fetch(`${service.address}/api/v1/batches/${batchId}/codes.csv?from=1&to=${to}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return (await answer.text())
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',')[1] ?? '');
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
