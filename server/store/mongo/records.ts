// Records of every collection, driven by store/collections.ts. A change, its audit line and its request key are one write of
// one document; who was first is decided by the version in the filter and by unique indexes, never by a look before.

import { setTimeout as wait } from 'node:timers/promises';
import type { Model, QueryFilter } from 'mongoose';
import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { COLLECTIONS } from '../collections.ts';
import { cursorAfter, cursorOf, limitOf } from '../cursor.ts';
import { PageRows } from '../page-rows.ts';
import { isSealOf, sealText } from '../row-seal.ts';
import {
  StoreError,
  type Collection,
  type CollectionName,
  type Filter,
  type InsertOutcome,
  type Page,
  type PageRequest,
  type Replayed,
  type ReplaceOutcome,
  type WriteNote,
} from '../store.ts';
import { isDuplicate, type Link } from './connection.ts';
import { fieldName } from './indexes.ts';
import type { Outbox } from './outbox.ts';
import type { RequestKeys } from './request-keys.ts';
import type { FieldCopy, Models, RecordDoc } from './schemas.ts';

/** A refusal whose reason is gone when we look (the other write was undone) is tried again so often. */
const TRIES_MAX = 5;
const TRY_AGAIN_MS = 20;

export interface RecordParts {
  link: Link;
  models: Models;
  rowKey: Uint8Array;
  outbox: Outbox;
  requestKeys: RequestKeys;
  changed: (collection: CollectionName, id: Id) => void;
}

type Duplicate = Extract<InsertOutcome, { kind: 'duplicate' }>;
type Stored = Pick<RecordDoc, '_id' | 'version' | 'createdAt' | 'doc' | 'seal' | 'fields' | 'unique'>;
const STORED = { _id: 1, version: 1, createdAt: 1, doc: 1, seal: 1, fields: 1, unique: 1 } as const;

export function recordsOf<T extends Entity>(name: CollectionName, parts: RecordParts): Collection<T> {
  const { link, rowKey, outbox, requestKeys } = parts;
  const shape = COLLECTIONS[name];
  const model: Model<RecordDoc> = parts.models.records[name];

  const contentOf = (doc: T): Pick<RecordDoc, 'version' | 'doc' | 'seal' | 'fields' | 'unique'> => {
    const text = canonicalJson(doc);
    const seal = shape.sealed ? sealText(rowKey, name, text) : null;
    return { version: doc.version, doc: text, seal, fields: fieldsOf(name, doc), unique: uniqueOf(name, doc) };
  };

  const docOf = (row: Stored): T => {
    if (shape.sealed && !isSealOf(rowKey, name, row.doc, row.seal)) throw tampered(name, row._id);
    const doc = parsed<T>(name, row._id, row.doc);
    if (doc.id !== row._id || (shape.sealed && !copiesAgree(name, row, doc))) throw tampered(name, row._id);
    return doc;
  };

  const find = (filter: QueryFilter<RecordDoc>): Promise<Stored | null> =>
    model.findOne(filter, STORED).lean<Stored>().exec();

  const pageOf = async (filter: QueryFilter<RecordDoc>, limit: number): Promise<PageRows<Stored>> => {
    const page = new PageRows<Stored>(limit);
    const found = model
      .find(filter, STORED)
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean<Stored[]>();
    for await (const row of found.cursor() as AsyncIterable<Stored>) if (!page.take(row, row.doc.length)) break;
    return page;
  };

  /** Which unique index refused a record, or null where none would now. */
  const refusalOf = async (doc: T, isNew: boolean): Promise<string | null> => {
    if (isNew && (await model.exists({ _id: doc.id })) !== null) return 'id';
    for (const [index, key] of Object.entries(uniqueOf(name, doc))) {
      const holder = await model.exists({ [`unique.${index}`]: key, _id: { $ne: doc.id } });
      if (holder !== null) return index;
    }
    return null;
  };

  /** Reserves the request key, writes, and lets go of the key where the write was refused. */
  const withKey = async <O extends InsertOutcome | ReplaceOutcome>(
    note: WriteNote,
    write: () => Promise<O>,
  ): Promise<O | Replayed> => {
    const { line, request } = note;
    if (request === null) return write();
    const reservation = await requestKeys.reserve(name, request, line.at);
    if (reservation.kind === 'replayed') return reservation;
    const outcome = await write();
    if (outcome.kind === 'duplicate' || outcome.kind === 'conflict')
      await requestKeys.release(request.key, reservation.token);
    return outcome;
  };

  const replayOf = async ({ request }: WriteNote): Promise<Replayed | null> => {
    const seen = request === null ? null : await requestKeys.find(request.key);
    return seen === null ? null : { kind: 'replayed', ...seen };
  };

  /** Tries a write until it is done or what refuses it has a name. */
  const decided = async <O>(
    doc: T,
    isNew: boolean,
    note: WriteNote,
    write: () => Promise<O>,
  ): Promise<O | Replayed | Duplicate> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const replayed = await replayOf(note);
        if (replayed !== null) return replayed;
        const index = await refusalOf(doc, isNew);
        if (index !== null) return { kind: 'duplicate', index };
        if (tries === TRIES_MAX)
          throw new StoreError('unavailable', `${name} ${doc.id} is refused, and nobody can say why`, error);
        await wait(tries * TRY_AGAIN_MS);
      }
    }
  };

  const insert = (doc: T, note: WriteNote): Promise<InsertOutcome> => {
    const entry = outbox.entryOf(note);
    const row: RecordDoc = {
      _id: doc.id,
      createdAt: doc.createdAt,
      ...contentOf(doc),
      requestKeys: note.request === null ? [ownKey(doc)] : [ownKey(doc), note.request.key],
      outbox: [entry],
      outboxSince: entry.tick,
    };
    return decided<InsertOutcome>(doc, true, note, async () => {
      await model.insertMany([row]);
      return { kind: 'added' };
    });
  };

  const replace = (doc: T, note: WriteNote): Promise<ReplaceOutcome> => {
    const entry = outbox.entryOf(note);
    const { request } = note;
    const current = { _id: doc.id, version: doc.version - 1 };
    const filter: QueryFilter<RecordDoc> =
      request === null ? current : { ...current, requestKeys: { $ne: request.key } };
    const push = request === null ? { outbox: entry } : { outbox: entry, requestKeys: request.key };
    return decided<ReplaceOutcome>(doc, false, note, async () => {
      const { matchedCount } = await model.updateOne(filter, {
        $set: contentOf(doc),
        $push: push,
        $min: { outboxSince: entry.tick },
      });
      return matchedCount === 1 ? { kind: 'replaced' } : ((await replayOf(note)) ?? { kind: 'conflict' });
    });
  };

  return {
    async get(id) {
      const row = await link.read(() => find({ _id: id }));
      return row === null ? null : docOf(row);
    },

    async findBy(index, values) {
      const fields = shape.unique[index];
      if (fields?.length !== values.length)
        throw new RangeError(`${name} has no unique index ${index} of ${values.length} fields`);
      const row = await link.read(() => find({ [`unique.${index}`]: uniqueKey(values) }));
      return row === null ? null : docOf(row);
    },

    async list(filter: Filter, page: PageRequest): Promise<Page<T>> {
      const limit = limitOf(page);
      const unknown = Object.keys(filter).find((field) => !shape.filters.includes(field));
      if (unknown !== undefined) throw new RangeError(`${name} cannot be filtered by ${unknown}`);
      const wanted = Object.fromEntries(
        Object.entries(filter).map(([field, value]) => [`fields.${fieldName(field)}`, copyOf(value)]),
      );
      const behind = page.after === null ? {} : afterCursor(page.after);
      const { rows, hasMore } = await link.read(() => pageOf({ ...wanted, ...behind }, limit));
      const last = rows.at(-1);
      return {
        items: rows.map(docOf),
        next: hasMore && last !== undefined ? cursorOf([last.createdAt, last._id]) : null,
      };
    },

    async insert(doc, note) {
      const outcome = await link.write(() => withKey(note, () => insert(doc, note)));
      if (outcome.kind === 'added') parts.changed(name, doc.id);
      return outcome;
    },

    async replace(doc, note) {
      const outcome = await link.write(() => withKey(note, () => replace(doc, note)));
      if (outcome.kind === 'replaced') parts.changed(name, doc.id);
      return outcome;
    },
  };
}

/** A record that another store sealed, as it is kept here; its line stands in the chain already. */
export function movedRecord(name: CollectionName, text: string, seal: Uint8Array | null): RecordDoc {
  const doc = JSON.parse(text) as Entity;
  const { id, version, createdAt } = doc;
  const copies = { fields: fieldsOf(name, doc), unique: uniqueOf(name, doc) };
  return { _id: id, version, createdAt, doc: text, seal, ...copies, requestKeys: [ownKey(doc)], outbox: [] };
}

/** @throws RangeError for an unreadable cursor */
function afterCursor(after: string): QueryFilter<RecordDoc> {
  const [createdAt, id] = cursorAfter(after, ['string', 'string']) as [string, string];
  return { createdAt: { $lte: createdAt }, $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
}

/** No request's key: those are hashes. It keeps the indexed array of a record from being empty. */
function ownKey(doc: Entity): string {
  return `of ${doc.id}`;
}

/** A copy for an index. BSON has no lone surrogates, JSON does: copies are compared as BSON keeps them. */
function copyOf(value: unknown): FieldCopy {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The value at a dotted path, or null. */
function valueAt(doc: Entity, field: string): unknown {
  let value: unknown = doc;
  for (const key of field.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function fieldsOf(name: CollectionName, doc: Entity): RecordDoc['fields'] {
  return Object.fromEntries(COLLECTIONS[name].filters.map((field) => [fieldName(field), copyOf(valueAt(doc, field))]));
}

function uniqueKey(values: readonly FieldCopy[]): string {
  return JSON.stringify(values.map(copyOf));
}

function uniqueOf(name: CollectionName, doc: Entity): RecordDoc['unique'] {
  const unique: RecordDoc['unique'] = {};
  for (const [index, fields] of Object.entries(COLLECTIONS[name].unique)) {
    const values = fields.map((field) => copyOf(valueAt(doc, field)));
    if (!values.includes(null)) unique[index] = uniqueKey(values);
  }
  return unique;
}

/** Whether what a document is found by is what it says. */
function copiesAgree(name: CollectionName, row: Stored, doc: Entity): boolean {
  return (
    row.version === doc.version &&
    row.createdAt === doc.createdAt &&
    canonicalJson(row.fields) === canonicalJson(fieldsOf(name, doc)) &&
    canonicalJson(row.unique) === canonicalJson(uniqueOf(name, doc))
  );
}

function parsed<T>(name: CollectionName, id: Id, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw tampered(name, id, error);
  }
}

function tampered(name: CollectionName, id: Id, cause?: unknown): StoreError {
  return new StoreError('tampered', `${name} ${id} is not as it was written`, cause);
}
