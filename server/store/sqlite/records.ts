// The records of every collection, driven by store/collections.ts. Table and column names come only from that table, so
// SQL may be put together from them here; values are always bound.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Entity, Id } from '../../domain/entity.ts';
import { termsMatcher } from '../../domain/search-words.ts';
import { coarsenessOf, COLLECTIONS, type CollectionShape, wordsOf } from '../collections.ts';
import { requestText } from '../seal-texts.ts';
import { isSealOf, sealText } from '../row-seal.ts';
import {
  StoreError,
  type Collection,
  type CollectionName,
  type Filter,
  type InsertOutcome,
  type Page,
  type PageRequest,
  type RemoveOutcome,
  type Replayed,
  type ReplaceOutcome,
} from '../store.ts';
import type { AuditWriter } from './audit-writer.ts';
import { prepare, prepareReading, readEach, readRow, rowOf, violatedColumns, type Cell } from './connection.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { PageRows } from '../page-rows.ts';
import type { NoteRow, RecordRow, RequestRow } from './messages.ts';
import { wordsReader, WordsWriter } from './words.ts';
import type { Seals } from '../seals.ts';

const FIND_REQUEST = `select key, at, body_hash, answer, mac from request_key where key = ?`;
const ADD_REQUEST = `insert into request_key (key, at, body_hash, answer, mac) values (?, ?, ?, ?, ?)`;
const FORGET_REQUESTS = `delete from request_key where key in (select key from request_key where at < ? limit ?)`;

/** The columns from which a record is read. */
export const STORED = 'id, doc, mac, created_at, version';

const SQL = {
  insert: (table: CollectionName) =>
    `insert into "${table}" (id, version, created_at, doc, mac) values (?, ?, ?, ?, ?)`,
  replace: (table: CollectionName) =>
    `update "${table}" set version = ?, doc = ?, mac = ? where id = ? and version = ?`,
  remove: (table: CollectionName) => `delete from "${table}" where id = ? and version = ?`,
  get: (table: CollectionName) => `select ${STORED} from "${table}" where id = ?`,
  findBy: (table: CollectionName, fields: readonly string[]) =>
    `select ${STORED} from "${table}" where ${fields.map((field) => `"${field}" = ?`).join(' and ')}`,
  list: (table: CollectionName, fields: readonly string[]) =>
    `select ${STORED} from "${table}" where ${fields.map((field) => `${columnOf(field, fields)} is ? and `).join('')}
      (created_at, id) < (?, ?) order by created_at desc, id desc limit ?`,
} as const;

/**
 * SQLite keeps no statistics here, and of several indexes it may take the one of a field that all records share. So the
 * fields beside the finest are kept away from their indexes, by a plus sign.
 */
function columnOf(field: string, fields: readonly string[]): string {
  const finest = fields.toSorted((a, b) => coarsenessOf(a) - coarsenessOf(b))[0];
  return field === finest ? `"${field}"` : `+"${field}"`;
}

/** Sorts after every instant and id, so the first page begins here. */
const FIRST_PAGE: Cell[] = ['~', '~'];

/** Writes records in the transaction that its caller began. */
export class RecordWriter {
  private readonly db: DatabaseSync;
  private readonly seals: Seals;
  private readonly audit: AuditWriter;
  private readonly findRequest: StatementSync;
  private readonly addRequest: StatementSync;
  private readonly words: WordsWriter;
  private readonly statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync, seals: Seals, audit: AuditWriter) {
    this.db = db;
    this.seals = seals;
    this.audit = audit;
    this.findRequest = prepare(db, FIND_REQUEST);
    this.addRequest = prepare(db, ADD_REQUEST);
    this.words = new WordsWriter(db);
  }

  insert(row: RecordRow, note: NoteRow): InsertOutcome {
    const replayed = this.replayOf(note.request);
    if (replayed !== null) return replayed;
    try {
      this.statement(SQL.insert(row.collection)).run(row.id, row.version, row.createdAt, row.doc, this.sealOf(row));
    } catch (error) {
      // If both the id and another value are taken, SQLite may name either; the port promises the id.
      const index = indexOf(row.collection, error);
      return { kind: 'duplicate', index: this.exists(row) ? 'id' : index };
    }
    if (row.words !== null) this.words.keep(row.words, true);
    this.keep(note);
    return { kind: 'added' };
  }

  replace(row: RecordRow, note: NoteRow): ReplaceOutcome {
    const replayed = this.replayOf(note.request);
    if (replayed !== null) return replayed;
    try {
      const done = this.statement(SQL.replace(row.collection)).run(
        row.version,
        row.doc,
        this.sealOf(row),
        row.id,
        row.version - 1,
      );
      if (done.changes === 0) return { kind: 'conflict' };
    } catch (error) {
      return { kind: 'duplicate', index: indexOf(row.collection, error) };
    }
    if (row.words !== null) this.words.keep(row.words);
    this.keep(note);
    return { kind: 'replaced' };
  }

  remove({ collection, id, version }: Pick<RecordRow, 'collection' | 'id' | 'version'>, note: NoteRow): RemoveOutcome {
    const replayed = this.replayOf(note.request);
    if (replayed !== null) return replayed;
    if (this.statement(SQL.remove(collection)).run(id, version).changes === 0) return { kind: 'conflict' };
    this.words.forget(collection, id);
    this.keep(note);
    return { kind: 'removed' };
  }

  /** Null: it is stored now. */
  keepRequest(request: RequestRow, at: string): Replayed | null {
    const replayed = this.replayOf(request);
    if (replayed === null) this.addKey(request, at);
    return replayed;
  }

  forgetRequests(before: string, limit: number): number {
    return Number(this.db.prepare(FORGET_REQUESTS).run(before, limit).changes);
  }

  private exists(row: RecordRow): boolean {
    return rowOf(this.statement(SQL.get(row.collection)), row.id) !== null;
  }

  private replayOf(request: RequestRow | null): Replayed | null {
    const seen = request === null ? null : rowOf(this.findRequest, request.key);
    return seen === null ? null : { kind: 'replayed', ...requestOf(this.seals, seen) };
  }

  private keep({ line, request }: NoteRow): void {
    if (request !== null) this.addKey(request, line.at);
    this.audit.append(line);
  }

  private addKey({ key, bodyHash, answer }: RequestRow, at: string): void {
    this.addRequest.run(key, at, bodyHash, answer, this.seals.requestKey.of(requestText(key, at, bodyHash, answer)));
  }

  private sealOf(row: RecordRow): Uint8Array {
    return sealText(this.seals.rowKey, row.collection, row.doc);
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = prepare(this.db, sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/** The name of the unique index that refused a write; any other error is thrown on. */
function indexOf(collection: CollectionName, error: unknown): string {
  const columns = violatedColumns(error);
  if (columns === null) throw error;
  const fields = columns.map((column) => column.slice(collection.length + 1)).join();
  const index = Object.entries(COLLECTIONS[collection].unique).find(([, on]) => on.join() === fields);
  return index?.[0] ?? 'id';
}

/** The reading half of a collection. */
export function recordReader<T extends Entity>(
  db: DatabaseSync,
  seals: Seals,
  name: CollectionName,
): Pick<Collection<T>, 'get' | 'findBy' | 'list' | 'search'> {
  const shape: CollectionShape = COLLECTIONS[name];
  const get = prepareReading(db, SQL.get(name));
  /** One statement for each combination of filters: a handful. */
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? prepareReading(db, sql);
    statements.set(sql, known);
    return known;
  };

  const docOf = (row: Cell[]): T => recordOf<T>(seals, name, row);
  const findIds = wordsReader(db, name);

  return {
    async get(id) {
      const row = readRow(get, id);
      return row === null ? null : docOf(row);
    },

    async findBy(index, values) {
      const fields = shape.unique[index];
      if (fields === undefined || fields.length !== values.length)
        throw new RangeError(`${name} has no unique index ${index} of ${values.length} fields`);
      const row = readRow(statement(SQL.findBy(name, fields)), ...values);
      return row === null ? null : docOf(row);
    },

    async search(terms, scope, limit) {
      const rows = findIds(terms, scope, limit).map((id) => readRow(get, id));
      const docs = rows.filter((row) => row !== null).map(docOf);
      const isWanted = termsMatcher(terms);
      return docs.filter((doc) => isWanted(wordsOf(name, doc)));
    },

    async list(filter: Filter, page: PageRequest): Promise<Page<T>> {
      const limit = limitOf(page);
      const fields = Object.keys(filter).sort();
      const unknown = fields.find((field) => !shape.filters.includes(field));
      if (unknown !== undefined) throw new RangeError(`${name} cannot be filtered by ${unknown}`);
      const after = page.after === null ? FIRST_PAGE : cursorAfter(page.after, ['string', 'string']);
      const values = fields.map((field) => cellOf(filter[field] ?? null));
      const rows = pageOf(statement(SQL.list(name, fields)), [...values, ...after, limit + 1], limit);
      return rows.page(docOf, ([id, , , createdAt]) => [createdAt as string, id as string]);
    },
  };
}

/** Reads a known request key with its answer. */
export function requestReader(
  db: DatabaseSync,
  seals: Seals,
): (key: string) => Promise<{ bodyHash: string; answer: unknown } | null> {
  const find = prepareReading(db, FIND_REQUEST);
  return async (key) => {
    const row = readRow(find, key);
    return row === null ? null : requestOf(seals, row);
  };
}

/** @throws StoreError `tampered` */
function requestOf(seals: Seals, row: Cell[]): { bodyHash: string; answer: unknown } {
  const [key, at, bodyHash, answer, mac] = row as [string, string, string, string, string | null];
  if (!seals.requestKey.isOf(requestText(key, at, bodyHash, answer), mac))
    throw new StoreError('tampered', 'the answer to a request is not as it was written');
  return { bodyHash, answer: JSON.parse(answer) as unknown };
}

/**
 * The record of a row of STORED.
 * @throws StoreError `tampered` if the seal is wrong, or a column by which it is found differs from the record
 */
export function recordOf<T extends Entity>(seals: Seals, name: CollectionName, row: Cell[]): T {
  const [id, text, mac, createdAt, version] = row as [Id, string, Uint8Array | null, string, number];
  if (!isSealOf(seals.rowKey, name, text, mac)) throw tampered(name, id);
  const doc = parsed<T>(name, id, text);
  if (doc.id !== id || doc.version !== version || doc.createdAt !== createdAt) throw tampered(name, id);
  return doc;
}

/** Reads row by row, so that rows that do not fit on the page are not even fetched. */
function pageOf(list: StatementSync, values: readonly Cell[], limit: number): PageRows<Cell[]> {
  const page = new PageRows<Cell[]>(limit);
  readEach(list, values, (row) => page.take(row, (row[1] as string).length));
  return page;
}

/** json_extract returns booleans as 1 and 0. */
function cellOf(value: string | number | boolean | null): Cell {
  return typeof value === 'boolean' ? Number(value) : value;
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
