// Carries counted scans from their tallies to the list of scans and to their batch's tally, each exactly once.
//
// Any server may do it at any moment, and stop anywhere. A listed scan has its own `_id`, so listing it twice is
// refused. A batch's tally remembers which scans were added last, and changes only if it is still the version that was
// read. It is read before the pending scans are, so that a scan that was removed from a tally meanwhile is never added
// again.

import { setTimeout as wait } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { NamedQueues } from '../../kit/queue.ts';
import { isDuplicate, refusedBy, type Link } from './connection.ts';
import type { BatchTallyDoc, PendingScan, ScanDoc, TallyDoc } from './schemas.ts';
import { batchTallyText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { batchTallyOf, countedScan } from './scan-shapes.ts';

/** Stamps whose scans are carried in one step. */
const STAMPS_MAX = 500;
/** Another server carries the same batch: at most this many further attempts, soon after each other. */
const LOST_TRIES_MAX = 50;
const LOST_WAIT_MS = 10;

interface Carried {
  batchId: string;
  serial: number;
  scan: PendingScan;
}

export class ScanCarrier {
  private readonly tallies: mongo.Collection<TallyDoc>;
  private readonly batchTallies: mongo.Collection<BatchTallyDoc>;
  private readonly scans: mongo.Collection<ScanDoc>;
  /** One step at a time for a batch in this process, because two would only conflict. */
  private readonly turns = new NamedQueues();

  private readonly seal: ShortSeal;

  constructor({ db }: Pick<Link, 'db'>, seal: ShortSeal) {
    this.seal = seal;
    this.tallies = db.collection<TallyDoc>('tallies');
    this.batchTallies = db.collection<BatchTallyDoc>('batchTallies');
    this.scans = db.collection<ScanDoc>('scans');
  }

  /** Resolves when every scan of this batch that was answered before the call is listed and added up. */
  settle(batchId: string): Promise<void> {
    return this.turns.run(batchId, () => this.carryAll(batchId));
  }

  /** Settles every batch that has pending scans. */
  async sweep(): Promise<void> {
    const due = await this.tallies
      .aggregate<{ _id: string }>([{ $match: { due: { $gt: '' } } }, { $group: { _id: '$due' } }])
      .toArray();
    for (const { _id } of due) await this.settle(_id);
  }

  /** Only stamps that are due now: those of a batch that is scanned all the time would never end. */
  private async carryAll(batchId: string): Promise<void> {
    const due = await this.tallies.find({ due: batchId }, { projection: { _id: 1 } }).toArray();
    let lost = 0;
    for (let from = 0; from < due.length && lost < LOST_TRIES_MAX;) {
      const stamps = due.slice(from, from + STAMPS_MAX).map(({ _id }) => _id);
      if (await this.carry(batchId, stamps)) from += STAMPS_MAX;
      else {
        lost += 1;
        await wait(LOST_WAIT_MS);
      }
    }
  }

  /** Whether these stamps were carried; false: another server changed the batch's tally meanwhile. */
  private async carry(batchId: string, due: readonly TallyDoc['_id'][]): Promise<boolean> {
    const batch = await this.batchTallies.findOne({ _id: batchId });
    const stamps = await this.tallies
      .find({ _id: { $in: [...due] }, due: batchId }, { projection: { batchId: 1, serial: 1, pending: 1 } })
      .toArray();
    if (stamps.length === 0) return true;
    const carried = stamps.flatMap(({ serial, pending = [] }) =>
      pending.map((scan): Carried => ({ batchId, serial, scan })),
    );
    await this.list(carried);
    if (!(await this.addUp(batchId, batch, carried))) return false;
    await this.takeOut(stamps, carried);
    return true;
  }

  private async list(carried: readonly Carried[]): Promise<void> {
    if (carried.length === 0) return;
    try {
      await this.scans.insertMany(
        carried.map(({ batchId, serial, scan }) => countedScan(batchId, serial, scan)),
        { ordered: false },
      );
    } catch (error) {
      refusedBy(error);
    }
  }

  /** Whether the batch's tally was still as it was read. */
  private async addUp(batchId: string, batch: BatchTallyDoc | null, carried: readonly Carried[]): Promise<boolean> {
    const known = new Set(batch?.carried ?? []);
    const fresh = carried.filter(({ scan }) => !known.has(scan.key));
    if (fresh.length === 0) return true;
    const sum = (field: 'visitorDays' | 'stampsScanned'): number =>
      fresh.reduce((total, { scan }) => total + scan[field], 0);
    const version = batch?.version ?? 0;
    const before = batch === null ? null : batchTallyOf(batch);
    const after = {
      batchId,
      count: (before?.count ?? 0) + fresh.length,
      visitorDays: (before?.visitorDays ?? 0) + sum('visitorDays'),
      stampsScanned: (before?.stampsScanned ?? 0) + sum('stampsScanned'),
    };
    // A tally that was tampered with keeps its wrong seal, which every reader finds; counting continues.
    const isSound = before === null || this.seal.isOf(batchTallyText(before), batch?.mac);
    const { batchId: _batchId, ...counts } = after;
    const added = { ...counts, mac: isSound ? this.seal.of(batchTallyText(after)) : null };
    try {
      await this.batchTallies.updateOne(
        { _id: batchId, version },
        { $set: { version: version + 1, carried: carried.map(({ scan }) => scan.key), ...added } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private async takeOut(stamps: readonly Pick<TallyDoc, '_id'>[], carried: readonly Carried[]): Promise<void> {
    const those = { _id: { $in: stamps.map(({ _id }) => _id) } };
    await this.tallies.updateMany(those, { $pull: { pending: { key: { $in: carried.map(({ scan }) => scan.key) } } } });
    // Scans that arrived meanwhile keep their stamp due.
    await this.tallies.updateMany({ ...those, pending: { $size: 0 } }, { $unset: { due: 1, pending: 1 } });
  }
}
