// Assembles the port: reads use a connection of this thread, long ones the reader thread, writes the writer thread.

import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { AuditLine } from '../../domain/audit/audit.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { alarmed, makeAlarm } from '../alarm.ts';
import { everyCollection, SEARCHED } from '../collections.ts';
import { LEASE_SILENCE_MS } from '../leases.ts';
import {
  StoreError,
  type Collection,
  type CollectionName,
  type RequestKey,
  type ScanLedger,
  type Store,
  type WriteNote,
} from '../store.ts';
import { witnessed, witnessedGone } from '../witness.ts';
import { auditReader } from './audit-log.ts';
import type { ChainWatch } from './chain-watch.ts';
import { readCheck } from './check-state.ts';
import { asStoreError, valueOf } from './connection.ts';
import { fileReader } from './files.ts';
import { leaseOf } from './lease.ts';
import type { LongReader } from './long-reader.ts';
import type { NoteRow, RecordRow, RequestRow, StampKey } from './messages.ts';
import { recordReader, requestReader } from './records.ts';
import { scanReader } from './scan-reader.ts';
import type { Seals } from '../seals.ts';
import { batchesAsked, MINUTE_MS } from '../scan-questions.ts';
import { movedTo, storeFacts } from './trust.ts';
import { MENDED_AT_ONCE, wordsRowOf } from './words.ts';
import type { Log, Writer } from './writer.ts';

/** Rows that one commit deletes, so that retention never delays scans for long. */
const DELETE_ROWS = 2_000;
const BEFORE_ALL_STAMPS: StampKey = { batchId: '', serial: 0 };

type Change = (collection: CollectionName, id: Id) => void;

/** The parts of a store, which it closes with itself. */
export interface StoreParts {
  /** The database file. */
  path: string;
  /** A reading connection. */
  db: DatabaseSync;
  longReader: LongReader;
  writer: Writer;
  seals: Seals;
  watch: ChainWatch;
  log: Log;
  /** Tests only: how soon a silent holder loses a lease. */
  leaseSilenceMs?: number;
}

export function assembleStore(parts: StoreParts): Store {
  const { path, db, longReader, writer, log, seals, watch } = parts;
  const listeners = new Set<Change>();
  const changed: Change = (collection, id) => {
    for (const listener of listeners) listener(collection, id);
  };
  let closed: Promise<void> | null = null;
  const alarm = makeAlarm(log);
  const collections = everyCollection((name) => alarmed(collectionOf<Entity>(name, parts, changed), alarm));

  return {
    ...collections,
    scans: ledgerOf(parts),
    check: {
      batchAfter: (batchId) => longReader.ask({ kind: 'batch-after', batchId }),
      sums: (batchId) => longReader.ask({ kind: 'sums', batchId }),
      shortStamps: (batchId) => longReader.ask({ kind: 'short-stamps', batchId }),
      unsound: (part, after) => longReader.ask({ kind: 'unsound', part, after }),
      settle: async (batchId) => {
        await writer.send({ kind: 'settle-tallies', batchId });
      },
      chainFault: () => watch.fault,
      lookAtChain: () => watch.lookNow(),
      state: async () => asStoreError(() => readCheck(db, seals)),
      keep: async (state) => {
        await writer.send({ kind: 'keep-check', state: JSON.stringify(state) });
      },
    },
    audit: {
      ...auditReader(db, seals, watch),
      add: async (line) => {
        await writer.send({ kind: 'add-line', line: plainLine(line) });
      },
      eraseValues: async (entity) => {
        const erased = await writer.send({ kind: 'erase-values', entity });
        await longReader.quietly(() => truncateLog(writer, log));
        return erased;
      },
    },
    files: {
      ...fileReader(db, seals.file),
      put: async (id, mediaType, bytes) => {
        const stored = await writer.send({ kind: 'put-file', id, mediaType, bytes });
        if (!stored) throw new RangeError(`there is a file ${id} already`);
      },
      remove: async (id) => void (await writer.send({ kind: 'remove-file', id })),
    },
    findRequest: requestReader(db, seals),
    keepRequest: (request, at) => writer.send({ kind: 'keep-request', request: requestRowOf(request), at }),
    forgetRequestsBefore: (at) => inPortions((limit) => writer.send({ kind: 'forget-requests', before: at, limit })),
    lease: (name) => leaseOf(name, writer, parts.leaseSilenceMs ?? LEASE_SILENCE_MS),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    mendSearch: () => mendSearch(writer),
    alarm,
    async ping() {
      if (asStoreError(() => movedTo(db)) !== null)
        throw new StoreError('untrusted', 'the store was closed for a move');
      await writer.send({ kind: 'leave-sign' });
      asStoreError(() => valueOf(db, 'select 1 from store'));
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(dirname(path)).catch((error: unknown) => {
        throw new StoreError('unavailable', `the disk of ${path} cannot be looked at`, error);
      });
      return bavail * bsize;
    },
    async describe() {
      return asStoreError(() => factsOf(db));
    },
    close() {
      closed ??= closeAll(parts);
      return closed;
    },
  };
}

async function mendSearch(writer: Writer): Promise<number> {
  let total = 0;
  for (const collection of SEARCHED) {
    for (let after: Id | null = ''; after !== null;) {
      const { last, mended }: { last: Id | null; mended: number } = await writer.send({
        kind: 'mend-words',
        collection,
        after,
        limit: MENDED_AT_ONCE,
      });
      total += mended;
      after = last;
    }
  }
  return total;
}

function factsOf(db: DatabaseSync): Record<string, string | number> {
  const facts = storeFacts(db);
  return {
    engine: 'sqlite',
    version: String(valueOf(db, 'select sqlite_version()')),
    schema: Number(valueOf(db, 'pragma user_version')),
    madeAt: facts?.madeAt ?? '',
    answeredScans: facts?.answeredScans ?? 0,
  };
}

/** The readers close first: the writer's connection, as the last one, moves the log into the file. */
async function closeAll({ db, longReader, writer, watch }: StoreParts): Promise<void> {
  await watch.stop();
  db.close();
  await longReader.close();
  await writer.close();
}

function collectionOf<T extends Entity>(
  name: CollectionName,
  { db, writer, seals }: StoreParts,
  changed: Change,
): Collection<T> {
  const rowOfDoc = (doc: T): RecordRow => {
    const { id, version, createdAt } = doc;
    const words = SEARCHED.includes(name) ? wordsRowOf(name, doc) : null;
    return { collection: name, id, version, createdAt, doc: canonicalJson(doc), words };
  };
  return {
    ...recordReader<T>(db, seals, name),
    async insert(doc, note) {
      const outcome = await writer.send({
        kind: 'insert',
        row: rowOfDoc(doc),
        note: noteRowOf(witnessed(name, doc, note)),
      });
      if (outcome.kind === 'added') changed(name, doc.id);
      return outcome;
    },
    async replace(doc, note) {
      const outcome = await writer.send({
        kind: 'replace',
        row: rowOfDoc(doc),
        note: noteRowOf(witnessed(name, doc, note)),
      });
      if (outcome.kind === 'replaced') changed(name, doc.id);
      return outcome;
    },
    async remove(doc, note) {
      const row = { collection: name, id: doc.id, version: doc.version };
      const outcome = await writer.send({ kind: 'remove', row, note: noteRowOf(witnessedGone(name, doc, note)) });
      if (outcome.kind === 'removed') changed(name, doc.id);
      return outcome;
    },
  };
}

function ledgerOf({ db, longReader, writer, log, seals }: StoreParts): ScanLedger {
  const { saltOf, ...reading } = scanReader(db, seals);
  return {
    ...reading,
    scannedSince: (batchId, from, to, since) => longReader.ask({ kind: 'scanned-since', batchId, from, to, since }),
    stampsScanned: (batchId, from, to) => longReader.ask({ kind: 'stamps-scanned', batchId, from, to }),
    count: ({ batchId, from, to }, by, timeZone) =>
      longReader.ask({ kind: 'count', batchIds: [batchId], from, to, by, timeZone }),
    countAll: async (batchIds, { from, to }, by, timeZone) => {
      batchesAsked(batchIds);
      return longReader.ask({ kind: 'count', batchIds, from, to, by, timeZone });
    },
    record: (scan) => writer.record(scan),
    tryPin: (attempt) => writer.send({ kind: 'try-pin', attempt }),
    addRefusals: async (counts) => {
      await writer.send({ kind: 'add-refusals', counts });
    },
    saltOf: async (day, fresh) => saltOf(day) ?? (await writer.send({ kind: 'salt-of', day, fresh })),
    forgetVisitorsBefore: async (day) => {
      let after: StampKey | null = BEFORE_ALL_STAMPS;
      while (after !== null)
        after = await writer.send({ kind: 'forget-visits', before: day, after, limit: DELETE_ROWS });
      await longReader.quietly(() => truncateLog(writer, log));
    },
    deleteScansBefore: async (at) => {
      const beforeMinute = Math.floor(Date.parse(at) / MINUTE_MS);
      let deleted = 0;
      for (let after: string | null = ''; after !== null;) {
        const batchIds: string[] = await longReader.ask({ kind: 'batches-before', after, beforeMinute });
        for (const batchId of batchIds)
          deleted += await inPortions((limit) => writer.send({ kind: 'delete-scans', batchId, beforeMinute, limit }));
        after = batchIds.at(-1) ?? null;
      }
      return deleted;
    },
  };
}

/** Repeats a deletion of a bounded number of rows until nothing is left. Returns how many rows were deleted. */
async function inPortions(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await deleteSome(DELETE_ROWS);
    total += deleted;
    if (deleted < DELETE_ROWS) return total;
  }
}

/** Deleted bytes remain in the log until it is cut. @throws StoreError if another process keeps reading it */
async function truncateLog(writer: Writer, log: Log): Promise<void> {
  if (await writer.send({ kind: 'truncate-log' })) return;
  log('store.log-not-cut', {});
  throw new StoreError('unavailable', 'another process kept reading the log, so that it could not be cut; try again');
}

function noteRowOf({ line, request }: WriteNote): NoteRow {
  return { line: plainLine(line), request: request === null ? null : requestRowOf(request) };
}

function requestRowOf({ key, bodyHash, answer }: RequestKey): RequestRow {
  return { key, bodyHash, answer: JSON.stringify(answer) };
}

/** The line with its values as plain JSON. Values that cannot be stored fail here, at the caller. @throws TypeError */
function plainLine(line: AuditLine): AuditLine {
  return { ...line, values: JSON.parse(canonicalJson(line.values)) as Record<string, unknown> };
}
