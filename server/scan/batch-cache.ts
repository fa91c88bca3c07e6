// Batches that are being scanned, kept in memory. A change made through this process drops what rests on it at once;
// one made by another is seen within three seconds, for an older entry is read again before it is used. Ids that no
// batch has are kept too, in a separate list, with the keys of a batch that does not exist: refusing them costs what
// refusing a forged code costs.

import type { Batch } from '../domain/batches/batch.ts';
import type { Id } from '../domain/entity.ts';
import type { BatchKeys } from '../domain/stamp/stamp-keys.ts';
import { BoundedMap } from '../kit/bounded-map.ts';
import type { CollectionName, Store } from '../store/store.ts';
import { loadBatch, type LoadedBatch } from './load-batch.ts';
import { batchKeys, nobodysKeys } from './own-stamp.ts';

/** How long an entry may be used without another look at the store. */
export const ENTRY_MS_MAX = 3_000;
/** A batch with its facts is some tens of kilobytes. */
const BATCHES_MAX = 2_000;
/** An id that no batch has is a hundred bytes; a flood of them must not push out batches. */
const UNKNOWN_MAX = 10_000;

export interface BatchEntry {
  readonly keys: BatchKeys;
  /** Null: no batch has this id. */
  readonly batch: Batch | null;
  readonly readAtMs: number;
  /** Read when the first right tag asks for it. */
  facts: CachedFacts | null;
  reading: Promise<CachedFacts> | null;
  /** What an entry before this one held: facts that turn out the same stay the same edition. */
  readonly earlier: CachedFacts | null;
}

export interface CachedFacts extends LoadedBatch {
  /** Names these facts among all that this process has read; the same number, the same facts. */
  readonly edition: number;
}

export interface BatchCache {
  entryOf(batchId: Id, nowMs: number): BatchEntry | Promise<BatchEntry>;
  /** @throws StoreError, through the promise */
  factsOf(entry: BatchEntry): CachedFacts | Promise<CachedFacts>;
  /** Stops listening to the store. */
  stop(): void;
}

export interface BatchCacheDeps {
  store: Store;
  /** Null: the wrapped secret or a field bound to it was changed. */
  unwrap: (batch: Batch) => BatchKeys | null;
  random: (bytes: number) => Uint8Array;
}

/** A batch row being read; overtaken when it changed meanwhile, so that what was read is used once and not kept. */
interface Reading {
  entry: Promise<BatchEntry>;
  overtaken: boolean;
}

export function makeBatchCache({ store, unwrap, random }: BatchCacheDeps): BatchCache {
  const known = new BoundedMap<Id, BatchEntry>(BATCHES_MAX);
  const unknown = new BoundedMap<Id, BatchEntry>(UNKNOWN_MAX);
  const listOf = ({ batch }: BatchEntry): BoundedMap<Id, BatchEntry> => (batch === null ? unknown : known);
  const readings = new Map<Id, Reading>();
  const noKeys = nobodysKeys(random);
  let edition = 0;

  const stop = store.onChange((collection, id) => {
    if (collection === 'batches') dropBatch(id);
    else if (SHOWN.has(collection)) dropResting(collection, id);
  });

  function dropBatch(id: Id): void {
    known.delete(id);
    unknown.delete(id);
    const reading = readings.get(id);
    if (reading !== undefined) reading.overtaken = true;
    readings.delete(id);
  }

  function dropResting(collection: CollectionName, id: Id): void {
    // A new recall or certificate rests in no entry yet: whom it touches is found by reading again.
    const all = collection === 'recalls' || collection === 'certificates';
    for (const [batchId, entry] of known) {
      if (all || entry.reading !== null || entry.facts?.rests.has(`${collection}:${id}`) === true)
        known.delete(batchId);
    }
  }

  function entryOf(batchId: Id, nowMs: number): BatchEntry | Promise<BatchEntry> {
    const entry = known.get(batchId) ?? unknown.get(batchId) ?? null;
    if (entry !== null && isFresh(entry, nowMs)) {
      listOf(entry).set(batchId, entry); // the newest now
      return entry;
    }
    const begun = readings.get(batchId);
    if (begun !== undefined) return begun.entry;
    const reading: Reading = {
      entry: Promise.resolve().then(() => readEntry(batchId, nowMs, entry, reading)),
      overtaken: false,
    };
    readings.set(batchId, reading);
    return reading.entry;
  }

  async function readEntry(
    batchId: Id,
    readAtMs: number,
    before: BatchEntry | null,
    reading: Reading,
  ): Promise<BatchEntry> {
    try {
      const batch = await store.batches.get(batchId);
      const entry: BatchEntry = {
        keys: batch === null ? noKeys : keysOf(batch, before),
        batch,
        readAtMs,
        facts: null,
        reading: null,
        earlier: before?.facts ?? before?.earlier ?? null,
      };
      if (!reading.overtaken) keep(batchId, entry);
      return entry;
    } finally {
      if (readings.get(batchId) === reading) readings.delete(batchId);
    }
  }

  /** @throws StoreError when the secret does not open */
  function keysOf(batch: Batch, before: BatchEntry | null): BatchKeys {
    if (
      before !== null &&
      before.batch !== null &&
      before.batch.wrappedSecret === batch.wrappedSecret &&
      before.batch.version === batch.version
    ) {
      return before.keys;
    }
    return batchKeys(batch, unwrap);
  }

  function keep(batchId: Id, entry: BatchEntry): void {
    known.delete(batchId);
    unknown.delete(batchId);
    listOf(entry).set(batchId, entry);
  }

  function factsOf(entry: BatchEntry): CachedFacts | Promise<CachedFacts> {
    if (entry.facts !== null) return entry.facts;
    entry.reading ??= readFacts(entry).finally(() => {
      entry.reading = null;
    });
    return entry.reading;
  }

  async function readFacts(entry: BatchEntry): Promise<CachedFacts> {
    if (entry.batch === null) throw new TypeError('a batch that does not exist has no facts');
    const loaded = await loadBatch(store, entry.batch);
    const { earlier } = entry;
    const same = earlier !== null && earlier.fingerprint === loaded.fingerprint;
    entry.facts = same ? { ...earlier, batchTally: loaded.batchTally } : { ...loaded, edition: ++edition };
    return entry.facts;
  }

  return { entryOf, factsOf, stop };
}

function isFresh(entry: BatchEntry, nowMs: number): boolean {
  const age = nowMs - entry.readAtMs;
  return age >= 0 && age < ENTRY_MS_MAX; // a clock set back makes every entry old
}

/** Collections whose records stand on a stamp's page. */
const SHOWN: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'offices',
  'producers',
  'products',
  'lots',
  'certificates',
  'recalls',
]);
