// What the recount reads of a shared database (store/recount.ts). There is no snapshot: a batch's own tally is read
// before and after those of its stamps, each time when all earlier scans have been carried to it (scan-carrier.ts). For
// a batch that is scanned without a pause the result is therefore only exact to within a second's scans.

import type { mongo } from 'mongoose';
import {
  NO_CHECK,
  NO_COUNTS,
  SHORT_MAX,
  type BatchSums,
  type CheckPiece,
  type CheckState,
  type Counts,
  type SealedPart,
  type ShortStamp,
  type StoreCheck,
  type Unsound,
} from '../recount.ts';
import { batchTallyText, fileText, forgottenText, requestText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { StoreError } from '../store.ts';
import type { Link } from './connection.ts';
import { isForgottenSound } from './forget-scans.ts';
import { readSound } from '../read-sound.ts';
import type { ScanCarrier } from './scan-carrier.ts';
import type { BatchTallyDoc, CheckDoc, FileDoc, ForgottenDoc, RequestKeyDoc, ScanDoc, TallyDoc } from './schemas.ts';
import { soundBatchTallyOf, soundTallyOf, stampKey } from './scan-shapes.ts';

const CHECK_ID = 'store';
const ROWS = 500;
/** A picture is a few hundred kilobytes. */
const FILES = 20;
/** Stamps whose tallies are compared with their scans at once, to name those that differ. */
const STAMPS = 1_000;
/** Retention deletes of the same batch: its sums are read again, this often. */
const TRIES_MAX = 5;

export function storeCheck(
  link: Link,
  carrier: ScanCarrier,
  seals: Seals,
  chain: Pick<StoreCheck, 'chainFault' | 'lookAtChain'>,
): StoreCheck {
  const { db } = link;
  const tallies = db.collection<TallyDoc>('tallies');
  const batchTallies = db.collection<BatchTallyDoc>('batchTallies');
  const scans = db.collection<ScanDoc>('scans');
  const forgottenScans = db.collection<ForgottenDoc>('forgottenScans');
  const checks = db.collection<CheckDoc>('storeChecks');

  const own = async (batchId: string): Promise<Counts> => {
    await carrier.settle(batchId);
    return readSound(async () => {
      const doc = await batchTallies.findOne({ _id: batchId });
      return doc === null ? NO_COUNTS : soundBatchTallyOf(doc, seals.batchTally);
    });
  };

  const added = async (batchId: string): Promise<Counts> => {
    const sums = {
      count: { $sum: '$count' },
      visitorDays: { $sum: '$visitorDays' },
      stampsScanned: { $sum: 1 },
    };
    const found = tallies.aggregate<Counts>([
      { $match: { batchId, count: { $gt: 0 } } },
      { $group: { _id: null, ...sums } },
    ]);
    return (await found.toArray())[0] ?? NO_COUNTS;
  };

  /** Listed and forgotten scans, as of one moment. */
  const scansOf = async (batchId: string): Promise<{ listed: number; forgotten: number }> => {
    for (let tries = 1; ; tries += 1) {
      const doc = await forgottenScans.findOne({ _id: batchId });
      if (doc !== null && !isForgottenSound(doc, seals.forgotten))
        throw new StoreError('tampered', `the count of deleted scans of batch ${batchId} is not as it was written`);
      const leaving = doc === null || doc.leaving.length === 0 ? {} : { _id: { $nin: doc.leaving } };
      const listed = await scans.countDocuments({ batchId, counted: true, ...leaving });
      const now = await forgottenScans.findOne({ _id: batchId }, { projection: { version: 1 } });
      if ((now?.version ?? 0) === (doc?.version ?? 0) || tries === TRIES_MAX)
        return { listed, forgotten: doc?.counted ?? 0 };
    }
  };

  const sums = async (batchId: string): Promise<BatchSums | Unsound> => {
    try {
      const before = await own(batchId);
      const counts = await added(batchId);
      const listed = await scansOf(batchId);
      return { before, tallies: counts, ...listed, after: await own(batchId) };
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'tampered') return { fault: error.message };
      throw error;
    }
  };

  const batchAfter = async (batchId: string): Promise<string | null> => {
    const of = { projection: { _id: 0, batchId: 1 } };
    const [tally, scan, ownTally, forgotten] = await Promise.all([
      tallies
        .find({ batchId: { $gt: batchId } }, of)
        .sort({ batchId: 1 })
        .limit(1)
        .next(),
      scans
        .find({ batchId: { $gt: batchId } }, of)
        .sort({ batchId: 1 })
        .limit(1)
        .next(),
      batchTallies
        .find({ _id: { $gt: batchId } }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(1)
        .next(),
      forgottenScans
        .find({ _id: { $gt: batchId } }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(1)
        .next(),
    ]);
    const ids = [tally?.batchId, scan?.batchId, ownTally?._id, forgotten?._id].filter((id) => id !== undefined);
    return ids.length === 0 ? null : ids.reduce((least, id) => (id < least ? id : least));
  };

  const shortStamps = async (batchId: string): Promise<ShortStamp[]> => {
    const short: ShortStamp[] = [];
    const compare = async (some: readonly { _id: number; scans: number }[]): Promise<void> => {
      const keys = some.map(({ _id }) => stampKey(batchId, _id));
      const docs = await tallies.find({ _id: { $in: keys } }, { projection: { serial: 1, count: 1 } }).toArray();
      const counted = new Map(docs.map((doc) => [doc.serial, doc.count]));
      for (const { _id, scans: listed } of some)
        if ((counted.get(_id) ?? 0) < listed) short.push({ serial: _id, counted: counted.get(_id) ?? null, listed });
    };
    const listed = scans.aggregate<{ _id: number; scans: number }>([
      { $match: { batchId, counted: true } },
      { $group: { _id: '$serial', scans: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    let some: { _id: number; scans: number }[] = [];
    for await (const stamp of listed) {
      some.push(stamp);
      if (some.length < STAMPS) continue;
      await compare(some);
      some = [];
      if (short.length >= SHORT_MAX) break;
    }
    await compare(some);
    return short.slice(0, SHORT_MAX);
  };

  const unsound = async (part: SealedPart, after: string): Promise<CheckPiece> => {
    const next = { _id: { $gt: after } };
    switch (part) {
      case 'tallies': {
        const docs = await tallies.find(next).sort({ _id: 1 }).limit(ROWS).toArray();
        return pieceOf(
          docs,
          (doc) => doc._id,
          (doc) =>
            isSoundAgain(
              () => soundTallyOf(doc, seals.tally),
              async () => soundTallyOf((await tallies.findOne({ _id: doc._id })) ?? doc, seals.tally),
            ),
          (id) => `the tally of stamp ${id} is not as it was written`,
        );
      }
      case 'batchTallies': {
        const docs = await batchTallies.find(next).sort({ _id: 1 }).limit(ROWS).toArray();
        return pieceOf(
          docs,
          (doc) => doc._id,
          (doc) =>
            isSoundAgain(
              () => soundBatchTallyOf(doc, seals.batchTally),
              async () => soundBatchTallyOf((await batchTallies.findOne({ _id: doc._id })) ?? doc, seals.batchTally),
            ),
          (id) => `the tally of batch ${id} is not as it was written`,
        );
      }
      case 'files': {
        const docs = await db.collection<FileDoc>('files').find(next).sort({ _id: 1 }).limit(FILES).toArray();
        const isSound = async ({ _id, mediaType, bytes, mac }: FileDoc): Promise<boolean> =>
          seals.file.isOf(fileText(_id, mediaType, bytesOf(bytes)), mac);
        return pieceOf(
          docs,
          (doc) => doc._id,
          isSound,
          (id) => `file ${id} is not as it was written`,
        );
      }
      case 'answers': {
        const docs = await db
          .collection<RequestKeyDoc>('requestKeys')
          .find(next)
          .sort({ _id: 1 })
          .limit(ROWS)
          .toArray();
        // Without an answer it is a reservation, or the answer lies in a sealed outbox.
        const isSound = async ({ _id, at, bodyHash, answer, mac }: RequestKeyDoc): Promise<boolean> =>
          answer === undefined || seals.requestKey.isOf(requestText(_id, at, bodyHash, answer), mac);
        const text = (id: string): string => `the answer kept under ${id.slice(0, 12)}… is not as it was written`;
        return pieceOf(docs, (doc) => doc._id, isSound, text);
      }
      default:
        return part satisfies never;
    }
  };

  return {
    batchAfter: (batchId) => link.read(() => batchAfter(batchId)),
    sums: (batchId) => link.write(() => sums(batchId)),
    shortStamps: (batchId) => link.read(() => shortStamps(batchId)),
    unsound: (part, after) => link.read(() => unsound(part, after)),
    ...chain,
    settle: (batchId) =>
      link.write(async () => {
        await carrier.settle(batchId);
        const { count, visitorDays, stampsScanned } = await added(batchId);
        const counts = { count, visitorDays, stampsScanned };
        const mac = seals.batchTally.of(batchTallyText({ batchId, ...counts }));
        await batchTallies.updateOne(
          { _id: batchId },
          { $set: { ...counts, mac }, $setOnInsert: { carried: [] }, $inc: { version: 1 } },
          { upsert: true },
        );
        const counted = count - (await scans.countDocuments({ batchId, counted: true }));
        const forgotten = { counted, leaving: [], mac: seals.forgotten.of(forgottenText(batchId, counted)) };
        await forgottenScans.updateOne({ _id: batchId }, { $set: forgotten, $inc: { version: 1 } }, { upsert: true });
      }),
    async state() {
      const doc = await link.read(() => checks.findOne({ _id: CHECK_ID }));
      if (doc === null) return NO_CHECK;
      if (!seals.storeCheck.isOf(doc.state, doc.mac))
        throw new StoreError('tampered', 'what is kept of the last check of the store is not as it was written');
      return JSON.parse(doc.state) as CheckState;
    },
    async keep(state) {
      const text = JSON.stringify(state);
      const kept = { state: text, mac: seals.storeCheck.of(text) };
      await link.write(() => checks.updateOne({ _id: CHECK_ID }, { $set: kept }, { upsert: true }));
    },
  };
}

async function pieceOf<T>(
  docs: readonly T[],
  idOf: (doc: T) => string,
  isSound: (doc: T) => Promise<boolean>,
  textOf: (id: string) => string,
): Promise<CheckPiece> {
  const faults: string[] = [];
  for (const doc of docs) if (!(await isSound(doc))) faults.push(textOf(idOf(doc)));
  const last = docs.at(-1);
  return { faults, next: last === undefined ? null : idOf(last) };
}

/** Looked at once more before it is a finding: see read-sound.ts. */
async function isSoundAgain(first: () => unknown, again: () => Promise<unknown>): Promise<boolean> {
  const isTampered = (error: unknown): boolean => error instanceof StoreError && error.kind === 'tampered';
  try {
    first();
    return true;
  } catch (error) {
    if (!isTampered(error)) throw error;
  }
  try {
    await readSound(again);
    return true;
  } catch (error) {
    if (isTampered(error)) return false;
    throw error;
  }
}

/** The driver gives bytes as its own Binary, or as a Buffer. */
export function bytesOf(bytes: Uint8Array | mongo.Binary): Uint8Array {
  return 'buffer' in bytes && '_bsontype' in bytes ? (bytes.buffer as Uint8Array) : (bytes as Uint8Array);
}
