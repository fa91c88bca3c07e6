// The reading half of the ledger of scans, and what is forgotten of it. Lists and sums first settle what is pending
// (scan-carrier.ts), so that whoever was answered is among them; a look-up does not wait for that.

import type { mongo } from 'mongoose';
import { dayIn } from '../../domain/calendar.ts';
import { cutToMinute, type BatchTally } from '../../domain/stamp/tally.ts';
import { cursorAfter, cursorOf, limitOf } from '../cursor.ts';
import {
  BATCHES_ASKED_MAX,
  StoreError,
  type Refusals,
  type ScanCount,
  type ScanCountBy,
  type ScanLedger,
  type ScanRange,
} from '../store.ts';
import { forgetDaysBefore, latestVisitMs, NO_VISITS } from '../visits.ts';
import { isDuplicate, type Link } from './connection.ts';
import type { ScanCarrier } from './scan-carrier.ts';
import type { BatchTallyDoc, Models, RefusalDoc, ScanDoc, SaltDoc, TallyDoc } from './schemas.ts';
import { MINUTE_MS, QUARTER_MINUTES, stampKey, storedScanOf, tallyOf } from './scan-shapes.ts';

/** Rows one deletion takes, so that retention never keeps scans waiting for long. */
const DELETE_ROWS = 2_000;
const FORGET_STAMPS = 500;
/** Rounds in which stamps that are scanned all the time may keep their visits from being forgotten. */
const FORGET_TRIES_MAX = 100;

type Reading = Omit<ScanLedger, 'record' | 'tryPin'>;
type UpdateOne<T> = { filter: mongo.Filter<T>; update: mongo.UpdateFilter<T> };
/** What a $group of scans gives. */
interface Group {
  _id: string | number | null;
  scans: number;
}

export function scanReader(link: Link, models: Models, carrier: ScanCarrier): Reading {
  const { db } = link;
  const tallies = db.collection<TallyDoc>('tallies');
  const batchTallies = db.collection<BatchTallyDoc>('batchTallies');
  const scans = db.collection<ScanDoc>('scans');
  const refusals = db.collection<RefusalDoc>('refusals');
  const settled = (batchId: string): Promise<void> => link.write(() => carrier.settle(batchId));

  const countBy = (
    batches: string | { $in: readonly string[] },
    period: Pick<ScanRange, 'from' | 'to'>,
    field: 'province' | 'verdict' | 'quarter',
  ): Promise<Group[]> =>
    link.read(() =>
      scans
        .aggregate<Group>([
          { $match: { batchId: batches, ...minutesOf(period), counted: true } },
          { $group: { _id: `$${field}`, scans: { $sum: 1 } } },
        ])
        .toArray(),
    );

  const addedUp = async (batchId: string): Promise<BatchTally | null> => {
    const doc = await link.read(() => batchTallies.findOne({ _id: batchId }));
    return doc === null
      ? null
      : { batchId, count: doc.count, visitorDays: doc.visitorDays, stampsScanned: doc.stampsScanned };
  };

  return {
    async tallyOf(batchId, serial) {
      const doc = await link.read(() => tallies.findOne({ _id: stampKey(batchId, serial) }));
      return doc === null ? null : tallyOf(doc);
    },

    async batchTallyOf(batchId) {
      await settled(batchId);
      return addedUp(batchId);
    },

    recentBatchTallyOf: addedUp,

    async scannedSince(batchId, from, to, since) {
      const minute = cutToMinute(since);
      const filter = { batchId, serial: { $gte: from, $lte: to }, count: { $gt: 0 }, lastAt: { $gte: minute } };
      const sinceMs = Date.parse(since);
      return link.read(async () => {
        const cursor = tallies.find(filter, { projection: { serial: 1, lastAt: 1, visits: 1 } }).sort({ serial: 1 });
        for await (const { serial, lastAt, visits } of cursor) {
          // Within the very minute only the visit knows the instant; once it is forgotten, the scan counts as since.
          if (lastAt > minute || (latestVisitMs(visits) ?? sinceMs) >= sinceMs) return serial;
        }
        return null;
      });
    },

    async list(range, page) {
      const limit = limitOf(page);
      const behind = page.after === null ? {} : afterCursor(page.after);
      const of = range.serial === null ? { batchId: range.batchId } : { stamp: stampKey(range.batchId, range.serial) };
      await settled(range.batchId);
      const docs = await link.read(() =>
        scans
          .find({ $and: [{ ...of, ...minutesOf(range) }, behind] })
          .sort({ minute: -1, id: -1 })
          .limit(limit + 1)
          .toArray(),
      );
      const items = docs.slice(0, limit).map(storedScanOf);
      const last = docs[limit - 1];
      return { items, next: docs.length > limit && last !== undefined ? cursorOf([last.minute, last.id]) : null };
    },

    async count(range, by, timeZone) {
      await settled(range.batchId);
      return counts(range.batchId, range, by, timeZone);
    },

    async countAll(batchIds, period, by, timeZone) {
      const batches = { $in: batchesAsked(batchIds) };
      await link.write(() => carrier.sweep());
      return counts(batches, period, by, timeZone);
    },

    async batchTalliesOf(batchIds) {
      const batches = { $in: batchesAsked(batchIds) };
      await link.write(() => carrier.sweep());
      const docs = await link.read(() => batchTallies.find({ _id: batches }).toArray());
      return docs.map(({ _id, count, visitorDays, stampsScanned }) => ({
        batchId: _id,
        count,
        visitorDays,
        stampsScanned,
      }));
    },

    async possibleCases(batchIds, limit) {
      const odd = { $in: batchesAsked(batchIds) };
      return (await link.read(() => tallies.find({ odd }).sort({ odd: 1, serial: 1 }).limit(limit).toArray())).map(
        tallyOf,
      );
    },

    async stampsScanned(batchId, from, to) {
      const filter = { batchId, serial: { $gte: from, $lte: to }, count: { $gt: 0 } };
      const steps = [{ $match: filter }, { $group: { _id: null, stamps: { $sum: 1 } } }];
      const sums = await link.read(() => tallies.aggregate<{ stamps: number }>(steps).toArray());
      return sums[0]?.stamps ?? 0;
    },

    async addRefusals(counts) {
      // One after the other: of a bulk write that met another server's upsert, the rest would be counted twice.
      for (const { day, reason, batchId, count } of counts) {
        const of = { day, reason, batchId: batchId ?? '' };
        const update = { $inc: { refused: count }, $setOnInsert: of };
        await link.write(() =>
          upserted(() => refusals.updateOne({ _id: `${day} ${reason} ${of.batchId}` }, update, { upsert: true })),
        );
      }
    },

    async refusals(from, to, limit) {
      const docs = await link.read(() =>
        refusals
          .find({ day: { $gte: from, $lte: to } })
          .sort({ refused: -1, day: 1, reason: 1, batchId: 1 })
          .limit(limit)
          .toArray(),
      );
      return docs.map(refusalsOf);
    },

    async saltOf(day, fresh) {
      const doc = await link.write(() =>
        upserted(() =>
          models.salts
            .findOneAndUpdate(
              { _id: day },
              { $setOnInsert: { salt: Buffer.from(fresh) } },
              { upsert: true, returnDocument: 'after' },
            )
            .lean<SaltDoc>()
            .exec(),
        ),
      );
      if (doc === null) throw new StoreError('unavailable', `the salt of ${day} was not made`);
      return new Uint8Array(doc.salt);
    },

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
      for (let batchId = await batchAfter(''); batchId !== null; batchId = await batchAfter(batchId)) {
        const filter = { batchId, minute };
        for (;;) {
          const old = await link.read(() =>
            scans
              .find(filter, { projection: { _id: 1 } })
              .limit(DELETE_ROWS)
              .toArray(),
          );
          if (old.length === 0) break;
          const { deletedCount } = await link.write(() =>
            scans.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } }),
          );
          deleted += deletedCount;
        }
      }
      return deleted;
    },
  };

  async function counts(
    batches: Parameters<typeof countBy>[0],
    period: Pick<ScanRange, 'from' | 'to'>,
    by: ScanCountBy,
    timeZone: string,
  ): Promise<ScanCount[]> {
    switch (by) {
      case 'province':
      case 'verdict':
        return byKey(
          (await countBy(batches, period, by)).map(({ _id, scans: n }) => ({
            key: _id === null ? null : String(_id),
            scans: n,
          })),
        );
      case 'day':
        return byDay(await countBy(batches, period, 'quarter'), timeZone);
      default:
        return by satisfies never;
    }
  }

  async function batchAfter(batchId: string): Promise<string | null> {
    const [next] = await link.read(() =>
      scans
        .find({ batchId: { $gt: batchId } }, { projection: { batchId: 1 } })
        .sort({ batchId: 1 })
        .limit(1)
        .toArray(),
    );
    return next?.batchId ?? null;
  }
}

/** First minute and the one after the last: a scan is kept as its minute, so a bound within one counts from the next. */
function minutesOf({ from, to }: Pick<ScanRange, 'from' | 'to'>): { minute?: { $gte?: number; $lt?: number } } {
  if (from === null && to === null) return {};
  return {
    minute: {
      ...(from === null ? {} : { $gte: Math.ceil(Date.parse(from) / MINUTE_MS) }),
      ...(to === null ? {} : { $lt: Math.ceil(Date.parse(to) / MINUTE_MS) }),
    },
  };
}

/** @throws RangeError for too many */
function batchesAsked(batchIds: readonly string[]): string[] {
  if (batchIds.length > BATCHES_ASKED_MAX)
    throw new RangeError(`at most ${BATCHES_ASKED_MAX} batches are asked for at once`);
  return [...batchIds];
}

/** @throws RangeError for an unreadable cursor */
function afterCursor(after: string): mongo.Filter<ScanDoc> {
  const [minute, id] = cursorAfter(after, ['number', 'string']) as [number, string];
  return { minute: { $lte: minute }, $or: [{ minute: { $lt: minute } }, { minute, id: { $lt: id } }] };
}

/** An upsert that another server made at the same moment is refused as a duplicate: asked again, it finds what is there. */
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

function forgetting(
  { _id, version, visits }: Pick<TallyDoc, '_id' | 'version' | 'visits'>,
  day: string,
): UpdateOne<TallyDoc> {
  const left = forgetDaysBefore(visits, day);
  const set = { visits: left, version: version + 1 };
  const update = left === NO_VISITS ? { $set: set, $unset: { visitsFrom: 1 } } : { $set: { ...set, visitsFrom: day } };
  return { filter: { _id, version }, update: update as mongo.UpdateFilter<TallyDoc> };
}

/** Unknown first, then by their text. */
function byKey(counts: ScanCount[]): ScanCount[] {
  return counts.sort((a, b) => (a.key === b.key ? 0 : (a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

function byDay(quarters: Group[], timeZone: string): ScanCount[] {
  const days = new Map<string, number>();
  for (const { _id, scans } of quarters.sort((a, b) => Number(a._id) - Number(b._id))) {
    const day = dayIn(timeZone, new Date(Number(_id) * QUARTER_MINUTES * MINUTE_MS));
    days.set(day, (days.get(day) ?? 0) + scans);
  }
  return [...days].map(([key, scans]) => ({ key, scans }));
}
