// Three servers, each a process, on one store: a change made on one is seen by a scan on every other within five
// seconds, even after the store was away; work for one server is done by one; servers are replaced one by one without a
// failed scan.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inTurn } from '../../server/actions/kit/turns.ts';
import { NamedQueues } from '../../server/kit/queue.ts';
import { deriveKeys } from '../../server/master-key.ts';
import { runLeased } from '../../server/jobs/leased.ts';
import { openMongoStore } from '../../server/store/mongo/open.ts';
import type { Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { makeDataDir, runProgram, startProgram, type Settings, type Started } from '../fixtures/programs.ts';
import { ServiceClient } from '../fixtures/service-client.ts';
import { until } from '../fixtures/until.ts';
import { openBalancer } from './balancer.ts';
import { dropDatabase, newDatabase, openAt } from './databases.ts';
import { openProxy, type Proxy } from './proxy.ts';

jest.setTimeout(120_000);

const READY = /"event":"service\.started","address":"([^"]+)"/;
/** Turns of the event loop that a unit of work takes here. */
const TURNS = 20;
const SEEN_MS = 5_000;
const WORDS = { reason: { vi: 'Có cát', en: 'Sand in it' }, advice: { vi: 'Đừng ăn', en: 'Do not eat it' } };

const folder = makeDataDir();
const url = newDatabase();
const MASTER_KEY_FILE = join(folder.path, 'master.key');
const masterKey = randomBytes(32);

let proxy: Proxy;
const servers: Started[] = [];
const clients: ServiceClient[] = [];
let productId = '';
let apiKey = '';

const settingsOf = (n: number, database: string): Settings => ({
  DATA_DIR: join(folder.path, `server-${n}`),
  PORT: '0',
  PUBLIC_ORIGIN: 'https://temtrace.example',
  DATABASE_URL: database,
  MASTER_KEY_FILE,
  TRUST_PROXY: 'loopback',
});

beforeAll(async () => {
  writeFileSync(MASTER_KEY_FILE, `${masterKey.toString('hex')}\n`, { mode: 0o600 });
  proxy = await openProxy(url);
  apiKey = (
    await runProgram('scripts/admin.ts', ['key', 'create', '--role', 'admin'], settingsOf(0, url))
  ).stdout.trim();
  // The third server reaches the store through a connection that we can cut.
  servers.push(
    ...(await Promise.all(
      [url, url, proxy.url].map((database, n) => startProgram('server/main.ts', [], settingsOf(n, database), READY)),
    )),
  );
  clients.push(...servers.map(({ address }) => new ServiceClient(address, apiKey)));
  const [first] = clients as [ServiceClient];
  const office = await first.post<{ id: string }>('/offices', { name: 'Văn phòng', province: 'Phú Thọ' });
  const address = { commune: 'Cao Phong', province: 'Phú Thọ' };
  const producer = await first.post<{ id: string }>('/producers', {
    officeId: office.id,
    name: 'HTX Cam',
    kind: 'cooperative',
    address,
  });
  productId = (
    await first.post<{ id: string }>('/products', {
      producerId: producer.id,
      name: 'Cam',
      group: 'food',
      productSet: 1,
    })
  ).id;
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  await proxy.close();
  await dropDatabase(url);
  folder.remove();
});

function issue(on: ServiceClient, lot: string, fields: object = {}): Promise<{ id: string; lotId: string }> {
  return on.post('/batches', { productId, lot, producedOn: null, expiresOn: null, quantity: 1_000, ...fields });
}

/** Milliseconds until every server gives this answer. */
async function seenAfter(code: string, verdict: string): Promise<number> {
  const began = performance.now();
  for (const client of clients)
    await until(async () => (await client.scan(code)).body['verdict'] === verdict, 2 * SEEN_MS);
  return performance.now() - began;
}

describe('a change made on one server', () => {
  test('issue, activation, void and recall are each seen by a scan on every other within five seconds', async () => {
    const [first, second, third] = clients as [ServiceClient, ServiceClient, ServiceClient];
    const { id, lotId } = await issue(first, 'SEEN', { active: false });
    const [one, two] = await second.stampsOf(id, 1, 2);
    if (one === undefined || two === undefined) throw new Error('no stamps');
    expect(await seenAfter(one.code, 'not-activated')).toBeLessThan(SEEN_MS);
    await second.post(`/batches/${id}/activate`, { from: 1, to: 1_000 });
    expect(await seenAfter(one.code, 'valid')).toBeLessThan(SEEN_MS);
    await third.post(`/batches/${id}/voids`, { from: 2, to: 2, reason: 'lost' });
    expect(await seenAfter(two.code, 'void')).toBeLessThan(SEEN_MS);
    await first.post('/recalls', { lotId, ...WORDS });
    expect(await seenAfter(one.code, 'recalled')).toBeLessThan(SEEN_MS);
  });

  test('a batch that was nobody’s when it was asked for is known within five seconds of its issue', async () => {
    const [first] = clients as [ServiceClient];
    const { id } = await issue(first, 'UNKNOWN');
    const [stamp] = await first.stampsOf(id, 1, 1);
    if (stamp === undefined) throw new Error('no stamp');
    // Look the batch up on a database that does not have it yet, then put it there.
    const later = newDatabase();
    const keys = deriveKeys(masterKey);
    const open = (at: string): Promise<Store> =>
      openMongoStore({ url: at, rowKey: keys.row, now: () => new Date(), timeZone: 'Asia/Ho_Chi_Minh' });
    const [from, to] = await Promise.all([open(url), open(later)]);
    const other = await startProgram('server/main.ts', [], settingsOf(9, later), READY);
    const client = new ServiceClient(other.address, '');
    expect(await client.scan(stamp.code)).toMatchObject({ status: 404 });
    const batch = await from.batches.get(id);
    if (batch === null || batch.lotId === null) throw new Error('no batch');
    for (const name of ['offices', 'producers', 'products', 'lots'] as const) {
      const doc = await from[name].get(
        { offices: batch.officeId, producers: batch.producerId, products: productId, lots: batch.lotId }[name],
      );
      await to[name].insert({ ...doc, version: 1 } as never, aNote({ entity: `${name}:x` }));
    }
    await to.batches.insert({ ...batch, version: 1 }, aNote({ entity: `batch:${id}`, action: 'issue-batch' }));
    const began = performance.now();
    await until(async () => (await client.scan(stamp.code)).status === 200, 2 * SEEN_MS);
    expect(performance.now() - began).toBeLessThan(SEEN_MS);
    await other.end('SIGTERM');
    for (const store of [from, to]) await store.close();
    await dropDatabase(later);
  });

  test('is seen also by a server whose store was away meanwhile; until then it says that it cannot check', async () => {
    const [first, , third] = clients as [ServiceClient, ServiceClient, ServiceClient];
    const { id } = await issue(first, 'AWAY');
    const [stamp] = await first.stampsOf(id, 1, 1);
    if (stamp === undefined) throw new Error('no stamp');
    expect(await third.scan(stamp.code)).toMatchObject({ status: 200, body: { verdict: 'valid' } });
    proxy.cut();
    expect(await third.scan(stamp.code)).toEqual({ status: 503, body: { verdict: null, reason: 'cannot-check-now' } });
    await first.post(`/batches/${id}/voids`, { from: 1, to: 1, reason: 'lost' });
    const voidedAt = performance.now();
    expect((await third.scan(stamp.code)).status).toBe(503);
    proxy.restore();
    const answers: unknown[] = [];
    for (let last: unknown = null; last !== 'void' && performance.now() - voidedAt < 20_000;) {
      const { status, body } = await third.scan(stamp.code);
      last = status === 503 ? 503 : body['verdict'];
      if (performance.now() - voidedAt > SEEN_MS) answers.push(last);
      await wait(100);
    }
    expect(answers.filter((answer) => answer !== 'void' && answer !== 503)).toEqual([]);
    expect((await third.scan(stamp.code)).body['verdict']).toBe('void');
  });
});

describe('what only one may do', () => {
  test('the last allowance is given once, whichever servers are asked at the same moment', async () => {
    const [first] = clients as [ServiceClient];
    const producerId = (await first.get<{ producerId: string }>(`/products/${productId}`)).producerId;
    const product = await first.post<{ id: string }>('/products', {
      producerId,
      name: 'Mật ong',
      group: 'food',
      productSet: 1,
    });
    const year = new Date().getUTCFullYear();
    await putAllowance(first, product.id, year, 1_000);
    const key = await first.post<{ key: string }>('/keys', { role: 'producer', producerId, name: 'máy in' });
    const producers = servers.map(({ address }) => new ServiceClient(address, key.key));
    const asked = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        (producers[n % 3] as ServiceClient).post<{ id?: string; state?: string }>('/batches', {
          productId: product.id,
          lot: `L${n}`,
          producedOn: null,
          expiresOn: null,
          quantity: 400,
        }),
      ),
    );
    const batches = (await first.every<{ productId: string }>('/batches')).filter(
      (batch) => batch.productId === product.id,
    );
    expect(batches.length).toBe(2);
    expect(asked.length).toBe(9);
  });

  test('work under a name never overlaps, and goes on when its holder died', async () => {
    const stores = await Promise.all(
      [1, 2, 3].map(() =>
        openAt(url, { rowKey: deriveKeys(masterKey).row, pace: { beatMs: 50, silenceMs: 300, catchUpMs: 3_000 } }),
      ),
    );
    const [first, second, third] = stores as [Store, Store, Store];
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      // Meanwhile others that believe it is their turn can enter.
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    const servers = stores.map((store) => ({ store, queues: new NamedQueues() }));
    await Promise.all(
      Array.from({ length: 24 }, (_, n) => inTurn(servers[n % 3] as (typeof servers)[number], 'test:one', work)),
    );
    expect(most).toBe(1);

    // A dead holder: it keeps the lease and sends no heartbeats.
    const dead = first.lease('job');
    expect(await dead.hold()).toBe(1);
    expect(await runLeased(second.lease('job'), work)).toBe(false);
    const heir = third.lease('job');
    expect(await heir.hold()).toBeNull();
    await until(async () => (await heir.hold()) === 2);
    // It wakes too late and has no number any more; the store refuses whatever it does with the old one.
    expect(await dead.hold()).toBeNull();
    for (const store of stores) await store.close();
  });
});

describe('a turn', () => {
  test('that a server slept through is another’s, and it finds out before it writes', async () => {
    const pace = { beatMs: 50, silenceMs: 300, catchUpMs: 3_000 };
    const stores = await Promise.all([1, 2].map(() => openAt(url, { rowKey: deriveKeys(masterKey).row, pace })));
    const [first, second] = stores as [Store, Store];
    const written: string[] = [];
    const begun = Promise.withResolvers<void>();
    const asleep = Promise.withResolvers<void>();
    const sleeper = inTurn({ store: first, queues: new NamedQueues() }, 'test:slept', async (stillMine) => {
      await stillMine();
      begun.resolve();
      // Its heartbeats come every two seconds, which is long compared with this test's silence.
      await asleep.promise;
      await stillMine();
      written.push('the sleeper');
    });
    await begun.promise;
    await inTurn({ store: second, queues: new NamedQueues() }, 'test:slept', async (stillMine) => {
      await stillMine();
      written.push('the next');
    });
    asleep.resolve();
    await expect(sleeper).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(written).toEqual(['the next']);
    for (const store of stores) await store.close();
  });
});

async function putAllowance(client: ServiceClient, product: string, year: number, stamps: number): Promise<void> {
  const answer = await client.put(`/products/${product}/allowances/${year}`, { expectedOutput: stamps, stamps });
  expect([200, 201]).toContain(answer);
}

describe('a rolling restart', () => {
  test('of all three behind a proxy: every scan is answered with a verdict', async () => {
    const [first] = clients as [ServiceClient];
    const { id } = await issue(first, 'ROLL');
    const stamps = await first.stampsOf(id, 1, 1_000);
    const addresses = servers.map(({ address }) => address);
    const balancer = await openBalancer(addresses);
    const visitor = new ServiceClient(balancer.address, '');
    const statuses = new Map<number, number>();
    let going = true;
    let next = 0;
    const scanOn = async (): Promise<void> => {
      while (going) {
        const { status } = await visitor.scan(stamps[next++ % stamps.length]?.code ?? '');
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const scanning = Array.from({ length: 6 }, scanOn);
    for (const [n, server] of servers.entries()) {
      expect(await server.end('SIGTERM')).toBe(0);
      const started = await startProgram('server/main.ts', [], settingsOf(n, url), READY);
      servers[n] = started;
      addresses[n] = started.address;
    }
    const scansBefore = next;
    await until(() => next >= scansBefore + stamps.length);
    going = false;
    await Promise.all(scanning);
    await balancer.close();
    expect([...statuses.keys()]).toEqual([200]);
    const [restarted] = servers as [Started];
    const listed = await new ServiceClient(restarted.address, apiKey).every(`/batches/${id}/scans`);
    expect(listed.length).toBe(statuses.get(200));
  });
});
