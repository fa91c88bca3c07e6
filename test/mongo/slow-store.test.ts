// A slow store under a running service: what can be recorded in time is answered, everything else gets 503 in time, and
// once the store is fast again every visitor is counted once, whatever answer they got before.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_MS_MAX } from '../../server/scan/answer-scan.ts';
import { READY_MS_MAX } from '../../server/web/health.ts';
import { makeDataDir, runProgram, startProgram, type Settings, type Started } from '../fixtures/programs.ts';
import { ServiceClient, type StampRow } from '../fixtures/service-client.ts';
import { until } from '../fixtures/until.ts';
import { dropDatabase, newDatabase } from './databases.ts';
import { openProxy, type Command, type Proxy } from './proxy.ts';

jest.setTimeout(120_000);

/** A database on a busy disk. A scan takes a dozen messages if its batch was not scanned recently. */
const SLOW_MS = 300;
/** A database on a disk that hardly moves: a scan's last message alone takes longer than the scan may wait. */
const STUCK_MS = 6_000;
/** What a busy machine may add to the promised time. */
const GRACE_MS = 2_000;
/** Time for messages under way to end, and for a scan to send its own. */
const BACK_MS = STUCK_MS + 4_000;
const AT_ONCE = 20;
const CANNOT = { verdict: null, reason: 'cannot-check-now' };

interface Look {
  code: string;
  visitor: number;
}

interface Seen extends Look {
  status: number;
  retryAfter: string | null;
  body: Record<string, unknown>;
  ms: number;
}

const folder = makeDataDir();
const url = newDatabase();
let proxy: Proxy;
let service: Started;
let client: ServiceClient;
let batchId = '';
let stamps: StampRow[] = [];
let visitors = 0;
/** Everyone who looked a stamp up so far; each looks at one stamp only. */
const lookers: Look[] = [];

beforeAll(async () => {
  const MASTER_KEY_FILE = join(folder.path, 'master.key');
  writeFileSync(MASTER_KEY_FILE, randomBytes(32).toString('hex'), { mode: 0o600 });
  proxy = await openProxy(url);
  const settings: Settings = {
    DATA_DIR: folder.path,
    PORT: '0',
    PUBLIC_ORIGIN: 'https://temtrace.example',
    TRUST_PROXY: 'loopback',
    DATABASE_URL: proxy.url,
    MASTER_KEY_FILE,
  };
  const apiKey = (await runProgram('scripts/admin.ts', ['key', 'create', '--role', 'admin'], settings)).stdout.trim();
  service = await startProgram('server/main.ts', [], settings, /"event":"service\.started","address":"([^"]+)"/);
  client = new ServiceClient(service.address, apiKey);
  const office = await client.post<{ id: string }>('/offices', { name: 'Văn phòng', province: 'Phú Thọ' });
  const address = { commune: 'Cao Phong', province: 'Phú Thọ' };
  const producer = await client.post<{ id: string }>('/producers', {
    officeId: office.id,
    name: 'HTX Cam',
    kind: 'cooperative',
    address,
  });
  const product = await client.post<{ id: string }>('/products', {
    producerId: producer.id,
    name: 'Cam',
    group: 'food',
    productSet: 1,
  });
  const batch = { productId: product.id, lot: 'SLOW', producedOn: null, expiresOn: null, quantity: 1_000 };
  batchId = (await client.post<{ id: string }>('/batches', batch)).id;
  stamps = await client.stampsOf(batchId, 1, 5);
});
afterAll(async () => {
  await service.end('SIGKILL');
  await proxy.close();
  await dropDatabase(url);
  folder.remove();
});

async function look({ code, visitor }: Look): Promise<Seen> {
  const began = performance.now();
  const headers = { accept: 'application/json', 'x-forwarded-for': `10.0.${visitor >> 8}.${visitor & 255}` };
  const answer = await fetch(`${service.address}/t/${code}`, { headers });
  const body = (await answer.json()) as Record<string, unknown>;
  return {
    code,
    visitor,
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    body,
    ms: performance.now() - began,
  };
}

/** Sends this many new visitors at once, spread over the stamps. */
function lookAnew(howMany: number): Promise<Seen[]> {
  const looks = Array.from({ length: howMany }, (_, n): Look => {
    visitors += 1;
    return { code: stamps[n % stamps.length]?.code ?? '', visitor: visitors };
  });
  lookers.push(...looks);
  return Promise.all(looks.map(look));
}

function expectRight(seen: readonly Seen[]): void {
  expect(seen.map(({ status, body }) => [status, body['verdict']])).toEqual(seen.map(() => [200, 'valid']));
  expectInTime(seen);
}

function expectRefused(seen: readonly Seen[]): void {
  expect(seen.map(({ status, body, retryAfter }) => [status, body, retryAfter])).toEqual(
    seen.map(() => [503, CANNOT, '5']),
  );
  expectInTime(seen);
}

function expectInTime(seen: readonly Seen[]): void {
  expect(Math.max(...seen.map(({ ms }) => ms))).toBeLessThan(ANSWER_MS_MAX + GRACE_MS);
}

async function readiness(): Promise<{ status: number; body: unknown; ms: number }> {
  const began = performance.now();
  const answer = await fetch(`${service.address}/readyz`);
  return { status: answer.status, body: await answer.json(), ms: performance.now() - began };
}

/** Stops delaying messages and waits for the first scan that is answered. */
async function becomeQuick(): Promise<void> {
  proxy.delayMs = () => 0;
  const began = performance.now();
  await until(async () => (await lookAnew(1))[0]?.status === 200, 2 * (BACK_MS + GRACE_MS));
  expect(performance.now() - began).toBeLessThan(BACK_MS + GRACE_MS);
}

function isTallyWrite(command: Command): boolean {
  return command['update'] === 'tallies';
}

describe('a store whose every message is slow', () => {
  test('is asked all the same: scans of a batch that nobody scanned yet are answered, slow but right', async () => {
    proxy.delayMs = () => SLOW_MS;
    expectRight(await lookAnew(AT_ONCE));
    expectRight(await lookAnew(AT_ONCE));
    expect(await readiness()).toMatchObject({ status: 200 });
    proxy.delayMs = () => 0;
  });
});

describe('a store that cannot record a scan in time', () => {
  test('is told of with 503 in time, and who comes again is counted once, though the first scan was recorded late', async () => {
    proxy.delayMs = (command) => (isTallyWrite(command) ? STUCK_MS : 0);
    const seen = await lookAnew(AT_ONCE);
    expectRefused(seen);
    await becomeQuick();
    expectRight(await Promise.all(seen.map(look)));
  });
});

describe('a store whose every message takes longer than a scan may', () => {
  test('gives no verdict and keeps nobody waiting; when it is quick again, all is as it was', async () => {
    proxy.delayMs = () => STUCK_MS;
    const [seen, ready] = await Promise.all([lookAnew(AT_ONCE), readiness()]);
    expectRefused(seen);
    expect(ready).toMatchObject({ status: 503, body: { status: 'not-ready', reason: 'store-away' } });
    expect(ready.ms).toBeLessThan(READY_MS_MAX + GRACE_MS);
    await becomeQuick();
    expectRight(await Promise.all(seen.map(look)));
    // One probe serves everybody who asks within a few seconds.
    await until(async () => (await readiness()).status === 200);
  });
});

describe('afterwards', () => {
  test('everybody who looked is in the store, once', async () => {
    // Visitors who got 503 in the meantime try again, as people do.
    expectRight(await Promise.all(lookers.map(look)));
    const listed = await client.every<{ serial: number }>(`/batches/${batchId}/scans`);
    const perStamp = stamps.map(({ serial, code }) => [serial, lookers.filter((one) => one.code === code).length]);
    expect(stamps.map(({ serial }) => [serial, listed.filter((scan) => scan.serial === serial).length])).toEqual(
      perStamp,
    );
    const counts = await Promise.all(
      stamps.map(({ serial }) =>
        client.get<{ serial: number; scans: { count: number } }>(`/batches/${batchId}/stamps/${serial}`),
      ),
    );
    expect(counts.map(({ serial, scans }) => [serial, scans.count])).toEqual(perStamp);
  });
});
