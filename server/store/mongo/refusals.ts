// Counts of refused look-ups, and the salts for the hashes of a day's visitors.

import { StoreError, type Refusals, type ScanLedger } from '../store.ts';
import { isDuplicate, type Link } from './connection.ts';
import type { Models, RefusalDoc, SaltDoc } from './schemas.ts';

export function refusalCounts(link: Link): Pick<ScanLedger, 'addRefusals' | 'refusals'> {
  const refusals = link.db.collection<RefusalDoc>('refusals');
  return {
    async addRefusals(counts) {
      // One after the other: if a bulk write collided with another server's upsert, the rest would be counted twice.
      for (const { day, reason, batchId, count } of counts) {
        const of = { day, reason, batchId: batchId ?? '' };
        const update = { $inc: { refused: count }, $setOnInsert: of };
        await link.write(() =>
          upserted(() => refusals.updateOne({ _id: `${day} ${reason} ${of.batchId}` }, update, { upsert: true })),
        );
      }
    },

    async refusals({ from, to }, reasons, limit) {
      const most = refusals.find({ day: { $gte: from, $lte: to }, reason: { $in: [...reasons] } });
      const docs = await link.read(() =>
        most.sort({ refused: -1, day: 1, reason: 1, batchId: 1 }).limit(limit).toArray(),
      );
      return docs.map(refusalsOf);
    },
  };
}

export function saltReader(link: Link, models: Models): Pick<ScanLedger, 'saltOf'> {
  return {
    async saltOf(day, fresh) {
      const keep = { $setOnInsert: { salt: Buffer.from(fresh) } };
      const doc = await link.write(() =>
        upserted(() =>
          models.salts
            .findOneAndUpdate({ _id: day }, keep, { upsert: true, returnDocument: 'after' })
            .lean<SaltDoc>()
            .exec(),
        ),
      );
      if (doc === null) throw new StoreError('unavailable', `the salt of ${day} was not made`);
      return new Uint8Array(doc.salt);
    },
  };
}

/** If another server upserts at the same moment, ours is refused as a duplicate; repeated, it finds what is there. */
async function upserted<T>(upsert: () => Promise<T>): Promise<T> {
  try {
    return await upsert();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return upsert();
  }
}

function refusalsOf({ day, reason, batchId, refused }: RefusalDoc): Refusals {
  return { day, reason, batchId: batchId === '' ? null : batchId, count: refused };
}
