// Gathers from the store everything that the pages of one batch's stamps depend on. Nothing is kept here;
// batch-cache.ts does that.

import { withoutSecret, type Batch } from '../domain/batches/batch.ts';
import type { Entity, Id } from '../domain/entity.ts';
import type { Lot } from '../domain/lots/lot.ts';
import { mayTouch } from '../domain/recalls/recall.ts';
import type { Product } from '../domain/registry/product.ts';
import type { BatchFacts } from '../domain/stamp/stamp-facts.ts';
import type { BatchTally } from '../domain/stamp/tally.ts';
import { mustGet } from '../store/must-get.ts';
import { StoreError, type Collection, type CollectionName, type Store } from '../store/store.ts';
import { differs, disagreementOf } from '../store/witness.ts';

export interface LoadedBatch {
  facts: BatchFacts;
  batchTally: BatchTally | null;
  /** Every record that it depends on, as `lots:ID`. */
  rests: ReadonlySet<string>;
  /** Ids and versions of these records; equal if nothing changed. */
  fingerprint: string;
}

const PAGE_LIMIT = 200;
/** More certificates or recalls of one producer (10,000) would be a fault of the data. */
const PAGES_MAX = 50;

/**
 * The records and the chain are read one after the other, so a change in between makes them differ once. Each attempt
 * reads everything again, and another change would have to happen during each.
 */
const TRIES_MAX = 4;

/**
 * Everything that a batch's pages depend on, checked against the audit chain: each record is its last version, and no
 * record that the chain names is missing.
 * @param batch as read at most a few seconds ago
 * @throws StoreError if a record cannot be read, or is not as the chain states
 */
export async function loadBatch(store: Store, batch: Batch): Promise<LoadedBatch> {
  let current = batch;
  for (let tries = 1; ; tries += 1) {
    const { loaded, heldTo } = await gather(store, current);
    const disagreement = await disagreementOf(store, heldTo, current.producerId);
    if (disagreement === null) return loaded;
    const { entity, found, stated } = disagreement;
    if (tries === TRIES_MAX) {
      const error = differs(entity, found, stated);
      store.alarm(error);
      throw error;
    }
    current = await mustGet(store.batches, batch.id);
  }
}

interface Held {
  name: CollectionName;
  record: Entity;
}

interface Gathered {
  loaded: LoadedBatch;
  /** The records it depends on, and all other recalls and certificates of the producer. */
  heldTo: Held[];
}

async function gather(store: Store, batch: Batch): Promise<Gathered> {
  const lotIds = new Set(batch.activations.map((activation) => activation.lotId));
  if (batch.lotId !== null) lotIds.add(batch.lotId);
  const [office, producer, lots, certificates, recalls, batchTally] = await Promise.all([
    mustGet(store.offices, batch.officeId),
    mustGet(store.producers, batch.producerId),
    Promise.all([...lotIds].map((id) => mustGet(store.lots, id))),
    listAll(store.certificates, batch.producerId),
    listAll(store.recalls, batch.producerId),
    store.scans.recentBatchTallyOf(batch.id),
  ]);

  const productIds = new Set(lots.map((lot) => lot.productId));
  if (batch.lotId === null && batch.productId !== null) productIds.add(batch.productId);
  const products = await Promise.all([...productIds].map((id) => mustGet(store.products, id)));

  const touching = recalls.filter(({ scope }) => mayTouch(scope, { id: batch.id, lotIds, productIds }));
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
  const own = [
    ...held('batches', [batch]),
    ...held('offices', [office]),
    ...held('producers', [producer]),
    ...held('products', products),
    ...held('lots', lots),
  ];
  const records = [...own, ...held('certificates', covering), ...held('recalls', touching)];
  return {
    heldTo: [...own, ...held('certificates', certificates), ...held('recalls', recalls)],
    loaded: {
      facts,
      batchTally,
      rests: new Set(records.map(({ name, record }) => `${name}:${record.id}`)),
      fingerprint: records.map(({ name, record: { id, version } }) => `${name}:${id}@${version}`).join(' '),
    },
  };
}

function held(name: CollectionName, records: readonly Entity[]): Held[] {
  return records.map((record) => ({ name, record }));
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
