// Deletes stored files that no record names: pictures that were replaced before a buyer could see them
// (actions/registry/set-product-photo.ts), reports of a trial, files whose record was refused. What was published is
// named in its record and stays (Decree 37/2026 art. 53.3). Files without a day in their id are of before version 1.1,
// when records did not name what they had published; they stay.
//
// A file is deleted when two rounds found it unnamed: a record may be copied while a round reads.

import { setImmediate as turn } from 'node:timers/promises';
import type { Entity, Id } from '../domain/entity.ts';
import { fileAgeDays } from '../domain/file-id.ts';
import { COLLECTION_NAMES } from '../store/collections.ts';
import type { Collection, CollectionName, Store } from '../store/store.ts';

/** A file is stored before the record that names it, within a minute. */
export const SWEPT_AFTER_DAYS = 2;
/** Files of one round, some 5 MB of ids; the next round goes on behind them. */
const FILES_MAX = 50_000;
const IDS_AT_ONCE = 1_000;
/** Records read at once: a millisecond, between which look-ups are answered. */
const RECORDS_AT_ONCE = 50;

export class FileSweep {
  private readonly store: Store;
  private after: Id = '';
  private unnamedBefore: ReadonlySet<Id> = new Set();

  constructor(store: Store) {
    this.store = store;
  }

  /** One round. Returns how many files were deleted. @throws StoreError, and nothing is deleted that was not read */
  async round(now: Date): Promise<number> {
    const unnamed = await this.oldFiles(now);
    for (const name of COLLECTION_NAMES) {
      if (unnamed.size === 0) break;
      for await (const record of recordsOf(this.store, name)) takeNamed(record, unnamed);
    }
    let deleted = 0;
    for (const id of unnamed) {
      if (!this.unnamedBefore.has(id)) continue;
      await this.store.files.remove(id);
      unnamed.delete(id);
      deleted += 1;
    }
    this.unnamedBefore = unnamed;
    return deleted;
  }

  private async oldFiles(now: Date): Promise<Set<Id>> {
    const old = new Set<Id>();
    while (old.size < FILES_MAX) {
      const ids = await this.store.files.ids(this.after, IDS_AT_ONCE);
      for (const id of ids) if ((fileAgeDays(id, now) ?? 0) >= SWEPT_AFTER_DAYS) old.add(id);
      this.after = ids.at(-1) ?? '';
      if (ids.length < IDS_AT_ONCE) {
        this.after = '';
        break;
      }
      await turn();
    }
    return old;
  }
}

async function* recordsOf(store: Store, name: CollectionName): AsyncGenerator<Entity> {
  const collection = store[name] as unknown as Collection<Entity>;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof collection.list>> = await collection.list(
      {},
      { limit: RECORDS_AT_ONCE, after },
    );
    yield* page.items;
    after = page.next;
    await turn();
  } while (after !== null);
}

/** Takes from `ids` each one that is a value anywhere in the record. */
function takeNamed(value: unknown, ids: Set<Id>): void {
  if (typeof value === 'string') ids.delete(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) takeNamed(part, ids);
}
