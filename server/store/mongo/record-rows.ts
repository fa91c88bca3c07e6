// A record as a document: its canonical JSON with its seal, and copies of the fields it is found by. If a copy differs
// from the record, the document was tampered with.

import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { COLLECTIONS, valueAt, wordsOf } from '../collections.ts';
import { isSealOf, sealText } from '../row-seal.ts';
import { StoreError, type CollectionName } from '../store.ts';
import { fieldName } from './indexes.ts';
import type { FieldCopy, RecordDoc } from './schemas.ts';

export type StoredRecord = Pick<RecordDoc, '_id' | 'version' | 'createdAt' | 'doc' | 'seal' | 'fields' | 'unique'>;
/** The projection that reads a record. */
export const STORED = { _id: 1, version: 1, createdAt: 1, doc: 1, seal: 1, fields: 1, unique: 1 } as const;

/** Of records that were not removed: a removed one stands until its line is in the chain. */
export const STANDING = { removed: null } as const;

/** The fields that change with each version of a record. */
export function contentOf(
  name: CollectionName,
  rowKey: Uint8Array,
  doc: Entity,
): Pick<RecordDoc, 'version' | 'doc' | 'seal' | 'fields' | 'unique' | 'words'> {
  const text = canonicalJson(doc);
  return {
    version: doc.version,
    doc: text,
    seal: sealText(rowKey, name, text),
    fields: fieldsOf(name, doc),
    unique: uniqueOf(name, doc),
    words: wordsOf(name, doc),
  };
}

/** @throws StoreError `tampered` */
export function recordOf<T extends Entity>(name: CollectionName, rowKey: Uint8Array, row: StoredRecord): T {
  if (!isSealOf(rowKey, name, row.doc, row.seal)) throw tampered(name, row._id);
  const doc = parsed<T>(name, row._id, row.doc);
  if (doc.id !== row._id || !copiesAgree(name, row, doc)) throw tampered(name, row._id);
  return doc;
}

/** A record that another store sealed, as it is stored here; its line is already in the chain. */
export function movedRecord(name: CollectionName, text: string, seal: Uint8Array | null): RecordDoc {
  const doc = JSON.parse(text) as Entity;
  const { id, version, createdAt } = doc;
  const copies = { fields: fieldsOf(name, doc), unique: uniqueOf(name, doc), words: wordsOf(name, doc) };
  return { _id: id, version, createdAt, doc: text, seal, ...copies, requestKeys: [ownKey(doc)], outbox: [] };
}

/** Keeps the indexed array of request keys from being empty. No request has this key, because keys are hashes. */
export function ownKey(doc: Entity): string {
  return `of ${doc.id}`;
}

/** A copy for an index. Unlike JSON, BSON has no lone surrogates: copies are compared as BSON stores them. */
export function copyOf(value: unknown): FieldCopy {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function fieldsOf(name: CollectionName, doc: Entity): RecordDoc['fields'] {
  return Object.fromEntries(COLLECTIONS[name].filters.map((field) => [fieldName(field), copyOf(valueAt(doc, field))]));
}

export function uniqueKey(values: readonly FieldCopy[]): string {
  return JSON.stringify(values.map(copyOf));
}

export function uniqueOf(name: CollectionName, doc: Entity): RecordDoc['unique'] {
  const unique: RecordDoc['unique'] = {};
  for (const [index, fields] of Object.entries(COLLECTIONS[name].unique)) {
    const values = fields.map((field) => copyOf(valueAt(doc, field)));
    if (!values.includes(null)) unique[index] = uniqueKey(values);
  }
  return unique;
}

/** Whether the copies of a document agree with its record. */
function copiesAgree(name: CollectionName, row: StoredRecord, doc: Entity): boolean {
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
