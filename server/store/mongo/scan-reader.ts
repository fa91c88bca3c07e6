// The reading half of the ledger of scans. Lists and sums first settle the pending scans (scan-carrier.ts), so that
// they include every scan that was answered before; a look-up does not wait for that.

import type { mongo } from 'mongoose';
import { cutToMinute, type BatchTally } from '../../domain/stamp/tally.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { pageOfRows } from '../page-rows.ts';
import { batchesAsked } from '../scan-questions.ts';
import type { Seals } from '../seals.ts';
import type { ScanLedger } from '../store.ts';
import { latestVisitMs } from '../visits.ts';
import type { Link } from './connection.ts';
import { scanCounts } from './scan-counts.ts';
import type { ScanCarrier } from './scan-carrier.ts';
import type { BatchTallyDoc, ScanDoc, TallyDoc } from './schemas.ts';
import { readSound } from '../read-sound.ts';
import { minutesOf, soundBatchTallyOf, soundTallyOf, stampKey, storedScanOf } from './scan-shapes.ts';

type Reading = Pick<
  ScanLedger,
  | 'tallyOf'
  | 'batchTallyOf'
  | 'recentBatchTallyOf'
  | 'scannedSince'
  | 'list'
  | 'count'
  | 'countAll'
  | 'batchTalliesOf'
  | 'possibleCases'
  | 'stampsScanned'
>;

export function scanReader(link: Link, carrier: ScanCarrier, seals: Seals): Reading {
  const { db } = link;
  const tallies = db.collection<TallyDoc>('tallies');
  const batchTallies = db.collection<BatchTallyDoc>('batchTallies');
  const scans = db.collection<ScanDoc>('scans');

  const batchTallyNow = (batchId: string): Promise<BatchTally | null> =>
    readSound(async () => {
      const doc = await link.read(() => batchTallies.findOne({ _id: batchId }));
      return doc === null ? null : soundBatchTallyOf(doc, seals.batchTally);
    });

  return {
    ...scanCounts(link, carrier),

    tallyOf: (batchId, serial) =>
      readSound(async () => {
        const doc = await link.read(() => tallies.findOne({ _id: stampKey(batchId, serial) }));
        return doc === null ? null : soundTallyOf(doc, seals.tally);
      }),

    async batchTallyOf(batchId) {
      await link.write(() => carrier.settle(batchId));
      return batchTallyNow(batchId);
    },

    recentBatchTallyOf: batchTallyNow,

    async scannedSince(batchId, from, to, since) {
      const minute = cutToMinute(since);
      const filter = { ...stampsOf(batchId, from, to), lastAt: { $gte: minute } };
      const sinceMs = Date.parse(since);
      return link.read(async () => {
        const cursor = tallies.find(filter, { projection: { serial: 1, lastAt: 1, visits: 1 } }).sort({ serial: 1 });
        for await (const { serial, lastAt, visits } of cursor) {
          // Within the same minute only the visit knows the instant. If it was deleted, the scan counts as later.
          if (lastAt > minute || (latestVisitMs(visits) ?? sinceMs) >= sinceMs) return serial;
        }
        return null;
      });
    },

    async list(range, page) {
      const limit = limitOf(page);
      const behind = page.after === null ? {} : afterCursor(page.after);
      const { batchId, serial } = range;
      const of = serial === null ? { batchId } : { stamp: stampKey(batchId, serial) };
      const filter = { $and: [{ ...of, ...minutesOf(range) }, behind] };
      await link.write(() => carrier.settle(batchId));
      const docs = await link.read(() => {
        const newest = scans.find(filter).sort({ minute: -1, id: -1 });
        return newest.limit(limit + 1).toArray();
      });
      return pageOfRows(docs, limit, storedScanOf, ({ minute, id }) => [minute, id]);
    },

    async batchTalliesOf(batchIds) {
      const batches = { $in: batchesAsked(batchIds) };
      await link.write(() => carrier.sweep());
      return readSound(async () => {
        const docs = await link.read(() => batchTallies.find({ _id: batches }).toArray());
        return docs.map((doc) => soundBatchTallyOf(doc, seals.batchTally));
      });
    },

    async possibleCases(page) {
      const limit = limitOf(page);
      const after = page.after === null ? '' : (cursorAfter(page.after, ['string'])[0] as string);
      return readSound(async () => {
        const found = tallies.find({ odd: { $gt: after } }).sort({ odd: 1 });
        const docs = await link.read(() => found.limit(limit + 1).toArray());
        return pageOfRows(
          docs,
          limit,
          (doc) => soundTallyOf(doc, seals.tally),
          ({ odd }) => [odd ?? ''],
        );
      });
    },

    async stampsScanned(batchId, from, to) {
      const steps = [{ $match: stampsOf(batchId, from, to) }, { $group: { _id: null, stamps: { $sum: 1 } } }];
      const sums = await link.read(() => tallies.aggregate<{ stamps: number }>(steps).toArray());
      return sums[0]?.stamps ?? 0;
    },
  };
}

/** The scanned stamps of a range. */
function stampsOf(batchId: string, from: number, to: number): mongo.Filter<TallyDoc> {
  return { batchId, serial: { $gte: from, $lte: to }, count: { $gt: 0 } };
}

/** @throws RangeError for an unreadable cursor */
function afterCursor(after: string): mongo.Filter<ScanDoc> {
  const [minute, id] = cursorAfter(after, ['number', 'string']) as [number, string];
  return { minute: { $lte: minute }, $or: [{ minute: { $lt: minute } }, { minute, id: { $lt: id } }] };
}
