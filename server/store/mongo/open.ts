// Opens the store that many servers share: checks the address and whether the database may be trusted, updates its
// indexes, and assembles the port.

import { Types } from 'mongoose';
import type { Entity, Id } from '../../domain/entity.ts';
import { alarmed, makeAlarm } from '../alarm.ts';
import { everyCollection } from '../collections.ts';
import { LEASE_SILENCE_MS, type Lease as PortLease } from '../leases.ts';
import { StoreError, type CollectionName, type Store } from '../store.ts';
import { AuditAppender } from './audit-appender.ts';
import { auditLog } from './audit-log.ts';
import { Background, PACE, type Pace } from './background.ts';
import { headFault, openHeadBeside, readHeadBeside } from '../head-beside.ts';
import { sealsOf, type Seals } from '../seals.ts';
import { ChainWatch } from './chain-watch.ts';
import { connect, type Link } from './connection.ts';
import { filesOf } from './files.ts';
import { scanForgetting } from './forget-scans.ts';
import { Lease } from './lease.ts';
import { SCHEMA_VERSION } from './migrations.ts';
import { Outbox } from './outbox.ts';
import { recordsOf } from './records.ts';
import { refusalCounts, saltReader } from './refusals.ts';
import { RequestKeys } from './request-keys.ts';
import { ScanCarrier } from './scan-carrier.ts';
import { ScanRecorder } from './scan-ledger.ts';
import { scanReader } from './scan-reader.ts';
import { modelsOf, type AuditDoc, type BatchTallyDoc, type Models } from './schemas.ts';
import { storeCheck } from './tally-reader.ts';
import { leaveSign, openTrusted, storeFacts } from './trust.ts';
import { mendWords } from './words.ts';

const LEASE = 'background';

export interface MongoStoreOptions {
  /**
   * `mongodb://…` or `mongodb+srv://…`, with the name of the database. No part of it may weaken how safely we write and
   * read.
   */
  url: string;
  /** Seals rows and waiting lines: 32 bytes derived from the master key. */
  rowKey: Uint8Array;
  now: () => Date;
  /** Names the days of salts and visits. A store that was made in another zone is reported in the log. */
  timeZone: string;
  log?: (event: string, fields: Record<string, unknown>) => void;
  /** Told that the database ends before what this server kept; absent: such a database is refused. */
  onGap?: (gap: string) => void;
  /** Where this server keeps the end of the audit chain that it saw last; absent: nowhere. */
  headPath?: string;
  /** Tests only: how often the chain is checked for other writers. */
  watchMs?: number;
  /** Tests only: how soon a silent server loses the lease. */
  pace?: Pace;
}

/**
 * @throws StoreError `untrusted` for an address or a database that must not be used, `unavailable` if the server does
 * not answer
 */
export async function openMongoStore(options: MongoStoreOptions): Promise<Store> {
  const { url, rowKey, now, timeZone } = options;
  const log = options.log ?? (() => undefined);
  const seals = sealsOf(rowKey);
  const link = await connect(url);
  try {
    const models = modelsOf(link.connection);
    const facts = await link.write(() =>
      openTrusted({ db: link.db, models, seals, now, log, madeAt: now().toISOString(), timeZone }),
    );
    const gap = options.headPath === undefined ? null : await headGap(link, seals, options.headPath);
    if (gap !== null && options.onGap === undefined) throw new StoreError('untrusted', gap);
    if (gap !== null) options.onGap?.(gap);
    if (facts.timeZone !== timeZone) log('store.time-zone-changed', { from: facts.timeZone, to: timeZone });
    // What was kept stays as it is until the gap is accepted.
    const { headPath: _headPath, ...others } = options;
    return assemble(link, models, seals, { ...(gap === null ? options : others), log });
  } catch (error) {
    await link.close();
    throw error;
  }
}

/** Says that the chain ends before the head that this server kept, or does not hold it; null: neither. */
async function headGap(link: Link, seals: Seals, path: string): Promise<string | null> {
  const kept = readHeadBeside(path, seals.chainHead);
  if (kept === null) return null;
  const audit = link.db.collection<AuditDoc>('audit');
  const [last, line] = await link.read(() =>
    Promise.all([
      audit
        .find({}, { projection: { _id: 1 } })
        .sort({ _id: -1 })
        .limit(1)
        .next(),
      audit.findOne({ _id: kept.seq }, { projection: { hash: 1 } }),
    ]),
  );
  const facts = { last: last?._id ?? 0, hash: line?.hash ?? null };
  return headFault(`the database ${link.db.databaseName}`, path, kept, facts);
}

function assemble(
  link: Link,
  models: Models,
  seals: Seals,
  options: MongoStoreOptions & Required<Pick<MongoStoreOptions, 'log'>>,
): Store {
  const { rowKey, now, log, pace = PACE } = options;
  const audit = link.db.collection<AuditDoc>('audit');
  const outbox = new Outbox(rowKey, now);
  const requestKeys = new RequestKeys(models, seals.requestKey);
  const beside = options.headPath === undefined ? null : openHeadBeside(options.headPath, seals.chainHead);
  const watch = new ChainWatch({
    link,
    audit,
    seals,
    log,
    beside,
    ...(options.watchMs === undefined ? {} : { lookMs: options.watchMs }),
  });
  const appender = new AuditAppender({ models, audit, outbox, requestKeys, seals, watch, log });
  const lease = new Lease(models.leases, LEASE, new Types.ObjectId().toHexString(), pace.silenceMs);
  const carrier = new ScanCarrier(link, seals.batchTally);
  const background = new Background({ link, lease, appender, carrier, pace, log });
  const recorder = new ScanRecorder(link, seals.tally);
  background.start();
  watch.start();

  const listeners = new Set<(collection: CollectionName, id: Id) => void>();
  const changed = (collection: CollectionName, id: Id): void => {
    for (const listener of listeners) listener(collection, id);
    background.nudge();
  };
  const parts = { link, models, rowKey, outbox, requestKeys, changed };
  const alarm = makeAlarm(log);
  const collections = everyCollection((name) => alarmed(recordsOf<Entity>(name, parts), alarm));
  let closed: Promise<void> | null = null;

  return {
    ...collections,
    scans: {
      ...scanReader(link, carrier, seals),
      ...refusalCounts(link),
      ...saltReader(link, models),
      ...scanForgetting(link, models, carrier, seals.forgotten),
      record: (scan) => recorder.record(scan),
      tryPin: (attempt) => recorder.tryPin(attempt),
    },
    check: storeCheck(link, carrier, seals, {
      chainFault: () => watch.fault,
      lookAtChain: () => watch.lookNow(),
    }),
    audit: auditLog({ link, models, audit, outbox, seals, watch, appender, background }),
    files: filesOf(link, models, seals.file),
    findRequest: (key) => link.read(() => requestKeys.find(key)),
    keepRequest: (request, at) => link.write(() => requestKeys.keep(request, at)),
    async forgetRequestsBefore(at) {
      // A line that still waits would bring its key back.
      await background.catchUp();
      return link.write(() => requestKeys.forgetBefore(at));
    },
    lease: (name) => leaseOf(name, link, models, options.pace?.silenceMs ?? LEASE_SILENCE_MS),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    mendSearch: () => link.write(() => mendWords(link.db)),
    alarm,
    ping: () => link.write(() => leaveSign(models, now().toISOString())),
    freeBytes: () => link.read(() => freeBytesOf(link)),
    describe: () => describe(link, models, carrier),
    close() {
      closed ??= closeAll(link, recorder, background, watch);
      return closed;
    },
  };
}

function leaseOf(name: string, link: Link, models: Models, silenceMs: number): PortLease {
  const lease = new Lease(models.leases, name, new Types.ObjectId().toHexString(), silenceMs);
  return { hold: () => link.write(() => lease.hold()), release: () => link.write(() => lease.release()) };
}

/** As the server tells it (`fsTotalSize`, from 3.6 on); an imitation of one may not. */
async function freeBytesOf(link: Link): Promise<number | null> {
  const stats = await link.db.command({ dbStats: 1 });
  const [total, used]: unknown[] = [stats['fsTotalSize'], stats['fsUsedSize']];
  return typeof total === 'number' && typeof used === 'number' ? Math.max(0, total - used) : null;
}

async function closeAll(link: Link, recorder: ScanRecorder, background: Background, watch: ChainWatch): Promise<void> {
  await watch.stop();
  await recorder.close();
  await background.stop();
  await link.close();
}

async function describe(link: Link, models: Models, carrier: ScanCarrier): Promise<Record<string, string | number>> {
  await link.write(() => carrier.sweep());
  const batchTallies = link.db.collection<BatchTallyDoc>('batchTallies');
  return link.read(async () => {
    const [facts, build, sums] = await Promise.all([
      storeFacts(models),
      link.db.command({ buildInfo: 1 }),
      batchTallies.aggregate<{ scans: number }>([{ $group: { _id: null, scans: { $sum: '$count' } } }]).toArray(),
    ]);
    return {
      engine: 'mongodb',
      version: String(build['version']),
      schema: facts?.schemaVersion ?? SCHEMA_VERSION,
      madeAt: facts?.madeAt ?? '',
      // Without scans of signed-in people, which are listed but not counted.
      answeredScans: sums[0]?.scans ?? 0,
    };
  });
}
