// The words that records are found by, as an indexed array in each record's document. It can be made again from the
// records, so it carries no seal of its own: what a search finds is read and checked as any record is, and must hold
// the words that were looked for. Decision: docs/decisions/0051-search.md.

import type { mongo, QueryFilter } from 'mongoose';
import type { Entity } from '../../domain/entity.ts';
import type { SearchScope, SearchTerm } from '../../domain/search-words.ts';
import { COLLECTIONS, SEARCHED, wordsOf } from '../collections.ts';
import type { CollectionName } from '../store.ts';
import { STANDING } from './record-rows.ts';
import type { RecordDoc } from './schemas.ts';

/** Sorts after every letter, so every word that begins with a text sorts before the text and this. */
const AFTER_ALL = '\u{FFFF}';

/** @throws RangeError for a collection that is not searched, and without a term */
export function wantedWords(
  name: CollectionName,
  terms: readonly SearchTerm[],
  { officeId, producerId }: SearchScope,
): QueryFilter<RecordDoc> {
  if (!SEARCHED.includes(name)) throw new RangeError(`${name} is not searched`);
  if (terms.length === 0) throw new RangeError('a search needs a term');
  return {
    ...STANDING,
    $and: [
      ...terms.map(({ from, also }) => ({
        $or: [
          { words: { $elemMatch: { $gte: from, $lt: from + AFTER_ALL } } },
          ...(also.length === 0 ? [] : [{ words: { $in: [...also] } }]),
        ],
      })),
      ...(officeId === null ? [] : [ownerFilter(name, 'officeId', officeId)]),
      ...(producerId === null ? [] : [ownerFilter(name, 'producerId', producerId)]),
    ],
  };
}

/** A producer lies in its own reach, and an office in its own. */
function ownerFilter(name: CollectionName, field: 'officeId' | 'producerId', id: string): QueryFilter<RecordDoc> {
  const isItself = field === 'officeId' ? name === 'offices' : name === 'producers';
  if (isItself) return { _id: id };
  // A collection without this field holds nothing of theirs.
  return COLLECTIONS[name].filters.includes(field) ? { [`fields.${field}`]: id } : { _id: '' };
}

/**
 * Writes the words of every record that has others, or none. A record that changes meanwhile keeps the words of its
 * change. Returns how many had others.
 */
export async function mendWords(db: mongo.Db): Promise<number> {
  let mended = 0;
  for (const name of SEARCHED) {
    const records = db.collection<RecordDoc>(name);
    for await (const { _id, version, doc, words } of records.find(
      { removed: { $ne: true } },
      {
        projection: { doc: 1, version: 1, words: 1 },
      },
    )) {
      const wanted = wordsOf(name, parsed(doc));
      if (JSON.stringify(words ?? null) === JSON.stringify(wanted)) continue;
      await records.updateOne({ _id, version }, { $set: { words: wanted } });
      mended += 1;
    }
  }
  for (const name of Object.keys(COLLECTIONS) as CollectionName[])
    if (!SEARCHED.includes(name))
      await db.collection<RecordDoc>(name).updateMany({ words: { $exists: false } }, { $set: { words: [] } });
  return mended;
}

/** A record that is not JSON is refused wherever it is read. */
function parsed(text: string): Entity {
  try {
    return JSON.parse(text) as Entity;
  } catch {
    return {} as Entity;
  }
}
