// The pages of an office as large as a province: five thousand products with their certificates and councils, five
// hundred batches, a hundred thousand scanned stamps. Each page is requested several times and its best time counts,
// because this measures the page and not other work on the machine. The first view after a start reads the office's
// facts and may take longer.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays } from '../../server/domain/calendar.ts';
import type { Entity } from '../../server/domain/entity.ts';
import type { Collection } from '../../server/store/store.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { seedAccounts, visitorAs, type Visitor } from '../fixtures/console.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aBatch, aLot } from '../fixtures/records/batches.ts';
import { TODAY } from '../fixtures/records/cast.ts';
import { aCertificate, anEvaluation, aProducer, aProduct } from '../fixtures/records/registry.ts';
import { aScan } from '../fixtures/records/scans.ts';

const PRODUCERS = 500;
const PRODUCTS = 5_000;
const BATCHES = 500;
const SCANNED_STAMPS = 100_000;
const PAGE_MS_MAX = 100;
/**
 * Processor time to read the facts of sixteen thousand records. There is one first view, so no best of several: the
 * clock would count the machine's other work.
 */
const FIRST_MS_MAX = 3_000;
const TRIES = 7;
const AT_ONCE = 400;
const SEEDING_MS = 300_000;

let api: TestApi;
let office: Visitor;
let producer: Visitor;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
  await seed();
  [office, producer] = [await visitorAs(api, 'officeA'), await visitorAs(api, 'producerA1')];
}, SEEDING_MS);
afterAll(() => api.close());

async function insertAll<T extends Entity>(collection: Collection<T>, docs: T[]): Promise<void> {
  for (let at = 0; at < docs.length; at += AT_ONCE)
    await Promise.all(docs.slice(at, at + AT_ONCE).map((doc) => collection.insert(doc, aNote())));
}

async function seed(): Promise<void> {
  const officeId = CAST.officeA;
  const { store } = api;
  const producerOf = (i: number): string => (i % PRODUCERS === 0 ? CAST.producerA1 : `p${i % PRODUCERS}`);
  const each = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  await insertAll(
    store.producers,
    each(PRODUCERS - 1, (i) => aProducer({ id: `p${i + 1}`, officeId, name: `HTX số ${i + 1}` })),
  );
  await insertAll(
    store.products,
    each(PRODUCTS, (i) =>
      aProduct({ id: `product-${i}`, officeId, producerId: producerOf(i), name: `Sản phẩm số ${i}` }),
    ),
  );
  await insertAll(
    store.evaluations,
    each(PRODUCTS, (i) =>
      anEvaluation({
        id: `e${i}`,
        officeId,
        producerId: producerOf(i),
        productId: `product-${i}`,
        round: `2026-${i % 4}`,
        heldOn: `2026-0${1 + (i % 9)}-10`,
      }),
    ),
  );
  await insertAll(
    store.certificates,
    each(PRODUCTS, (i) =>
      aCertificate({
        id: `c${i}`,
        officeId,
        producerId: producerOf(i),
        productId: `product-${i}`,
        number: `OCOP-${i}`,
        issuedOn: addDays(TODAY, -(i % 1_090)),
        expiresOn: addDays(TODAY, 1_095 - (i % 1_090)),
        evaluationId: `e${i}`,
      }),
    ),
  );
  await insertAll(
    store.lots,
    each(BATCHES, (i) =>
      aLot({
        id: `lot${i}`,
        officeId,
        producerId: producerOf(i),
        productId: `product-${i}`,
        number: `L${i}`,
        expiresOn: addDays(TODAY, i),
      }),
    ),
  );
  const idOf = (i: number): string => `B${String(i).padStart(5, '0')}`;
  await insertAll(
    store.batches,
    each(BATCHES, (i) =>
      aBatch({
        id: idOf(i),
        officeId,
        producerId: producerOf(i),
        productId: `product-${i}`,
        lotId: `lot${i}`,
        quantity: 2_000,
      }),
    ),
  );
  const perBatch = SCANNED_STAMPS / BATCHES;
  for (let at = 0; at < SCANNED_STAMPS; at += AT_ONCE) {
    await Promise.all(
      each(AT_ONCE, (j) => {
        const i = at + j;
        const day = addDays(TODAY, -(i % 60));
        return store.scans.record(
          aScan({
            id: `s${i}`,
            batchId: idOf(i % BATCHES),
            serial: 1 + (Math.floor(i / BATCHES) % perBatch),
            visitor: `v${i}`,
            province: i % 3 === 0 ? 'Hà Nội' : 'Phú Thọ',
            at: `${day}T0${i % 10}:00:00.000Z`,
            day,
          }),
        );
      }),
    );
  }
  // Some stamps that look copied.
  for (let i = 0; i < 200; i++)
    await store.scans.record(
      aScan({
        id: `odd${i}`,
        batchId: idOf(i % 8),
        serial: 1,
        visitor: `o${i}`,
        province: i % 2 === 0 ? 'Hà Nội' : 'Cà Mau',
        at: `${TODAY}T02:${String(i % 60).padStart(2, '0')}:00.000Z`,
      }),
    );
}

async function msOf(visitor: Visitor, path: string): Promise<number> {
  const from = performance.now();
  const page = await visitor.open(path);
  const ms = performance.now() - from;
  expect({ path, status: page.status }).toEqual({ path, status: 200 });
  return ms;
}

describe(`an office of ${PRODUCTS} products, ${BATCHES} batches and ${SCANNED_STAMPS} scanned stamps`, () => {
  test(`reads its facts in ${FIRST_MS_MAX} ms of work at the first view, and answers look-ups meanwhile`, async () => {
    const before = process.cpuUsage();
    const first = msOf(office, '/console/programme');
    const look = performance.now();
    expect((await fetch(`${api.address}/t/7K3M9Q-00001V-515K52`)).status).toBe(404);
    const lookMs = performance.now() - look;
    const firstMs = await first;
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(FIRST_MS_MAX);
    expect(lookMs).toBeLessThan(firstMs);
  });

  test.each([
    ['office', '/console'],
    ['office', '/console/programme'],
    ['office', '/console/programme?year=2020&on=2020-11-26'],
    ['office', '/console/programme/lapsing'],
    ['office', '/console/programme/plan'],
    ['office', '/console/programme/support'],
    ['office', '/console/programme/candidates'],
    ['office', '/console/scans'],
    ['office', '/console/scans/cases'],
    ['office', '/console/complaints'],
    ['office', '/console/recalls'],
    ['office', '/console/recalls/new?q=san+pham+so+77'],
    ['office', '/console/recalls/new?lotId=lot3'],
    ['producer', '/console'],
    ['producer', '/console/scans'],
  ] as const)(`%s %s is answered within ${PAGE_MS_MAX} ms`, async (who, path) => {
    const times: number[] = [];
    for (let i = 0; i < TRIES; i++) times.push(await msOf(who === 'office' ? office : producer, path));
    if (process.env['PAGE_TIMES'] !== undefined)
      process.stderr.write(
        `${who} ${path}: best ${Math.min(...times).toFixed(0)} ms, median ${(times.sort((a, b) => a - b)[TRIES >> 1] ?? 0).toFixed(0)} ms\n`,
      );
    expect(Math.min(...times)).toBeLessThan(PAGE_MS_MAX);
  });
});
