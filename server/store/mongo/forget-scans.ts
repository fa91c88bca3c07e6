// Deletes what may not be kept of scans: visitors after a day or two, single scans after the retention time.

import type { mongo } from 'mongoose';
import { MINUTE_MS } from '../scan-questions.ts';
import { StoreError, type ScanLedger } from '../store.ts';
import { forgetDaysBefore, NO_VISITS } from '../visits.ts';
import type { Link } from './connection.ts';
import type { ScanCarrier } from './scan-carrier.ts';
import type { Models, ScanDoc, TallyDoc } from './schemas.ts';

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
): Pick<ScanLedger, 'forgetVisitorsBefore' | 'deleteScansBefore'> {
  const tallies = link.db.collection<TallyDoc>('tallies');
  const scans = link.db.collection<ScanDoc>('scans');

  const batchAfter = async (batchId: string): Promise<string | null> => {
    const next = scans.find({ batchId: { $gt: batchId } }, { projection: { batchId: 1 } }).sort({ batchId: 1 });
    return (await link.read(() => next.limit(1).next()))?.batchId ?? null;
  };

  const deleteOfBatch = async (batchId: string, minute: { $lt: number }): Promise<number> => {
    for (let deleted = 0; ;) {
      const old = await link.read(() =>
        scans
          .find({ batchId, minute }, { projection: { _id: 1 } })
          .limit(DELETE_ROWS)
          .toArray(),
      );
      if (old.length === 0) return deleted;
      const those = { _id: { $in: old.map(({ _id }) => _id) } };
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
      for (let batchId = await batchAfter(''); batchId !== null; batchId = await batchAfter(batchId))
        deleted += await deleteOfBatch(batchId, minute);
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
