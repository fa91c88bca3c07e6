// Gathers from the store all that the pages of one batch's stamps rest on. Nothing here is kept: batch-cache.ts does
// that.

import { withoutSecret, type Batch } from '../domain/batches/batch.ts';
import type { Entity, Id } from '../domain/entity.ts';
import type { Lot } from '../domain/lots/lot.ts';
import type { Product } from '../domain/registry/product.ts';
import type { BatchFacts } from '../domain/stamp/stamp-facts.ts';
import type { BatchTally } from '../domain/stamp/tally.ts';
import { checkIssueLine } from './own-stamp.ts';
import { mustGet } from '../store/must-get.ts';
import { StoreError, type Collection, type CollectionName, type Store } from '../store/store.ts';

export interface LoadedBatch {
  facts: BatchFacts;
  batchTally: BatchTally | null;
  /** Every record it rests on, as `lots:ID`. */
  rests: ReadonlySet<string>;
  /** Ids and versions of these records: equal when nothing changed. */
  fingerprint: string;
}

const PAGE_LIMIT = 200;
/** A producer with more certificates or recalls than this is a fault of the data: 10,000. */
const PAGES_MAX = 50;

/** @throws StoreError when a record cannot be read, is missing, or the batch has no issue line in the audit chain */
export async function loadBatch(store: Store, batch: Batch): Promise<LoadedBatch> {
  const lotIds = new Set(batch.activations.map((activation) => activation.lotId));
  if (batch.lotId !== null) lotIds.add(batch.lotId);
  const [office, producer, lots, certificates, recalls, batchTally] = await Promise.all([
    mustGet(store.offices, batch.officeId),
    mustGet(store.producers, batch.producerId),
    Promise.all([...lotIds].map((id) => mustGet(store.lots, id))),
    listAll(store.certificates, batch.producerId),
    listAll(store.recalls, batch.producerId),
    store.scans.recentBatchTallyOf(batch.id),
    checkIssueLine(store, batch.id),
  ]);

  const productIds = new Set(lots.map((lot) => lot.productId));
  if (batch.lotId === null && batch.productId !== null) productIds.add(batch.productId);
  const products = await Promise.all([...productIds].map((id) => mustGet(store.products, id)));

  const touching = recalls.filter(({ scope }) => {
    if (scope.kind === 'product') return productIds.has(scope.productId);
    return scope.kind === 'lot' ? lotIds.has(scope.lotId) : scope.batchId === batch.id;
  });
  const covering = certificates.filter(({ productId }) => productId === null || productIds.has(productId));

  const facts: BatchFacts = {
    batch: withoutSecret(batch),
    office,
    producer,
    products: byId<Product>(products),
    lots: byId<Lot>(lots),
    certificates: covering,
    recalls: touching,
  };
  const records: [CollectionName, Entity][] = [
    ['batches', batch],
    ['offices', office],
    ['producers', producer],
    ...products.map((product): [CollectionName, Entity] => ['products', product]),
    ...lots.map((lot): [CollectionName, Entity] => ['lots', lot]),
    ...covering.map((certificate): [CollectionName, Entity] => ['certificates', certificate]),
    ...touching.map((recall): [CollectionName, Entity] => ['recalls', recall]),
  ];
  return {
    facts,
    batchTally,
    rests: new Set(records.map(([collection, { id }]) => `${collection}:${id}`)),
    fingerprint: records.map(([collection, { id, version }]) => `${collection}:${id}@${version}`).join(' '),
  };
}

async function listAll<T extends Entity>(collection: Collection<T>, producerId: Id): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const { items: more, next } = await collection.list({ producerId }, { limit: PAGE_LIMIT, after });
    items.push(...more);
    if (next === null) return items;
    after = next;
  }
  throw new StoreError('unavailable', `producer ${producerId} has more records than a scan can read`);
}

function byId<T extends Entity>(records: T[]): Map<Id, T> {
  return new Map(records.map((record) => [record.id, record]));
}
