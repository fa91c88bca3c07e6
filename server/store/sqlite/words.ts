// The words that records are found by, in one table for all collections. They are written in the transaction of their
// record and can be made again from the records, so they carry no seal: what a search finds is read and checked as any
// record is, and must hold the words that were looked for. Decision: docs/decisions/0051-search.md.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Entity, Id } from '../../domain/entity.ts';
import type { SearchScope, SearchTerm } from '../../domain/search-words.ts';
import { SEARCHED, wordsOf } from '../collections.ts';
import type { CollectionName } from '../store.ts';
import { prepare, prepareReading, readRow, readRows, rowsOf, type Cell } from './connection.ts';

/** The planner does not know that a record has a dozen words and a collection half a million. */
const BY_ID = `indexed by "word.id"`;
const KNOWN = `select word, office_id, producer_id from word ${BY_ID} where collection = ? and id = ?`;
const FORGET = `delete from word ${BY_ID} where collection = ? and id = ?`;
const ADD = `insert into word (collection, word, id, office_id, producer_id) values (?, ?, ?, ?, ?)`;
const RECORDS = (name: CollectionName): string => `select id, doc from "${name}" where id > ? order by id limit ?`;
/** Records whose words are looked at in one transaction when all are made again. */
export const MENDED_AT_ONCE = 1_000;
/** Rows that are counted to see which of several words is the rarest. */
const COUNTED_MAX = 2_000;

/** Rows of one term: of words that begin with it, then of its other forms. Each is a walk along the primary key. */
const ROWS = `select id, office_id, producer_id from word where collection = ?1 and word >= ?A and word < ?B
  union all select id, office_id, producer_id from word
    where collection = ?1 and word in (select value from json_each(?C))`;
const WITHIN = '(?2 is null or found.office_id = ?2) and (?3 is null or found.producer_id = ?3)';
/** The plus signs keep the planner to the words of this one record, a dozen. */
const HOLDS = `exists (select 1 from word w ${BY_ID} where w.collection = ?1 and w.id = found.id
  and ((+w.word >= ?A and +w.word < ?B) or +w.word in (select value from json_each(?C))))`;
const COUNT = `select count(*) from (select 1 from (${at(ROWS, 4)}) found where ${WITHIN} limit ${COUNTED_MAX})`;

/** The search for so many terms; the first one should be the rarest. */
function findSql(terms: number): string {
  const others = Array.from({ length: terms - 1 }, (_, i) => ` and ${at(HOLDS, 7 + 3 * i)}`);
  return `select distinct found.id from (${at(ROWS, 4)}) found where ${WITHIN}${others.join('')} limit ?${4 + 3 * terms}`;
}

/** The three cells of a term have these numbers. */
function at(sql: string, first: number): string {
  return sql
    .replaceAll('?A', () => `?${first}`)
    .replaceAll('?B', () => `?${first + 1}`)
    .replaceAll('?C', () => `?${first + 2}`);
}

export interface WordsRow {
  collection: CollectionName;
  id: Id;
  words: readonly string[];
  officeId: Id | null;
  producerId: Id | null;
}

/** @param doc as stored */
export function wordsRowOf(collection: CollectionName, doc: Entity): WordsRow {
  const { id, officeId = null, producerId = null } = doc as Entity & { officeId?: Id | null; producerId?: Id | null };
  // A producer lies in its own reach; its own id is nowhere in its record.
  const owner = collection === 'producers' ? id : producerId;
  const office = collection === 'offices' ? id : officeId;
  return { collection, id, words: wordsOf(collection, doc), officeId: office, producerId: owner };
}

/** Writes words in the transaction that its caller began. */
export class WordsWriter {
  private readonly known: StatementSync;
  private readonly forgetting: StatementSync;
  private readonly add: StatementSync;

  constructor(db: DatabaseSync) {
    this.known = prepare(db, KNOWN);
    this.forgetting = prepare(db, FORGET);
    this.add = prepare(db, ADD);
  }

  /** A record that is removed. */
  forget(collection: CollectionName, id: Id): void {
    this.forgetting.run(collection, id);
  }

  /** Whether the words had to be written. */
  keep({ collection, id, words, officeId, producerId }: WordsRow, isNew = false): boolean {
    if (!isNew) {
      const known = rowsOf(this.known, collection, id);
      const wanted = new Set(words);
      const isSame =
        known.length === words.length &&
        known.every(
          ([word, office, producer]) => wanted.has(String(word)) && office === officeId && producer === producerId,
        );
      if (isSame) return false;
      this.forget(collection, id);
    }
    for (const word of words) this.add.run(collection, word, id, officeId, producerId);
    return words.length > 0 || !isNew;
  }
}

/** Makes the words of all records again, in the transaction that its caller began. */
export function makeAllWords(db: DatabaseSync): void {
  const tables = new Set(rowsOf(prepare(db, `select name from sqlite_schema where type = 'table'`)).flat());
  // A collection that a later migration adds is empty until then.
  for (const collection of SEARCHED.filter((name) => tables.has(name))) {
    let after = '';
    for (;;) {
      const { last } = mendWords(db, collection, after, MENDED_AT_ONCE);
      if (last === null) break;
      after = last;
    }
  }
}

/** @param after the last id of the piece before. Returns how many records had other words; `last` null: it was all. */
export function mendWords(
  db: DatabaseSync,
  collection: CollectionName,
  after: Id,
  limit: number,
): { last: Id | null; mended: number } {
  const writer = new WordsWriter(db);
  const rows = rowsOf(prepare(db, RECORDS(collection)), after, limit) as [string, string][];
  let mended = 0;
  for (const [, text] of rows) {
    const doc = docOf(text);
    // Such a record is refused wherever it is read.
    if (doc !== null && writer.keep(wordsRowOf(collection, doc))) mended += 1;
  }
  return { last: rows.length < limit ? null : (rows.at(-1)?.[0] ?? null), mended };
}

function docOf(text: string): Entity | null {
  try {
    return JSON.parse(text) as Entity;
  } catch {
    return null;
  }
}

/** Finds the ids of records of a collection that hold every term, as far as the words tell. */
export function wordsReader(
  db: DatabaseSync,
  collection: CollectionName,
): (terms: readonly SearchTerm[], scope: SearchScope, limit: number) => Id[] {
  /** Prepared when they are needed: a store that is only looked at may have an older schema. */
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? prepareReading(db, sql);
    statements.set(sql, known);
    return known;
  };
  return (terms, { officeId, producerId }, limit) => {
    if (!SEARCHED.includes(collection)) throw new RangeError(`${collection} is not searched`);
    if (terms.length === 0) throw new RangeError('a search needs a term');
    const counted = terms.map(cellsOf).map((cells) => ({
      cells,
      often: Number(readRow(statement(COUNT), collection, officeId, producerId, ...cells)?.[0]),
    }));
    if (counted.some(({ often }) => often === 0)) return [];
    const values = counted.toSorted((a, b) => a.often - b.often).flatMap(({ cells }) => cells);
    const sql = findSql(terms.length);
    return readRows(statement(sql), collection, officeId, producerId, ...values, limit).map(([id]) => String(id));
  };
}

function cellsOf({ from, also }: SearchTerm): Cell[] {
  // U+FFFF is no letter, so every word that begins with `from` sorts before it.
  return [from, `${from}\u{FFFF}`, JSON.stringify(also)];
}
