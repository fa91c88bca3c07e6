// Every index with the query it serves, and every shard key, in one place. A database has these indexes when all
// migrations have run (migrations.ts). A new index needs a new migration, and tests compare both with this table.
//
// Only features of every MongoDB-compatible server: single, compound, unique and sparse indexes. A unique index of a
// sharded collection must begin with its shard key, so sharded collections have no unique index except `_id`, and each
// `_id` is on one shard.

import type { mongo } from 'mongoose';
import { COLLECTION_NAMES, COLLECTIONS } from '../collections.ts';
import type { CollectionName } from '../store.ts';

export interface IndexSpec {
  name: string;
  key: Record<string, 1 | -1>;
  /** The query that would be slow, or the rule that would not hold, without it. */
  serves: string;
  unique?: true;
  /** Contains only documents that have the field. */
  sparse?: true;
}

/** Indexes by collection, as a migration or a new database makes them. */
export type IndexTable = Readonly<Record<string, readonly Omit<IndexSpec, 'serves'>[]>>;

/** The name under which a filter field is copied, because a dot would be a path. */
export function fieldName(field: string): string {
  return field.replaceAll('.', '_');
}

function recordIndexes(name: CollectionName): IndexSpec[] {
  const { filters, unique, words } = COLLECTIONS[name];
  return [
    { name: 'createdAt', key: { createdAt: -1, _id: -1 }, serves: 'list without a filter' },
    ...filters.map((field): IndexSpec => ({
      name: `filter.${fieldName(field)}`,
      key: { [`fields.${fieldName(field)}`]: 1, createdAt: -1, _id: -1 },
      serves: `list by ${field}`,
    })),
    ...Object.keys(unique).map((index): IndexSpec => ({
      name: `unique.${index}`,
      key: { [`unique.${index}`]: 1 },
      serves: `findBy ${index}, and no second one`,
      unique: true,
      sparse: true,
    })),
    {
      name: 'requestKeys',
      key: { requestKeys: 1 },
      serves: 'a request key changes one record once; the answer of a key',
      unique: true,
    },
    {
      name: 'outboxSince',
      key: { outboxSince: 1 },
      serves: 'lines that wait for the chain, oldest first',
      sparse: true,
    },
    ...(words === undefined
      ? []
      : [{ name: 'words', key: { words: 1 }, serves: 'search by the words of a record' } satisfies IndexSpec]),
  ];
}

const RECORD_INDEXES = Object.fromEntries(COLLECTION_NAMES.map((name) => [name, recordIndexes(name)]));

/** By collection. */
export const INDEXES: Readonly<Record<string, readonly IndexSpec[]>> = {
  ...RECORD_INDEXES,
  lines: [
    { name: 'outboxSince', key: { outboxSince: 1 }, serves: 'lines that wait for the chain, oldest first' },
    { name: 'entity', key: { entity: 1 }, serves: 'firstOf, while the line waits' },
  ],
  requestKeys: [{ name: 'at', key: { at: 1 }, serves: 'forgetRequestsBefore' }],
  audit: [
    { name: 'entity', key: { entity: 1, _id: 1 }, serves: 'firstOf, list of an entity, eraseValues' },
    { name: 'kind', key: { kind: 1, _id: 1 }, serves: 'list of a kind' },
    { name: 'officeId', key: { officeId: 1, _id: 1 }, serves: 'list of an office' },
    { name: 'line', key: { line: 1 }, serves: 'no line of an outbox enters the chain twice', unique: true },
    { name: 'concerns', key: { concerns: 1, kind: 1 }, serves: 'concerning', sparse: true },
  ],
  tallies: [
    { name: 'stamp', key: { batchId: 1, serial: 1 }, serves: 'scannedSince, stampsScanned' },
    { name: 'due', key: { due: 1 }, serves: 'which scans are pending, and of which batches', sparse: true },
    { name: 'visitsFrom', key: { visitsFrom: 1 }, serves: 'forgetVisitorsBefore', sparse: true },
    // With `serial` in the index, every tally would be in it: a sparse index takes documents that have any of its
    // fields. Tallies with `odd` are few.
    { name: 'odd', key: { odd: 1 }, serves: 'possibleCases', sparse: true },
  ],
  scans: [
    { name: 'batch', key: { batchId: 1, minute: -1, id: -1 }, serves: 'list and count of a batch, deleteScansBefore' },
    { name: 'stamp', key: { stamp: 1, minute: -1, id: -1 }, serves: 'list of a stamp' },
  ],
  refusals: [{ name: 'day', key: { day: 1 }, serves: 'refusals' }],
};

/**
 * How the collections that grow with scans are spread over shards. Hashed, so that a batch that the whole country scans
 * is spread over all of them. Everything else is small (an office's registry) or must be one (the chain) and stays on
 * one shard.
 */
export const SHARD_KEYS: Readonly<Record<string, { key: Record<string, 'hashed'>; why: string }>> = {
  tallies: { key: { _id: 'hashed' }, why: '_id is batch and serial; every write names it, so it goes to one shard' },
  scans: { key: { stamp: 'hashed' }, why: 'batch and serial; _id begins with them, so equal ids meet on one shard' },
  batchTallies: { key: { _id: 'hashed' }, why: '_id is the batch' },
  requestKeys: { key: { _id: 'hashed' }, why: '_id is the key, which is a hash' },
  files: { key: { _id: 'hashed' }, why: '_id is random' },
};

/** Makes the indexes that are missing; safe if several servers do it at once. */
export async function makeIndexes(db: mongo.Db, indexes: IndexTable): Promise<void> {
  for (const [collection, specs] of Object.entries(indexes)) {
    const made = specs.map(({ name, key, unique, sparse }): mongo.IndexDescription => ({
      name,
      key,
      ...(unique === undefined ? {} : { unique }),
      ...(sparse === undefined ? {} : { sparse }),
    }));
    await db.collection(collection).createIndexes(made);
  }
}
