// Deletes what may not be kept of scans: visitors after a day or two, single scans after the retention time.
//
// How many of a batch's counted scans went is kept as a sealed number: the recount holds tallies to what is listed and
// to that (store/recount.ts). Scans are counted before they are deleted; their names stay beside the number until the
// next ones leave, so that a server that dies between the two counts none of them twice.

import type { mongo } from 'mongoose';
import { MINUTE_MS } from '../scan-questions.ts';
import { forgottenText } from '../seal-texts.ts';
import { StoreError, type ScanLedger } from '../store.ts';
import { forgetDaysBefore, NO_VISITS } from '../visits.ts';
import type { ShortSeal } from '../short-seal.ts';
import { isDuplicate, type Link } from './connection.ts';
import type { ScanCarrier } from './scan-carrier.ts';
import type { BatchTallyDoc, ForgottenDoc, Models, ScanDoc, TallyDoc } from './schemas.ts';

/** Rows per deletion, so that retention never delays scans for long. */
const DELETE_ROWS = 2_000;
const FORGET_STAMPS = 500;
/** Rounds after which stamps that are scanned all the time may keep their visits until the next run. */
const FORGET_TRIES_MAX = 100;

type UpdateOne<T> = { filter: mongo.Filter<T>; update: mongo.UpdateFilter<T> };

export function scanForgetting(
  link: Link,
  models: Models,
  carrier: ScanCarrier,
  seal: ShortSeal,
): Pick<ScanLedger, 'forgetVisitorsBefore' | 'deleteScansBefore'> {
  const tallies = link.db.collection<TallyDoc>('tallies');
  const scans = link.db.collection<ScanDoc>('scans');
  const forgotten = link.db.collection<ForgottenDoc>('forgottenScans');

  /** The next batch with scans, and the minute of its oldest: one step in the index `batch`, read backwards. */
  const batchBefore = async (batchId: string | null): Promise<{ batchId: string; minute: number } | null> => {
    const before = scans.find(batchId === null ? {} : { batchId: { $lt: batchId } }, {
      projection: { _id: 0, batchId: 1, minute: 1 },
    });
    return link.read(() => before.sort({ batchId: -1, minute: 1, id: 1 }).limit(1).next());
  };

  const deleteOfBatch = async (batchId: string, minute: { $lt: number }): Promise<number> => {
    for (let deleted = 0; ;) {
      const old = await link.read(() =>
        scans
          .find({ batchId, minute }, { projection: { _id: 1, counted: 1 } })
          .sort({ minute: -1, id: -1 })
          .limit(DELETE_ROWS)
          .toArray(),
      );
      if (old.length === 0) return deleted;
      const those = { _id: { $in: old.map(({ _id }) => _id) } };
      const counted = old.flatMap((scan) => (scan.counted ? [scan._id] : []));
      await link.write(() => addForgotten(forgotten, seal, batchId, counted));
      deleted += (await link.write(() => scans.deleteMany(those))).deletedCount;
    }
  };

  return {
    async forgetVisitorsBefore(day) {
      await link.write(() => models.salts.deleteMany({ _id: { $lt: day } }));
      for (let tries = 0; tries < FORGET_TRIES_MAX;) {
        const docs = await link.read(() =>
          tallies
            .find({ visitsFrom: { $lt: day } }, { projection: { version: 1, visits: 1 } })
            .limit(FORGET_STAMPS)
            .toArray(),
        );
        if (docs.length === 0) return;
        const writes = docs.map((doc) => ({ updateOne: forgetting(doc, day) }));
        const { matchedCount } = await link.write(() => tallies.bulkWrite(writes, { ordered: false }));
        if (matchedCount === 0) tries += 1;
      }
      throw new StoreError(
        'unavailable',
        'stamps were scanned all the time, so that their visits could not be forgotten; try again',
      );
    },

    async deleteScansBefore(at) {
      const minute = { $lt: Math.floor(Date.parse(at) / MINUTE_MS) };
      await link.write(() => carrier.sweep());
      let deleted = 0;
      for (let next = await batchBefore(null); next !== null; next = await batchBefore(next.batchId))
        if (next.minute < minute.$lt) deleted += await deleteOfBatch(next.batchId, minute);
      return deleted;
    },
  };
}

function forgetting(
  { _id, version, visits }: Pick<TallyDoc, '_id' | 'version' | 'visits'>,
  day: string,
): UpdateOne<TallyDoc> {
  const left = forgetDaysBefore(visits, day);
  const set = { visits: left, version: version + 1 };
  const update = left === NO_VISITS ? { $set: set, $unset: { visitsFrom: 1 } } : { $set: { ...set, visitsFrom: day } };
  return { filter: { _id, version }, update: update as mongo.UpdateFilter<TallyDoc> };
}

/** Another server deletes of the same batch: what it counted is read again, this often. */
const TRIES_MAX = 20;

export function isForgottenSound({ _id, counted, leaving, mac }: ForgottenDoc, seal: ShortSeal): boolean {
  return seal.isOf(forgottenText(_id, counted, leaving), mac);
}

/** Counts scans that are about to be deleted. @param ids of those that count */
async function addForgotten(
  forgotten: mongo.Collection<ForgottenDoc>,
  seal: ShortSeal,
  batchId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = await forgotten.findOne({ _id: batchId });
    const known = new Set(before?.leaving ?? []);
    const counted = (before?.counted ?? 0) + ids.filter((id) => !known.has(id)).length;
    const isSound = before === null || isForgottenSound(before, seal);
    const version = before?.version ?? 0;
    const next = { counted, leaving: [...ids], mac: isSound ? seal.of(forgottenText(batchId, counted, ids)) : null };
    try {
      await forgotten.updateOne(
        { _id: batchId, version },
        { $set: { ...next, version: version + 1 } },
        { upsert: true },
      );
      return;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  throw new StoreError('unavailable', 'several servers delete scans of one batch at once; try again');
}

/** Of a database that deleted scans before this was counted: what is not listed any more was deleted then. */
export async function countForgotten(db: mongo.Db, seal: ShortSeal): Promise<void> {
  const forgotten = db.collection<ForgottenDoc>('forgottenScans');
  const scans = db.collection<ScanDoc>('scans');
  for await (const { _id, count } of db.collection<BatchTallyDoc>('batchTallies').find({})) {
    const counted = count - (await scans.countDocuments({ batchId: _id, counted: true }));
    if (counted <= 0) continue;
    await forgotten.updateOne(
      { _id },
      { $setOnInsert: { version: 1, counted, leaving: [], mac: seal.of(forgottenText(_id, counted)) } },
      { upsert: true },
    );
  }
}
