// The messages between main thread and writer thread. One message each way for a whole group of writes. Scans, which
// are most of them, travel as one flat array of cells, because an object for each would cost more than recording it.

import type { ChainHead } from '../../domain/audit/audit-chain.ts';
import type { AuditLine } from '../../domain/audit/audit.ts';
import type { Day, Id, Instant } from '../../domain/entity.ts';
import type { PinOutcome, PinTry } from '../../domain/stamp/pin.ts';
import type { CollectionName, InsertOutcome, Refusals, RemoveOutcome, Replayed, ReplaceOutcome } from '../store.ts';
import type { Cell } from './connection.ts';
import type { WordsRow } from './words.ts';

/** A record to be written; `doc` is canonical JSON. */
export interface RecordRow {
  collection: CollectionName;
  id: Id;
  version: number;
  createdAt: Instant;
  doc: string;
  /** Null: its collection is not searched. */
  words: WordsRow | null;
}

export interface NoteRow {
  line: AuditLine;
  request: RequestRow | null;
}

export interface RequestRow {
  key: string;
  bodyHash: string;
  /** JSON. */
  answer: string;
}

export interface StampKey {
  batchId: Id;
  serial: number;
}

/** A holder's last heartbeat. */
export interface LeaseSign {
  fence: number;
  beat: number;
}

/** Who holds it now: we, with our number, or another, with its last heartbeat. */
export type LeaseAnswer = { kind: 'ours'; fence: number } | ({ kind: 'taken' } & LeaseSign);

export type Write =
  | { kind: 'insert'; row: RecordRow; note: NoteRow }
  | { kind: 'replace'; row: RecordRow; note: NoteRow }
  | { kind: 'remove'; row: Pick<RecordRow, 'collection' | 'id' | 'version'>; note: NoteRow }
  | { kind: 'try-pin'; attempt: PinTry }
  | { kind: 'add-line'; line: AuditLine }
  | { kind: 'erase-values'; entity: string }
  | { kind: 'add-refusals'; counts: Refusals[] }
  | { kind: 'salt-of'; day: Day; fresh: Uint8Array }
  | { kind: 'put-file'; id: Id; mediaType: string; bytes: Uint8Array }
  | { kind: 'remove-file'; id: Id }
  | { kind: 'forget-visits'; before: Day; after: StampKey; limit: number }
  | { kind: 'delete-scans'; batchId: Id; beforeMinute: number; limit: number }
  | { kind: 'keep-request'; request: RequestRow; at: Instant }
  | { kind: 'forget-requests'; before: Instant; limit: number }
  | { kind: 'hold-lease'; name: string; me: string; held: number | null; silent: LeaseSign | null }
  | { kind: 'release-lease'; name: string; me: string }
  | { kind: 'keep-check'; state: string }
  | { kind: 'settle-tallies'; batchId: Id }
  | { kind: 'mend-words'; collection: CollectionName; after: Id; limit: number }
  | { kind: 'ping' }
  /** Writes a little: whether the disk takes it. */
  | { kind: 'leave-sign' }
  /** Whether another connection wrote since the last one, and where our chain ended. */
  | { kind: 'watch' }
  /** Done after the group's commit: moves the log into the file and cuts it to zero length. */
  | { kind: 'truncate-log' };

/** The answer of each kind of write. */
export interface Replies {
  insert: InsertOutcome;
  replace: ReplaceOutcome;
  remove: RemoveOutcome;
  'try-pin': PinOutcome;
  'add-line': null;
  'erase-values': number;
  'add-refusals': null;
  'salt-of': Uint8Array;
  /** Whether it was stored; false: the id is taken. */
  'put-file': boolean;
  'remove-file': null;
  /** The last stamp visited; null: there are no more. */
  'forget-visits': StampKey | null;
  'delete-scans': number;
  'keep-request': Replayed | null;
  'forget-requests': number;
  'hold-lease': LeaseAnswer;
  'release-lease': null;
  'keep-check': null;
  'settle-tallies': null;
  'mend-words': { last: Id | null; mended: number };
  ping: null;
  'leave-sign': null;
  watch: { dataVersion: number; head: ChainHead | null };
  /** False: a reader kept it from being cut. */
  'truncate-log': boolean;
}

export type Reply = { value: Replies[Write['kind']] } | { fault: Fault };

/**
 * `failed`: only this write could not be done, and it left nothing; `tampered`: the same, because what it would have
 * changed is not as it was written. Other kinds mean that the store failed.
 */
export interface Fault {
  kind: 'unavailable' | 'unknown-commit' | 'tampered' | 'failed';
  message: string;
}

/** A group of writes, committed together. `scans` holds SCAN_CELLS cells for each scan. */
export interface Group {
  scans: Cell[];
  writes: Write[];
}

/** `scans` holds RECORDED_CELLS cells for each scan, in order; `scanFaults` those that failed alone, by position. */
export type GroupReply = { scans: Cell[]; scanFaults: [number, Fault][]; replies: Reply[] } | { fault: Fault };

export type FromThread =
  { kind: 'ready' } | { kind: 'done'; reply: GroupReply } | { kind: 'log'; event: string; detail: string };
export type ToThread = { kind: 'group'; group: Group } | { kind: 'close' };

export interface ThreadSettings {
  path: string;
  rowKey: Uint8Array;
  synchronous: 'FULL' | 'OFF';
}

export type ReaderSettings = Pick<ThreadSettings, 'path' | 'rowKey'>;
