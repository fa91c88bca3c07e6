// One group of writes, one transaction, one fsync: what the writer thread does with each message.
//
// A group first runs without savepoints, which nearly all groups need. If a write breaks (a bug, not an outage), the
// group is undone and runs again with a savepoint around each write, so that the broken one fails alone. After an error
// while committing the outcome is unknown: it is reported as such, never retried, and the connection is replaced.
// Decision: docs/decisions/0003-one-writer-thread.md.

import type { DatabaseSync } from 'node:sqlite';
import type { ChainHead } from '../../domain/audit/audit-chain.ts';
import { AuditWriter } from './audit-writer.ts';
import { keepCheck } from './check-state.ts';
import { BUSY, isOutage, isSqlite, messageOf, prepare, rowOf, valueOf, type Cell } from './connection.ts';
import { putFile, removeFile } from './files.ts';
import { settleTallies } from './forgotten.ts';
import { holdLease, releaseLease } from './lease-rows.ts';
import type { Fault, Group, GroupReply, Replies, Reply, Write } from './messages.ts';
import { RecordWriter } from './records.ts';
import { ScanWriter } from './scan-ledger.ts';
import { RECORDED_CELLS, SCAN_CELLS } from './scan-rows.ts';
import { sealsOf, type Seals } from '../seals.ts';
import { leaveSign } from './trust.ts';
import { mendWords } from './words.ts';

/** One row; its first column is 0 when the log was cut. */
const TRUNCATE_LOG = 'pragma wal_checkpoint(truncate)';

/** How long a group waits for another process to release the write lock before it is refused. */
const LOCK_WAIT_MS = 10_000;
/** Attempts to cut a log that a reader holds, a millisecond apart. */
const TRUNCATE_TRIES = 200;
const SLEEPER = new Int32Array(new SharedArrayBuffer(4));

/** What the group commit needs from outside: a way to open connections, and a place for the count. */
export interface GroupCommitParts {
  open: () => DatabaseSync;
  rowKey: Uint8Array;
  /** Called after each commit that recorded scans, with the number of scans ever answered. */
  keepAnswered: (answered: number) => void;
  /** Called after each commit that appended lines, with the new end of the chain. */
  keepHead: (head: ChainHead) => void;
  log: (event: string, detail: string) => void;
  lockWaitMs?: number;
}

interface Connected {
  db: DatabaseSync;
  seals: Seals;
  audit: AuditWriter;
  records: RecordWriter;
  scans: ScanWriter;
}

interface Applied {
  scans: Cell[];
  scanFaults: [number, Fault][];
  replies: Reply[];
  answered: number | null;
  head: ChainHead | null;
}

export class GroupCommit {
  private readonly parts: GroupCommitParts;
  private readonly seals: Seals;
  private connected: Connected | null = null;
  /** Where the chain ended in a connection that was abandoned. */
  private lastHead: ChainHead | null = null;

  constructor(parts: GroupCommitParts) {
    this.parts = parts;
    this.seals = sealsOf(parts.rowKey);
  }

  /** @throws what opening throws */
  connect(): void {
    const db = this.parts.open();
    db.exec('pragma busy_timeout = 0');
    const { seals } = this;
    const audit = new AuditWriter(db, seals, this.lastHead);
    const records = new RecordWriter(db, seals, audit);
    this.connected = { db, seals, audit, records, scans: new ScanWriter(db, seals) };
  }

  close(): void {
    this.lastHead = this.connected?.audit.lastKnown() ?? this.lastHead;
    this.connected?.db.close();
    this.connected = null;
  }

  /** Commits the group and then answers. */
  run(group: Group): GroupReply {
    try {
      if (this.connected === null) this.connect();
      const on = this.connected as unknown as Connected;
      const applied = this.apply(on, group);
      const undone = this.commit(on, applied);
      if (undone !== null) return { fault: undone };
      this.truncateWhereAsked(on, group, applied.replies);
      return { scans: applied.scans, scanFaults: applied.scanFaults, replies: applied.replies };
    } catch (error) {
      this.parts.log('store.group-refused', messageOf(error));
      this.abandon();
      return { fault: { kind: 'unavailable', message: messageOf(error) } };
    }
  }

  private apply(on: Connected, group: Group): Applied {
    this.begin(on.db);
    try {
      return applyAll(on, group, false);
    } catch (error) {
      if (isOutage(error)) throw error;
      this.parts.log('store.write-failed', messageOf(error));
      on.db.exec('rollback');
      this.begin(on.db);
      return applyAll(on, group, true);
    }
  }

  /**
   * Takes the write lock, waiting for another process that holds it. SQLite's own waiting sleeps up to 100 ms between
   * two attempts. Under load the lock is free for less than that, so trying every millisecond keeps both processes
   * going.
   */
  private begin(db: DatabaseSync): void {
    const latest = performance.now() + (this.parts.lockWaitMs ?? LOCK_WAIT_MS);
    for (;;) {
      try {
        db.exec('begin immediate');
        return;
      } catch (error) {
        if (!isSqlite(error, BUSY) || performance.now() > latest) throw error;
        Atomics.wait(SLEEPER, 0, 0, 1);
      }
    }
  }

  private commit(on: Connected, applied: Applied): Fault | null {
    try {
      on.db.exec('commit');
    } catch (error) {
      this.parts.log('store.commit-unknown', messageOf(error));
      this.abandon();
      return { kind: 'unknown-commit', message: messageOf(error) };
    }
    on.audit.committed();
    if (applied.answered !== null) this.keepAnswered(applied.answered);
    if (applied.head !== null) this.keepHead(applied.head);
    return null;
  }

  /** The group is durable: a count that cannot be stored is reported but undoes nothing. */
  private keepAnswered(answered: number): void {
    try {
      this.parts.keepAnswered(answered);
    } catch (error) {
      this.parts.log('store.answered-count-not-kept', messageOf(error));
    }
  }

  private keepHead(head: ChainHead): void {
    try {
      this.parts.keepHead(head);
    } catch (error) {
      this.parts.log('store.head-not-kept', messageOf(error));
    }
  }

  /** Drops a connection that failed; the next group opens another. */
  private abandon(): void {
    try {
      this.close();
    } catch (error) {
      this.parts.log('store.close-failed', messageOf(error));
      this.connected = null;
    }
  }

  private truncateWhereAsked({ db }: Connected, group: Group, replies: Reply[]): void {
    for (const [i, write] of group.writes.entries()) {
      if (write.kind !== 'truncate-log') continue;
      try {
        replies[i] = { value: truncateLog(db) };
      } catch (error) {
        replies[i] = { fault: { kind: 'unavailable', message: messageOf(error) } };
      }
    }
  }
}

/** Whether the log was cut; readers of other processes may hold it for a moment. */
function truncateLog(db: DatabaseSync): boolean {
  const truncate = prepare(db, TRUNCATE_LOG);
  for (let i = 0; i < TRUNCATE_TRIES; i += 1) {
    if (rowOf(truncate)?.[0] === 0) return true;
    Atomics.wait(SLEEPER, 0, 0, 1);
  }
  return false;
}

function applyAll(on: Connected, group: Group, guarded: boolean): Applied {
  const applied: Applied = { scans: [], scanFaults: [], replies: [], answered: null, head: null };
  on.audit.begin();
  on.scans.begin();
  for (let at = 0; at < group.scans.length; at += SCAN_CELLS) {
    if (!guarded) {
      on.scans.record(group.scans, at, applied.scans);
      continue;
    }
    const fault = inSavepoint(on.db, () => on.scans.record(group.scans, at, applied.scans));
    if (fault === null) continue;
    applied.scanFaults.push([at / SCAN_CELLS, fault]);
    applied.scans.length = (at / SCAN_CELLS + 1) * RECORDED_CELLS;
    applied.scans.fill(null, (at / SCAN_CELLS) * RECORDED_CELLS);
  }
  for (const write of group.writes) {
    if (!guarded) {
      applied.replies.push({ value: applyOne(on, write) });
      continue;
    }
    let value: Replies[Write['kind']] = null;
    const fault = inSavepoint(on.db, () => {
      value = applyOne(on, write);
    });
    applied.replies.push(fault === null ? { value } : { fault });
  }
  applied.answered = on.scans.finish();
  applied.head = on.audit.finish();
  return applied;
}

/** Runs one write so that its failure undoes only itself. @throws an outage */
function inSavepoint(db: DatabaseSync, write: () => void): Fault | null {
  db.exec('savepoint one');
  try {
    write();
    db.exec('release one');
    return null;
  } catch (error) {
    if (isOutage(error)) throw error;
    db.exec('rollback to one');
    db.exec('release one');
    return { kind: isTampered(error) ? 'tampered' : 'failed', message: messageOf(error) };
  }
}

/** Recognised by its field and not by its class, because tests run in another realm. */
function isTampered(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'tampered';
}

function applyOne(on: Connected, write: Write): Replies[Write['kind']] {
  switch (write.kind) {
    case 'insert':
      return on.records.insert(write.row, write.note);
    case 'replace':
      return on.records.replace(write.row, write.note);
    case 'remove':
      return on.records.remove(write.row, write.note);
    case 'try-pin':
      return on.scans.tryPin(write.attempt);
    case 'add-line':
      on.audit.append(write.line);
      return null;
    case 'erase-values':
      return on.audit.erase(write.entity);
    case 'add-refusals':
      return on.scans.addRefusals(write.counts);
    case 'salt-of':
      return on.scans.saltOf(write.day, write.fresh);
    case 'put-file':
      return putFile(on.db, on.seals.file, write.id, write.mediaType, write.bytes);
    case 'remove-file':
      removeFile(on.db, write.id);
      return null;
    case 'forget-visits':
      return on.scans.forgetVisits(write.before, write.after, write.limit);
    case 'delete-scans':
      return on.scans.deleteScans(write.batchId, write.beforeMinute, write.limit);
    case 'keep-request':
      return on.records.keepRequest(write.request, write.at);
    case 'forget-requests':
      return on.records.forgetRequests(write.before, write.limit);
    case 'hold-lease':
      return holdLease(on.db, write);
    case 'release-lease':
      return releaseLease(on.db, write);
    case 'settle-tallies':
      return settleTallies(on.db, on.seals, write.batchId);
    case 'keep-check':
      return keepCheck(on.db, on.seals, write.state);
    case 'watch':
      return { dataVersion: Number(valueOf(on.db, 'pragma data_version')), head: on.audit.lastKnown() };
    case 'mend-words':
      return mendWords(on.db, write.collection, write.after, write.limit);
    case 'leave-sign':
      leaveSign(on.db);
      return null;
    case 'ping':
    case 'truncate-log':
      return null;
    default:
      return write satisfies never;
  }
}
