// Batches that are being scanned, kept in memory. A change made through this process drops what depends on it at once.
// A change made by another process is seen within three seconds, because an older entry is read again before it is
// used. Unknown batch ids are kept too, in a separate list, with the keys of a batch that does not exist, so that
// refusing them costs as much as refusing a forged code.

import type { Batch } from '../domain/batches/batch.ts';
import type { Id } from '../domain/entity.ts';
import type { BatchKeys } from '../domain/stamp/stamp-keys.ts';
import { BoundedMap } from '../kit/bounded-map.ts';
import type { CollectionName, Store } from '../store/store.ts';
import { differs, entityOf, GONE } from '../store/witness.ts';
import { loadBatch, type LoadedBatch } from './load-batch.ts';
import { batchKeys, nobodysKeys } from './own-stamp.ts';

/** How long an entry may be used without asking the store again. */
export const ENTRY_MS_MAX = 3_000;
/** A batch with its facts takes some tens of kilobytes. */
const BATCHES_MAX = 2_000;
/** An unknown id takes a hundred bytes; a flood of them must not displace batches. */
const UNKNOWN_MAX = 10_000;
/** Record and chain are two reads: a batch that is made between them is there at the next look. */
const TRIES_MAX = 3;

export interface BatchEntry {
  readonly keys: BatchKeys;
  /** Null: no batch has this id. */
  readonly batch: Batch | null;
  readonly readAtMs: number;
  /** Read when the first right tag needs them. */
  facts: CachedFacts | null;
  reading: Promise<CachedFacts> | null;
  /** Facts of the previous entry; if they turn out the same, they keep their edition. */
  readonly earlier: CachedFacts | null;
}

export interface CachedFacts extends LoadedBatch {
  /** Identifies these facts among all that this process has read; the same number means the same facts. */
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

/** A batch row being read. If it changed meanwhile, the result is used once and not kept. */
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
    // No entry depends on a new recall or certificate yet, so all entries are read again.
    const all = collection === 'recalls' || collection === 'certificates';
    for (const [batchId, entry] of known) {
      if (all || entry.reading !== null || entry.facts?.rests.has(`${collection}:${id}`) === true)
        known.delete(batchId);
    }
  }

  function entryOf(batchId: Id, nowMs: number): BatchEntry | Promise<BatchEntry> {
    const entry = known.get(batchId) ?? unknown.get(batchId) ?? null;
    if (entry !== null && isFresh(entry, nowMs)) {
      listOf(entry).set(batchId, entry); // now the newest entry
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
      const batch = await readBatch(batchId);
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

  /**
   * The batch; null if the chain does not know it either. Both are asked for every id, so that an invented id costs as
   * much as a real one.
   * @throws StoreError `tampered` for a batch that is gone but in the chain
   */
  async function readBatch(batchId: Id): Promise<Batch | null> {
    for (let tries = 1; ; tries += 1) {
      const batch = await store.batches.get(batchId);
      const entity = entityOf('batches', batchId);
      const stated = (await store.audit.lastVersions([entity])).get(entity) ?? GONE;
      if (batch !== null || stated === GONE) return batch;
      // It may have been made between the two looks.
      if (tries < TRIES_MAX) continue;
      const error = differs(entity, null, stated);
      store.alarm(error);
      throw error;
    }
  }

  /** @throws StoreError if the secret does not open */
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
  return age >= 0 && age < ENTRY_MS_MAX; // a clock that was set back makes every entry old
}

/** Collections whose records a stamp's page shows. */
const SHOWN: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'offices',
  'producers',
  'products',
  'lots',
  'certificates',
  'recalls',
]);
