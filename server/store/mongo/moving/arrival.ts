// A database that another store moves into. Rows may arrive twice and in any order, from a move that was interrupted
// and repeated: each has its `_id`, by which a row that is already there is refused. The database cannot be opened
// until all rows have arrived.

import type { mongo } from 'mongoose';
import { canonicalJson } from '../../../domain/audit/audit-chain.ts';
import { mayBeCase } from '../../../domain/stamp/suspect.ts';
import { signsKept } from '../../../domain/stamp/signs.ts';
import type { StampTally } from '../../../domain/stamp/tally.ts';
import { isCollection, type MovedFacts, type MovedKind, type MovedRow } from '../../moving.ts';
import type { CollectionName } from '../../store.ts';
import { firstVisitDay } from '../../visits.ts';
import { connect, refusedBy } from '../connection.ts';
import { movedRecord } from '../record-rows.ts';
import { oddKey, stampKey, tallyOf } from '../scan-shapes.ts';
import { QUARTER_MINUTES } from '../../scan-questions.ts';
import {
  modelsOf,
  type AuditDoc,
  type BatchTallyDoc,
  type ChainHeadDoc,
  type FileDoc,
  type ForgottenDoc,
  type RecordDoc,
  type RefusalDoc,
  type RequestKeyDoc,
  type SaltDoc,
  type ScanDoc,
  type TallyDoc,
} from '../schemas.ts';
import { signMoved, signMoving } from '../trust.ts';

export type Doc = mongo.Document & { _id: string | number };

export interface Arrival {
  put: (kind: MovedKind, rows: readonly MovedRow[]) => Promise<void>;
  /** The rows that have arrived, in the form in which they left. */
  rows: (kind: MovedKind) => AsyncIterable<MovedRow>;
  /** Continues the chain from its last line and releases the database for use. */
  finish: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Null: everything arrived earlier, and the database is in use. @throws StoreError `untrusted` for a database that
 * holds anything else
 */
export async function openArrival(url: string, facts: MovedFacts): Promise<Arrival | null> {
  const link = await connect(url);
  try {
    const models = modelsOf(link.connection);
    if (!(await link.write(() => signMoving(link.db, models, facts)))) {
      await link.close();
      return null;
    }
    return {
      put: (kind, rows) => link.write(() => putAll(link.db, kind, rows)),
      rows: (kind) => rowsOf(link.db, kind),
      finish: () => link.write(() => signMoved(models)),
      close: () => link.close(),
    };
  } catch (error) {
    await link.close();
    throw error;
  }
}

async function putAll(db: mongo.Db, kind: MovedKind, rows: readonly MovedRow[]): Promise<void> {
  try {
    await db.collection<Doc>(kind).insertMany(
      rows.map((row) => docOf(kind, row)),
      { ordered: false },
    );
  } catch (error) {
    refusedBy(error);
  }
}

async function* rowsOf(db: mongo.Db, kind: MovedKind): AsyncGenerator<MovedRow> {
  for await (const doc of db.collection<Doc>(kind).find({})) yield rowOf(kind, doc);
}

function docOf(kind: MovedKind, row: MovedRow): Doc {
  return (isCollection(kind) ? recordDoc(kind, row) : OTHERS[kind].doc(row)) as unknown as Doc;
}

export function rowOf(kind: MovedKind, doc: Doc): MovedRow {
  if (!isCollection(kind)) return OTHERS[kind].row(doc as never);
  const { _id, version, createdAt, doc: text, seal } = doc as unknown as RecordDoc;
  return [_id, version, createdAt, text, seal === null ? null : base64Of(seal)];
}

function recordDoc(name: CollectionName, row: MovedRow): RecordDoc {
  const [, , , text, seal] = row as [string, number, string, string, string | null];
  return movedRecord(name, text, seal === null ? null : bytesOf(seal));
}

interface Shape<T> {
  doc: (row: MovedRow) => T;
  row: (doc: T) => MovedRow;
}

const requestKeys: Shape<RequestKeyDoc> = {
  doc(row) {
    const [key, at, bodyHash, answer, mac] = row as [string, string, string, string, string];
    // `of` says where to look for an answer that is not here; this answer is here.
    return { _id: key, at, bodyHash, of: 'offices', token: 'moved', answer, mac };
  },
  row: ({ _id, at, bodyHash, answer = null, mac = null }) => [_id, at, bodyHash, answer, mac],
};

const audit: Shape<AuditDoc> = {
  doc(row) {
    const [seq, at, actor, officeId, entity, action, values, salt, valuesHash, hash, version, concerns, mac] = row as [
      number,
      string,
      string,
      string | null,
      string,
      string,
      string | null,
      string | null,
      string,
      string,
      number | null,
      string | null,
      string,
    ];
    const kind = entity.slice(0, Math.max(0, `${entity}:`.indexOf(':')));
    return {
      _id: seq,
      line: `moved ${seq}`,
      at,
      actor,
      officeId,
      entity,
      kind,
      action,
      values,
      salt,
      valuesHash,
      hash,
      ...(version === null ? {} : { recordVersion: version }),
      ...(concerns === null ? {} : { concerns }),
      mac,
    };
  },
  row: ({ _id, at, actor, officeId, entity, action, values, salt, valuesHash, hash, recordVersion, concerns, mac }) => [
    _id,
    at,
    actor,
    officeId,
    entity,
    action,
    values,
    salt,
    valuesHash,
    hash,
    recordVersion ?? null,
    concerns ?? null,
    mac,
  ],
};

const scans: Shape<ScanDoc> = {
  doc(row) {
    const [batchId, serial, id, minute, province, verdict, counted] = row as [
      string,
      number,
      string,
      number,
      string | null,
      ScanDoc['verdict'],
      number,
    ];
    const stamp = stampKey(batchId, serial);
    const quarter = Math.floor(minute / QUARTER_MINUTES);
    return {
      _id: `${stamp}:${id}`,
      stamp,
      batchId,
      serial,
      id,
      minute,
      quarter,
      province,
      verdict,
      counted: counted === 1,
    };
  },
  row: ({ batchId, serial, id, minute, province, verdict, counted }) => [
    batchId,
    serial,
    id,
    minute,
    province,
    verdict,
    counted ? 1 : 0,
  ],
};

const tallies: Shape<TallyDoc> = {
  doc(row) {
    const [batchId, serial, text, visits, mac] = row as [string, number, string, string, string];
    const tally = JSON.parse(text) as StampTally;
    const signs = tally.signs === null ? null : signsKept(tally.signs);
    const visitsFrom = firstVisitDay(visits);
    return {
      ...tally,
      signs,
      _id: stampKey(batchId, serial),
      version: 1,
      mac,
      visits,
      recent: [],
      ...(visitsFrom === null ? {} : { visitsFrom }),
      ...(mayBeCase(tally) ? { odd: oddKey(tally) } : {}),
    };
  },
  row: (doc) => [doc.batchId, doc.serial, canonicalJson(tallyOf(doc)), doc.visits, doc.mac],
};

const batchTallies: Shape<BatchTallyDoc> = {
  doc(row) {
    const [batchId, count, visitorDays, stampsScanned, mac] = row as [string, number, number, number, string | null];
    return { _id: batchId, version: 1, count, visitorDays, stampsScanned, mac, carried: [] };
  },
  row: ({ _id, count, visitorDays, stampsScanned, mac }) => [_id, count, visitorDays, stampsScanned, mac],
};

const forgottenScans: Shape<ForgottenDoc> = {
  doc(row) {
    const [batchId, counted, mac] = row as [string, number, string | null];
    return { _id: batchId, version: 1, counted, leaving: [], mac };
  },
  row: ({ _id, counted, mac }) => [_id, counted, mac],
};

const refusals: Shape<RefusalDoc> = {
  doc(row) {
    const [day, reason, batchId, refused] = row as [string, RefusalDoc['reason'], string, number];
    return { _id: `${day} ${reason} ${batchId}`, day, reason, batchId, refused };
  },
  row: ({ day, reason, batchId, refused }) => [day, reason, batchId, refused],
};

const salts: Shape<SaltDoc> = {
  doc: (row) => ({ _id: row[0] as string, salt: bytesOf(row[1] as string) }),
  row: ({ _id, salt }) => [_id, base64Of(salt)],
};

const files: Shape<FileDoc> = {
  doc: (row) => ({
    _id: row[0] as string,
    mediaType: row[1] as string,
    bytes: bytesOf(row[2] as string),
    mac: row[3] as string,
  }),
  row: ({ _id, mediaType, bytes, mac }) => [_id, mediaType, base64Of(bytes), mac],
};

/** A single row: where the chain ends. */
const chainHeads: Shape<ChainHeadDoc> = {
  doc: (row) => ({ _id: 'audit', seq: row[0] as number, hash: row[1] as string, mac: row[2] as string, fence: 0 }),
  row: ({ seq, hash, mac }) => [seq, hash, mac],
};

const OTHERS = {
  requestKeys,
  audit,
  chainHeads,
  scans,
  tallies,
  batchTallies,
  forgottenScans,
  refusals,
  salts,
  files,
} as const;

/** As a Buffer, because the driver writes any other byte array as numbers. */
function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

/** The driver returns bytes as its own Binary, or as a Buffer. */
export function base64Of(bytes: Uint8Array | mongo.Binary): string {
  return Buffer.from(
    'buffer' in bytes && '_bsontype' in bytes ? (bytes.buffer as Uint8Array) : (bytes as Uint8Array),
  ).toString('base64');
}
