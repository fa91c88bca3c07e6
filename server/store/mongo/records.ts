// The port's collections, driven by store/collections.ts. record-rows.ts says how a record is stored, record-writer.ts
// how it is written.

import type { QueryFilter } from 'mongoose';
import type { Entity, Id } from '../../domain/entity.ts';
import { termsMatcher } from '../../domain/search-words.ts';
import { COLLECTIONS, wordsOf } from '../collections.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { PageRows } from '../page-rows.ts';
import type { Collection, CollectionName, Filter, PageRequest } from '../store.ts';
import { witnessed, witnessedGone } from '../witness.ts';
import type { Link } from './connection.ts';
import { fieldName } from './indexes.ts';
import { copyOf, recordOf, STANDING, STORED, uniqueKey, type StoredRecord } from './record-rows.ts';
import { RecordWriter, type RecordWriterParts } from './record-writer.ts';
import type { Models, RecordDoc } from './schemas.ts';
import { wantedWords } from './words.ts';

export interface RecordParts extends Pick<RecordWriterParts, 'rowKey' | 'outbox' | 'requestKeys'> {
  link: Link;
  models: Models;
  changed: (collection: CollectionName, id: Id) => void;
}

export function recordsOf<T extends Entity>(name: CollectionName, parts: RecordParts): Collection<T> {
  const { link, rowKey, changed } = parts;
  const shape = COLLECTIONS[name];
  const model = parts.models.records[name];
  const writer = new RecordWriter<T>({ ...parts, name, model });
  const docOf = (row: StoredRecord): T => recordOf<T>(name, rowKey, row);

  const findOne = async (filter: QueryFilter<RecordDoc>): Promise<T | null> => {
    const row = await link.read(() =>
      model
        .findOne({ ...filter, ...STANDING }, STORED)
        .lean<StoredRecord>()
        .exec(),
    );
    return row === null ? null : docOf(row);
  };

  return {
    get: (id) => findOne({ _id: id }),

    async findBy(index, values) {
      if (shape.unique[index]?.length !== values.length)
        throw new RangeError(`${name} has no unique index ${index} of ${values.length} fields`);
      return findOne({ [`unique.${index}`]: uniqueKey(values) });
    },

    async list(filter, page) {
      const limit = limitOf(page);
      const wanted = wantedBy(name, filter, page);
      const rows = await link.read(async () => {
        const found = new PageRows<StoredRecord>(limit);
        const query = model.find(wanted, STORED).sort({ createdAt: -1, _id: -1 });
        const cursor = query
          .limit(limit + 1)
          .lean<StoredRecord[]>()
          .cursor() as AsyncIterable<StoredRecord>;
        for await (const row of cursor) if (!found.take(row, row.doc.length)) break;
        return found;
      });
      return rows.page(docOf, ({ createdAt, _id }) => [createdAt, _id]);
    },

    async search(terms, scope, limit) {
      const wanted = wantedWords(name, terms, scope);
      const rows = await link.read(() => model.find(wanted, STORED).limit(limit).lean<StoredRecord[]>().exec());
      const isWanted = termsMatcher(terms);
      return rows.map(docOf).filter((doc) => isWanted(wordsOf(name, doc)));
    },

    async insert(doc, note) {
      const outcome = await link.write(() => writer.insert(doc, witnessed(name, doc, note)));
      if (outcome.kind === 'added') changed(name, doc.id);
      return outcome;
    },

    async replace(doc, note) {
      const outcome = await link.write(() => writer.replace(doc, witnessed(name, doc, note)));
      if (outcome.kind === 'replaced') changed(name, doc.id);
      return outcome;
    },

    async remove(doc, note) {
      const outcome = await link.write(() => writer.remove(doc, witnessedGone(name, doc, note)));
      if (outcome.kind === 'removed') changed(name, doc.id);
      return outcome;
    },
  };
}

/** @throws RangeError for a field without an index, and for an unreadable cursor */
function wantedBy(name: CollectionName, filter: Filter, { after }: PageRequest): QueryFilter<RecordDoc> {
  const unknown = Object.keys(filter).find((field) => !COLLECTIONS[name].filters.includes(field));
  if (unknown !== undefined) throw new RangeError(`${name} cannot be filtered by ${unknown}`);
  const fields = Object.entries(filter).map(([field, value]) => [`fields.${fieldName(field)}`, copyOf(value)]);
  return { ...Object.fromEntries(fields), ...STANDING, ...(after === null ? {} : afterCursor(after)) };
}

/** @throws RangeError for an unreadable cursor */
function afterCursor(after: string): QueryFilter<RecordDoc> {
  const [createdAt, id] = cursorAfter(after, ['string', 'string']) as [string, string];
  return { createdAt: { $lte: createdAt }, $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
}
