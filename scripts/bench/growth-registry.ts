// An office as large as a nation's, for the growth table: the records of the bench's registry, copied with names of
// their own through the store's port, and scans of their stamps. Copies of the batch cannot be looked up, because its
// secret is bound to its id; everything else reads them as any batch.

import { randomBytes } from 'node:crypto';
import { addDays, dayIn } from '../../server/domain/calendar.ts';
import type { Entity, Id } from '../../server/domain/entity.ts';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { COLLECTIONS } from '../../server/store/collections.ts';
import type { Collection, CollectionName, Store } from '../../server/store/store.ts';

/** How many of each at a factor of 1. */
export const BASE = { producers: 20, products: 50, lots: 200, batches: 2_000, tallies: 10_000, cases: 20 } as const;
/** Writes sent at once; the store commits them together. */
const AT_ONCE = 2_000;
/** Scans of a stamp that looks copied. */
const CASE_SCANS = 12;
/** Days over which scans are spread. */
const DAYS = 60;
/** Sorts with the ids of batches, and is none that the bench's own batch can have. */
const BATCH_PREFIX = 'G';

/** @param factor of BASE; the batch's product, lot and producer are what is copied */
export async function growRegistry(batchId: Id, factor: number, ctx: ActionContext): Promise<void> {
  const { store } = ctx;
  const batch = await mustGet(store, 'batches', batchId);
  const product = await mustGet(store, 'products', batch.productId ?? '');
  const producer = await mustGet(store, 'producers', batch.producerId);
  const lot = await mustGet(store, 'lots', batch.lotId ?? '');
  const { items: certificates } = await store.certificates.list({ productId: product.id }, { limit: 1, after: null });
  const { items: evaluations } = await store.evaluations.list({ productId: product.id }, { limit: 1, after: null });
  const [certificate, evaluation] = [certificates[0], evaluations[0]];
  if (certificate === undefined || evaluation === undefined) throw new Error('the product has no certificate');
  const count = (name: keyof typeof BASE): number => BASE[name] * factor;
  const now = ctx.now();
  const today = dayIn(ctx.settings.timeZone, now);
  const at = (i: number): string => new Date(now.getTime() - (i % 31_536_000) * 1_000).toISOString();
  const made = (id: Id, i: number): Entity => ({ id, version: 1, createdAt: at(i), updatedAt: at(i) });
  const producerOf = (i: number): Id => `gp${i % count('producers')}`;
  const productOf = (i: number): Id => `gs${i % count('products')}`;
  // The product's producer, also for what is made of it.
  const ownerOf = (i: number): Id => producerOf(i % count('products'));

  await copies(store, 'producers', count('producers'), (i) => ({
    ...producer,
    ...made(`gp${i}`, i),
    name: `Hợp tác xã số ${i}`,
  }));
  await copies(store, 'products', count('products'), (i) => ({
    ...product,
    ...made(`gs${i}`, i),
    producerId: ownerOf(i),
    name: `Sản phẩm số ${i}`,
  }));
  await copies(store, 'evaluations', count('products'), (i) => ({
    ...evaluation,
    ...made(`ge${i}`, i),
    productId: productOf(i),
    producerId: ownerOf(i),
    round: `G${i % 4}`,
  }));
  await copies(store, 'certificates', count('products'), (i) => ({
    ...certificate,
    ...made(`gc${i}`, i),
    productId: productOf(i),
    producerId: ownerOf(i),
    evaluationId: `ge${i}`,
    number: `OCOP-G${i}`,
    issuedOn: addDays(today, -(i % 1_090)),
    expiresOn: addDays(today, 1_095 - (i % 1_090)),
  }));
  await copies(store, 'lots', count('lots'), (i) => ({
    ...lot,
    ...made(`gl${i}`, i),
    productId: productOf(i),
    producerId: ownerOf(i),
    number: `G-${i}`,
    expiresOn: addDays(today, i % 700),
  }));
  const perLot = BASE.batches / BASE.lots;
  const lotOf = (i: number): number => Math.floor(i / perLot);
  await copies(store, 'batches', count('batches'), (i) => ({
    ...batch,
    ...made(batchOf(i), i),
    productId: productOf(lotOf(i)),
    producerId: ownerOf(lotOf(i)),
    lotId: `gl${lotOf(i)}`,
    quantity: 1_000,
    issuedAt: at(i),
    activations: [{ from: 1, to: 1_000, lotId: `gl${lotOf(i)}`, at: at(i), by: 'system' }],
  }));
  await scan(store, count('tallies'), { now, batches: count('batches'), cases: count('cases') });
}

function batchOf(i: number): Id {
  return `${BATCH_PREFIX}${i.toString(16).toUpperCase().padStart(5, '0')}`;
}

async function copies<N extends CollectionName>(
  store: Store,
  name: N,
  count: number,
  make: (i: number) => Parameters<Store[N]['insert']>[0],
): Promise<void> {
  const collection = store[name] as unknown as Collection<Entity>;
  const { entity } = COLLECTIONS[name];
  const line = { at: new Date().toISOString(), actor: 'system', officeId: null, action: 'import', values: {} };
  await inPortions(count, (i) => {
    const doc = make(i) as unknown as Entity;
    const salt = randomBytes(16).toString('hex');
    return collection.insert(doc, { line: { ...line, entity: `${entity}:${doc.id}`, salt }, request: null });
  });
}

/** One scan of each stamp, and so many of some that they look copied. */
async function scan(
  store: Store,
  tallies: number,
  { now, batches, cases }: { now: Date; batches: number; cases: number },
): Promise<void> {
  const record = (i: number, serial: number, batch: number, n: number): Promise<unknown> => {
    const at = new Date(now.getTime() - (i % DAYS) * 86_400_000 - n * 660_000);
    return store.scans.record({
      id: `g${i}-${n}`,
      batchId: batchOf(batch),
      serial,
      at: at.toISOString(),
      day: at.toISOString().slice(0, 10),
      visitor: `${String(n).padStart(11, '0')}aaaa`,
      province: n % 3 === 1 ? 'Cà Mau' : 'Hà Nội',
      verdict: 'valid',
      unlessSuspect: null,
      signedIn: false,
    });
  };
  await inPortions(tallies, (i) => record(i, 1 + Math.floor(i / batches), i % batches, 0));
  for (let n = 1; n < CASE_SCANS; n += 1) await inPortions(cases, (i) => record(i, 1, i * 7, n));
}

async function inPortions(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => work(from + i)));
}

async function mustGet<N extends CollectionName>(
  store: Store,
  name: N,
  id: Id,
): Promise<NonNullable<Awaited<ReturnType<Store[N]['get']>>>> {
  const found = await store[name].get(id);
  if (found === null) throw new Error(`${name} ${id} is gone`);
  return found as NonNullable<Awaited<ReturnType<Store[N]['get']>>>;
}
