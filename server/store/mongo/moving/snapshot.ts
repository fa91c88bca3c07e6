// Everything in a database as of one moment, read while servers write to it. A MongoDB snapshot session ends after five
// minutes by default, not every server has one, and it would still show lines and scans that are on their way. So the
// moment is made from what the documents say themselves, alike on every server:
//
// - Records are read, then held to the audit chain: each one whose last line states another version is read again,
//   until the chain up to its head and all records agree. The chain is cut there.
// - A tally and its scans are read together, and again if the tally changed meanwhile. Scans on their way count as
//   listed. The tally of a batch is the sum of what was read, unless that is less than it says itself.
// - Nothing is deleted by retention meanwhile: its lease is ours.
//
// Records are held in memory; tallies and scans are not.

import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { canonicalJson } from '../../../domain/audit/audit-chain.ts';
import { COLLECTION_NAMES, COLLECTIONS } from '../../collections.ts';
import { isCollection, type MovedKind, type MovedRow, type Snapshot } from '../../moving.ts';
import { NO_COUNTS, type Counts } from '../../recount.ts';
import { batchTallyText, forgottenText } from '../../seal-texts.ts';
import { sealsOf, type Seals } from '../../seals.ts';
import { LEASE_SILENCE_MS, StoreError, type CollectionName, type Store } from '../../store.ts';
import { entityOf, GONE } from '../../witness.ts';
import { connect, type Link } from '../connection.ts';
import { STANDING } from '../record-rows.ts';
import { countedScan, tallyOf } from '../scan-shapes.ts';
import {
  modelsOf,
  type AuditDoc,
  type BatchTallyDoc,
  type ChainHeadDoc,
  type ForgottenDoc,
  type RequestKeyDoc,
  type ScanDoc,
  type StoreDoc,
  type TallyDoc,
} from '../schemas.ts';
import { storeFacts } from '../trust.ts';
import { base64Of, rowOf, type Doc } from './arrival.ts';

/** Stamps read together with their scans. */
const STAMPS = 500;
/** A line needs about a second into the chain; people change records, so there is a pause soon. */
const AGREE_TRIES_MAX = 300;
const AGREE_WAIT_MS = 100;
/** Scans of one stamp come minutes apart, except under an attack. */
const STAMP_TRIES_MAX = 100;
const LEASE_TRIES_MAX = 100;

/** @param store of the same database, open: it moves lines into the chain where no server runs */
export async function openSnapshot(url: string, rowKey: Uint8Array, store: Pick<Store, 'lease'>): Promise<Snapshot> {
  const release = await holdRetention(store);
  const link = await connect(url);
  const snapshot = new DatabaseSnapshot(link, sealsOf(rowKey));
  const close = async (): Promise<void> => {
    snapshot.clear();
    await link.close();
    await release();
  };
  try {
    const facts = (await link.read(() => storeFacts(modelsOf(link.connection)))) as StoreDoc;
    await link.read(() => snapshot.agree());
    const { madeAt, timeZone } = facts;
    const canary = Buffer.from(base64Of(facts.canary), 'base64');
    return {
      facts: { madeAt, timeZone, canary, answeredScans: null },
      rows: (kind) => snapshot.rows(kind),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Keeps retention from deleting; what it does not do now it does an hour later. */
async function holdRetention(store: Pick<Store, 'lease'>): Promise<() => Promise<void>> {
  const lease = store.lease('retention');
  for (let tries = 0; (await lease.hold()) === null; tries += 1) {
    if (tries >= LEASE_TRIES_MAX) throw new StoreError('unavailable', 'old scans are being deleted; try again later');
    await wait(AGREE_WAIT_MS);
  }
  const beat = setInterval(() => void lease.hold().catch(() => undefined), LEASE_SILENCE_MS / 4);
  return async () => {
    clearInterval(beat);
    await lease.release();
  };
}

class DatabaseSnapshot {
  private readonly db: mongo.Db;
  private readonly seals: Seals;
  private readonly records = new Map<string, { name: CollectionName; row: MovedRow }>();
  private readonly stated = new Map<string, number>();
  private readonly keys: MovedRow[] = [];
  private head: ChainHeadDoc | null = null;
  private readonly sums = new Map<string, Counts>();
  /** Batches' own tallies before their stamps' were read. */
  private readonly own = new Map<string, BatchTallyDoc>();
  /** Scans that were read beside their tallies, on disk until they are asked for. */
  private readonly folder = mkdtempSync(join(tmpdir(), 'temtrace-backup-'));

  constructor({ db }: Link, seals: Seals) {
    this.db = db;
    this.seals = seals;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Reads what is small, until records and chain agree. */
  async agree(): Promise<void> {
    // Before the records: the change of each answered key is then in what is read.
    const keys = this.db.collection<RequestKeyDoc>('requestKeys').find({ answer: { $exists: true } });
    for await (const doc of keys) this.keys.push(rowOf('requestKeys', doc as unknown as Doc));
    for (const name of COLLECTION_NAMES)
      for await (const doc of this.db.collection<Doc>(name).find({ ...STANDING })) this.see(name, doc);
    for (let tries = 0; tries < AGREE_TRIES_MAX; tries += 1) {
      await this.readLines();
      const odd = [...new Set([...this.stated.keys(), ...this.records.keys()])].filter(
        (entity) => (this.stated.get(entity) ?? GONE) !== (this.records.get(entity)?.row[1] ?? GONE),
      );
      if (odd.length === 0) return;
      for (const entity of odd) await this.readAgain(entity);
      await wait(AGREE_WAIT_MS);
    }
    const odd = [...this.stated].find(([entity, version]) => (this.records.get(entity)?.row[1] ?? GONE) !== version);
    // One that was meddled with never agrees: the backup is taken, and its walk names it.
    if (odd !== undefined && Number(this.records.get(odd[0])?.row[1] ?? GONE) < odd[1]) return;
    throw new StoreError('unavailable', 'records are changed all the time; try again later');
  }

  async *rows(kind: MovedKind): AsyncGenerator<MovedRow> {
    if (isCollection(kind)) {
      for (const { name, row } of this.records.values()) if (name === kind) yield row;
    } else if (kind === 'requestKeys') yield* this.keys;
    else if (kind === 'audit') {
      const lines = this.db.collection<AuditDoc>('audit').find({ _id: { $lte: this.head?.seq ?? 0 } });
      for await (const doc of lines.sort({ _id: 1 })) yield rowOf(kind, doc as unknown as Doc);
    } else if (kind === 'chainHeads') {
      if (this.head !== null && this.head.seq > 0) yield [this.head.seq, this.head.hash, this.head.mac];
    } else if (kind === 'forgottenScans') {
      for await (const doc of this.db.collection<ForgottenDoc>('forgottenScans').find({})) yield this.forgottenRow(doc);
    } else if (kind === 'tallies') yield* this.tallies();
    else if (kind === 'scans') yield* this.scans();
    else if (kind === 'batchTallies') yield* this.batchTallies();
    else for await (const doc of this.db.collection<Doc>(kind).find({})) yield rowOf(kind, doc);
  }

  private see(name: CollectionName, doc: Doc): void {
    this.records.set(entityOf(name, String(doc._id)), { name, row: rowOf(name, doc) });
  }

  private async readAgain(entity: string): Promise<void> {
    const at = entity.indexOf(':');
    const name = COLLECTION_NAMES.find((one) => COLLECTIONS[one].entity === entity.slice(0, at));
    if (name === undefined) return;
    const doc = await this.db.collection<Doc>(name).findOne({ _id: entity.slice(at + 1), ...STANDING });
    if (doc === null) this.records.delete(entity);
    else this.see(name, doc);
  }

  /** Moves the cut to the chain's head as it is now. */
  private async readLines(): Promise<void> {
    const head = await this.db.collection<ChainHeadDoc>('chainHeads').findOne({ _id: 'audit' });
    const after = this.head?.seq ?? 0;
    const lines = this.db
      .collection<AuditDoc>('audit')
      .find({ _id: { $gt: after, $lte: head?.seq ?? 0 } }, { projection: { entity: 1, recordVersion: 1 } });
    for await (const { entity, recordVersion } of lines.sort({ _id: 1 }))
      if (typeof recordVersion === 'number') this.stated.set(entity, recordVersion);
    this.head = head;
  }

  private async *tallies(): AsyncGenerator<MovedRow> {
    for await (const doc of this.db.collection<BatchTallyDoc>('batchTallies').find({})) this.own.set(doc._id, doc);
    const tallies = this.db.collection<TallyDoc>('tallies');
    const file = openSync(join(this.folder, 'scans'), 'wx', 0o600);
    try {
      for (let after = ''; ;) {
        const docs = await tallies
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(STAMPS)
          .toArray();
        const last = docs.at(-1);
        if (last === undefined) return;
        after = last._id;
        for (const { doc, scans } of await this.withScans(docs)) {
          for (const scan of scans) writeSync(file, `${JSON.stringify(rowOf('scans', scan as unknown as Doc))}\n`);
          const tally = tallyOf(doc);
          const sum = this.sums.get(tally.batchId) ?? NO_COUNTS;
          this.sums.set(tally.batchId, {
            count: sum.count + tally.count,
            visitorDays: sum.visitorDays + tally.visitorDays,
            stampsScanned: sum.stampsScanned + (tally.count > 0 ? 1 : 0),
          });
          yield [tally.batchId, tally.serial, canonicalJson(tally), '', doc.mac];
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Each tally with the counted scans that it counts, and no other. */
  private async withScans(docs: readonly TallyDoc[]): Promise<{ doc: TallyDoc; scans: ScanDoc[] }[]> {
    const done: { doc: TallyDoc; scans: ScanDoc[] }[] = [];
    let open = [...docs];
    for (let tries = 0; open.length > 0; tries += 1) {
      if (tries >= STAMP_TRIES_MAX) throw new StoreError('unavailable', 'a stamp is scanned all the time; try again');
      const ids = open.map(({ _id }) => _id);
      const scans = new Map<string, Map<string, ScanDoc>>(ids.map((id) => [id, new Map()]));
      for await (const scan of this.db.collection<ScanDoc>('scans').find({ stamp: { $in: ids }, counted: true }))
        scans.get(scan.stamp)?.set(scan._id, scan);
      const now = new Map<string, TallyDoc>();
      for await (const doc of this.db.collection<TallyDoc>('tallies').find({ _id: { $in: ids } }))
        now.set(doc._id, doc);
      const changed: TallyDoc[] = [];
      for (const doc of open) {
        const again = now.get(doc._id);
        if (again === undefined || again.version === doc.version) {
          const own = scans.get(doc._id) ?? new Map<string, ScanDoc>();
          for (const pending of doc.pending ?? []) {
            const scan = countedScan(doc.batchId, doc.serial, pending);
            own.set(scan._id, scan);
          }
          done.push({ doc, scans: [...own.values()] });
        } else changed.push(again);
      }
      open = changed;
    }
    return done;
  }

  private async *scans(): AsyncGenerator<MovedRow> {
    const lines = createInterface({ input: createReadStream(join(this.folder, 'scans')), crlfDelay: Infinity });
    for await (const line of lines) yield JSON.parse(line) as MovedRow;
    // Of signed-in people: no tally counts them.
    for await (const scan of this.db.collection<ScanDoc>('scans').find({ counted: false }))
      yield rowOf('scans', scan as unknown as Doc);
  }

  private *batchTallies(): Generator<MovedRow> {
    for (const batchId of new Set([...this.own.keys(), ...this.sums.keys()])) {
      const own = this.own.get(batchId) ?? null;
      const sum = this.sums.get(batchId) ?? NO_COUNTS;
      if (own === null && sum.count === 0) continue;
      const isSound =
        own === null || this.seals.batchTally.isOf(batchTallyText({ batchId, ...countsOf(own) }), own.mac);
      // Less than it says: tallies are missing. Its own row shows that.
      const isLess =
        own !== null &&
        (sum.count < own.count || sum.visitorDays < own.visitorDays || sum.stampsScanned < own.stampsScanned);
      const { count, visitorDays, stampsScanned } = own !== null && (!isSound || isLess) ? countsOf(own) : sum;
      const mac =
        own !== null && (!isSound || isLess) ? own.mac : this.seals.batchTally.of(batchTallyText({ batchId, ...sum }));
      yield [batchId, count, visitorDays, stampsScanned, mac];
    }
  }

  /** Without the names of scans that left last: those are gone. */
  private forgottenRow({ _id, counted, leaving, mac }: ForgottenDoc): MovedRow {
    const isSound = this.seals.forgotten.isOf(forgottenText(_id, counted, leaving), mac);
    return [_id, counted, isSound ? this.seals.forgotten.of(forgottenText(_id, counted)) : mac];
  }
}

function countsOf({ count, visitorDays, stampsScanned }: BatchTallyDoc): Counts {
  return { count, visitorDays, stampsScanned };
}
