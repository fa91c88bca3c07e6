// What each MongoDB collection holds: mongoose schemas for documents written through them, plain types for those that
// the driver writes in bulk (scans, tallies, the chain). Strict: an unknown field is an error and never dropped
// silently.
//
// A record is stored as its canonical JSON, the bytes that are sealed. `fields` and `unique` beside it are copies for
// indexes and are compared with it when it is read.

import { Schema, type Connection, type Model } from 'mongoose';
import type { StampTally } from '../../domain/stamp/tally.ts';
import { COLLECTION_NAMES } from '../collections.ts';
import type { CollectionName, Refusals, StoredScan } from '../store.ts';

export type FieldCopy = string | number | boolean | null;

/**
 * A line on its way into the audit chain, with the request key of its change: written with the change, moved by
 * audit-appender.ts.
 */
export interface OutboxEntry {
  id: string;
  /** Orders the lines of one process, and those of several as far as their clocks agree. */
  tick: number;
  /** The AuditLine, canonical JSON. */
  line: string;
  /** `answer` as JSON. */
  request: { key: string; bodyHash: string; answer: string } | null;
  /** HMAC over all of the above: without the row key no line can enter the chain. */
  seal: Uint8Array;
}

export interface RecordDoc {
  _id: string;
  version: number;
  createdAt: string;
  /** Canonical JSON. */
  doc: string;
  /** Null: it did not match its lines when everything was sealed (seal-store.ts). */
  seal: Uint8Array | null;
  /** Filter fields by name, dots as underscores. */
  fields: Record<string, FieldCopy>;
  /** Values of each unique index as JSON; absent where one of them is null. */
  unique: Record<string, string>;
  /** What it is found by (collections.ts `wordsOf`); an index only, which no answer rests on. */
  words: string[];
  /** The record's own id, so that the array is never empty, then the keys of requests that changed it. */
  requestKeys: string[];
  outbox: OutboxEntry[];
  /** Tick of the oldest line that may still be in the outbox; absent: it is empty. */
  outboxSince?: number;
  /** It was removed, and only carries its line into the chain; absent: it stands. */
  removed?: boolean;
}

/** A line that belongs to no record. */
export interface LineDoc {
  _id: string;
  entity: string;
  outbox: OutboxEntry[];
  outboxSince: number;
}

/** A request key: reserved, then answered. */
export interface RequestKeyDoc {
  _id: string;
  at: string;
  bodyHash: string;
  of: CollectionName;
  /** Who reserved it. */
  token: string;
  /** JSON; absent until the line of its change is in the chain. Before that, the answer is in the record's outbox. */
  answer?: string;
  /** The answer's seal. */
  mac?: string;
}

export interface LeaseDoc {
  _id: string;
  /** Empty: released. */
  holder: string;
  /** Incremented with each new holder. */
  fence: number;
  /** Incremented with each heartbeat. */
  beat: number;
}

/** Where the audit chain ends: all lines up to it are placed, and none of them is in an outbox any more. */
export interface ChainHeadDoc {
  _id: string;
  seq: number;
  hash: string;
  /** The highest lease number that wrote here; a lower one may not. */
  fence: number;
  mac: string;
}

export interface FileDoc {
  _id: string;
  mediaType: string;
  bytes: Uint8Array;
  mac: string;
}

export interface SaltDoc {
  _id: string;
  salt: Uint8Array;
}

/** What the database says about itself. */
export interface StoreDoc {
  _id: string;
  madeAt: string;
  timeZone: string;
  canary: Uint8Array;
  schemaVersion: number;
  pingedAt?: string;
  /** Another store is being moved into this one, which must not be used yet. */
  moving?: boolean;
}

export interface AuditDoc {
  /** The sequence number, so that no two lines can have one place. */
  _id: number;
  /** Id of its outbox entry. */
  line: string;
  at: string;
  actor: string;
  officeId: string | null;
  entity: string;
  kind: string;
  action: string;
  /** Canonical JSON; null once erased. */
  values: string | null;
  salt: string | null;
  valuesHash: string;
  hash: string;
  recordVersion?: number;
  concerns?: string;
  mac: string;
}

/** A scan counted by its tally, on its way to the list of scans and the batch's tally. */
export interface PendingScan {
  /** `_id` of the listed scan, unique over all stamps. */
  key: string;
  id: string;
  minute: number;
  province: string | null;
  verdict: StoredScan['verdict'];
  /** What it added: 1 or 0. */
  visitorDays: number;
  stampsScanned: number;
}

export interface TallyDoc extends Omit<StampTally, 'signs'> {
  /** `batch:serial`. */
  _id: string;
  /** Incremented with each write, so that a writer knows whether what it read is still current. */
  version: number;
  /** As text (domain/stamp/signs.ts); absent: last counted before there were signs. */
  signs?: string | null;
  /** store/visits.ts */
  visits: string;
  /** No visit is from a day before this one; absent: there are no visits. */
  visitsFrom?: string;
  /** Of the tally, without the store's own fields. */
  mac: string;
  /** Ids of the last scans counted. */
  recent: string[];
  pending?: PendingScan[];
  /** The batch, while scans are pending. */
  due?: string;
  /**
   * Its position among the tallies that may be cases for an office (scan-shapes.ts `oddKey`); absent: it cannot be one.
   */
  odd?: string;
}

export interface BatchTallyDoc {
  _id: string;
  version: number;
  count: number;
  visitorDays: number;
  stampsScanned: number;
  /** Null: it was not as it was written when a scan was added. */
  mac: string | null;
  /** Keys of the pending scans added last. They may still be pending and must not be added again. */
  carried: string[];
}

/** How many of a batch's counted scans retention deleted. */
export interface ForgottenDoc {
  _id: string;
  version: number;
  counted: number;
  /** `_id`s of the scans counted last: they may still be listed, and must not be counted again. */
  leaving: string[];
  /** Null: it was not as it was written when another scan was deleted. */
  mac: string | null;
}

/** How far the background check is. */
export interface CheckDoc {
  _id: string;
  /** JSON. */
  state: string;
  mac: string;
}

export interface ScanDoc {
  /** `batch:serial:id`. */
  _id: string;
  /** `batch:serial`: the shard key. */
  stamp: string;
  batchId: string;
  serial: number;
  id: string;
  /** Minutes since 1970. */
  minute: number;
  /** Quarters of an hour since 1970; in every time zone a day begins at one. */
  quarter: number;
  province: string | null;
  verdict: StoredScan['verdict'];
  counted: boolean;
}

export interface RefusalDoc {
  _id: string;
  day: string;
  reason: Refusals['reason'];
  /** Empty: of no batch. */
  batchId: string;
  refused: number;
}

const OPTIONS = {
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  id: false,
} as const;
const PART = { ...OPTIONS, _id: false } as const;

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const bytes = { type: Buffer, required: true } as const;
const anything = { type: Schema.Types.Mixed, required: true } as const;

const request = new Schema({ key: text, bodyHash: text, answer: text }, PART);
const entry = new Schema<OutboxEntry>(
  { id: text, tick: count, line: text, request: { type: request, default: null }, seal: bytes },
  PART,
);
const outbox = { type: [entry], required: true } as const;

const record = new Schema<RecordDoc>(
  {
    _id: text,
    version: count,
    createdAt: text,
    doc: text,
    seal: { type: Buffer, default: null },
    fields: anything,
    unique: anything,
    words: { type: [String], required: true },
    requestKeys: { type: [String], required: true },
    outbox,
    outboxSince: Number,
    removed: Boolean,
  },
  OPTIONS,
);
const line = new Schema<LineDoc>({ _id: text, entity: text, outbox, outboxSince: count }, OPTIONS);
const requestKey = new Schema<RequestKeyDoc>(
  { _id: text, at: text, bodyHash: text, of: text, token: text, answer: String, mac: String },
  OPTIONS,
);
const lease = new Schema<LeaseDoc>({ _id: text, holder: text, fence: count, beat: count }, OPTIONS);
const chainHead = new Schema<ChainHeadDoc>({ _id: text, seq: count, hash: text, fence: count, mac: text }, OPTIONS);
/** A file may be empty. */
const file = new Schema<FileDoc>({ _id: text, mediaType: text, bytes: Buffer, mac: text }, OPTIONS);
const salt = new Schema<SaltDoc>({ _id: text, salt: bytes }, OPTIONS);
const store = new Schema<StoreDoc>(
  { _id: text, madeAt: text, timeZone: text, canary: bytes, schemaVersion: count, pingedAt: String, moving: Boolean },
  OPTIONS,
);

export interface Models {
  records: Record<CollectionName, Model<RecordDoc>>;
  lines: Model<LineDoc>;
  requestKeys: Model<RequestKeyDoc>;
  leases: Model<LeaseDoc>;
  chainHeads: Model<ChainHeadDoc>;
  files: Model<FileDoc>;
  salts: Model<SaltDoc>;
  stores: Model<StoreDoc>;
}

/** The models of one connection. A collection has its model's name: those of the port, and of INDEXES. */
export function modelsOf(connection: Connection): Models {
  const model = <T>(name: string, schema: Schema<T>): Model<T> => connection.model<T>(name, schema, name);
  return {
    records: Object.fromEntries(COLLECTION_NAMES.map((name) => [name, model(name, record)])) as Models['records'],
    lines: model('lines', line),
    requestKeys: model('requestKeys', requestKey),
    leases: model('leases', lease),
    chainHeads: model('chainHeads', chainHead),
    files: model('files', file),
    salts: model('salts', salt),
    stores: model('stores', store),
  };
}
