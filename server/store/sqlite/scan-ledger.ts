// Scans and what is counted of them, as the writer thread keeps them. A visitor is known only in `visit`, for as long as the
// day's salt lives; `scan` knows minutes and no visitor; `tally` is what stays.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PinOutcome, PinTry } from '../../domain/pin.ts';
import type { Scan } from '../../domain/tally.ts';
import { foldPin } from '../../domain/pin.ts';
import { foldScan } from '../../domain/tally-fold.ts';
import type { Refusals } from '../store.ts';
import { prepare, rowOf, type Cell } from './connection.ts';
import { cellsOf, instantOfMinute, MINUTE_MS, OUTCOME, tallyOf } from './scan-rows.ts';

/** The same visitor within this time is a repeat, not a scan (CONTRACT: public lookup). */
export const REPEAT_MS = 10 * MINUTE_MS;

/** One row: how many scans this visitor made of this stamp today; no row: a repeat. */
const NOTE_VISIT = `
  insert into visit (day, batch_id, serial, visitor, at, scans) values (?, ?, ?, ?, ?, 1)
  on conflict do update set at = excluded.at, scans = scans + 1 where excluded.at >= at + ${REPEAT_MS}
  returning scans`;
/** Changes nothing where the scan is there already. */
const ADD_SCAN = `
  insert into scan (batch_id, minute, id, serial, province, verdict, counted) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`;
const TALLY = `
  select scans, visitor_days, first_minute, last_minute, before_activation, last_province, last_province_minute, provinces, far_jumps,
    pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days
  from tally where batch_id = ? and serial = ?`;
const KEEP_TALLY = `insert or replace into tally values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ADD_TO_BATCH = `
  insert into batch_tally (batch_id, scans, visitor_days, stamps_scanned) values (?, ?, ?, ?)
  on conflict do update set scans = scans + excluded.scans, visitor_days = visitor_days + excluded.visitor_days,
    stamps_scanned = stamps_scanned + excluded.stamps_scanned`;
const ADD_ANSWERED = `update store set answered_scans = answered_scans + ? returning answered_scans`;
const ADD_REFUSED = `
  insert into refusal (day, reason, batch_id, refused) values (?, ?, ?, ?) on conflict do update set refused = refused + excluded.refused`;
const MAKE_SALT = `insert into salt (day, salt) values (?, ?) on conflict do nothing`;
const SALT = `select salt from salt where day = ?`;
const FORGET_VISITS = `
  delete from visit where (day, batch_id, serial, visitor) in (select day, batch_id, serial, visitor from visit where day < ? limit ?)`;
const FORGET_SALTS = `delete from salt where day < ?`;
const DELETE_SCANS = `
  delete from scan where (batch_id, minute, id) in (select batch_id, minute, id from scan where batch_id = ? and minute < ? limit ?)`;

interface BatchDelta {
  scans: number;
  visitorDays: number;
  stampsScanned: number;
}

/** The ledger's half in the writer thread. Everything it does is part of the transaction its caller began. */
export class ScanWriter {
  private readonly noteVisit: StatementSync;
  private readonly addScan: StatementSync;
  private readonly tally: StatementSync;
  private readonly keepTally: StatementSync;
  private readonly addToBatch: StatementSync;
  private readonly addAnswered: StatementSync;
  private readonly db: DatabaseSync;
  /** What this group adds to each batch: one update a batch a group. */
  private deltas = new Map<string, BatchDelta>();
  private answered = 0;

  constructor(db: DatabaseSync) {
    this.db = db;
    this.noteVisit = prepare(db, NOTE_VISIT);
    this.addScan = prepare(db, ADD_SCAN);
    this.tally = prepare(db, TALLY);
    this.keepTally = prepare(db, KEEP_TALLY);
    this.addToBatch = prepare(db, ADD_TO_BATCH);
    this.addAnswered = prepare(db, ADD_ANSWERED);
  }

  /** Forgets what an undone group had added. */
  begin(): void {
    this.deltas.clear();
    this.answered = 0;
  }

  /** Records the scan whose cells begin at `at`, and pushes what became of it. */
  record(cells: readonly Cell[], at: number, out: Cell[]): void {
    const batchId = cells[at + 1] as string;
    const serial = cells[at + 2] as number;
    const atMs = cells[at + 3] as number;
    const visitor = cells[at + 5] as string | null;
    const signedIn = cells[at + 8] === 1;
    const minute = Math.floor(atMs / MINUTE_MS);

    let newVisitorDay = false;
    let repeat = false;
    if (visitor !== null && !signedIn) {
      const visit = rowOf(this.noteVisit, cells[at + 4] as string, batchId, serial, visitor, atMs);
      repeat = visit === null;
      newVisitorDay = visit?.[0] === 1;
    }
    if (!repeat) {
      const added = this.addScan.run(batchId, minute, cells[at] as string, serial, cells[at + 6] as Cell, cells[at + 7] as string, signedIn ? 0 : 1);
      repeat = added.changes === 0;
    }
    const row = rowOf(this.tally, batchId, serial);
    if (repeat && row !== null) {
      out.push(OUTCOME.repeat, ...row);
      return;
    }

    const before = row === null ? null : tallyOf(row, 0, batchId, serial);
    const scan: Scan = {
      id: cells[at] as string,
      batchId,
      serial,
      at: instantOfMinute(minute),
      day: cells[at + 4] as string,
      visitor,
      province: cells[at + 6] as string | null,
      verdict: cells[at + 7] as Scan['verdict'],
      signedIn,
    };
    const after = foldScan(before, scan, { newVisitorDay, repeat });
    const kept = cellsOf(after);
    if (repeat) {
      out.push(OUTCOME.repeat, ...kept);
      return;
    }
    if (!signedIn) {
      this.keepTally.run(batchId, serial, ...kept);
      this.addDelta(batchId, after.visitorDays - (before?.visitorDays ?? 0), before === null || before.count === 0 ? 1 : 0);
    }
    this.answered += 1;
    out.push(signedIn ? OUTCOME.listed : OUTCOME.counted, ...kept);
  }

  /** Writes what the group adds to its batches. Answers the count of answered scans, or null when no scan was recorded. */
  finish(): number | null {
    for (const [batchId, delta] of this.deltas) this.addToBatch.run(batchId, delta.scans, delta.visitorDays, delta.stampsScanned);
    return this.answered === 0 ? null : Number(rowOf(this.addAnswered, this.answered)?.[0]);
  }

  tryPin(attempt: PinTry): PinOutcome {
    const row = rowOf(this.tally, attempt.batchId, attempt.serial);
    const { tally, outcome } = foldPin(row === null ? null : tallyOf(row, 0, attempt.batchId, attempt.serial), attempt);
    this.keepTally.run(attempt.batchId, attempt.serial, ...cellsOf(tally));
    return outcome;
  }

  addRefusals(counts: readonly Refusals[]): null {
    const add = this.db.prepare(ADD_REFUSED);
    for (const { day, reason, batchId, count } of counts) add.run(day, reason, batchId ?? '', count);
    return null;
  }

  saltOf(day: string, fresh: Uint8Array): Uint8Array {
    this.db.prepare(MAKE_SALT).run(day, fresh);
    return rowOf(prepare(this.db, SALT), day)?.[0] as Uint8Array;
  }

  /** Deletes at most `limit` visits; with the last of them go the salts. */
  forgetVisits(before: string, limit: number): number {
    const deleted = Number(this.db.prepare(FORGET_VISITS).run(before, limit).changes);
    if (deleted < limit) this.db.prepare(FORGET_SALTS).run(before);
    return deleted;
  }

  deleteScans(batchId: string, beforeMinute: number, limit: number): number {
    return Number(this.db.prepare(DELETE_SCANS).run(batchId, beforeMinute, limit).changes);
  }

  private addDelta(batchId: string, visitorDays: number, stampsScanned: number): void {
    const delta = this.deltas.get(batchId);
    if (delta === undefined) {
      this.deltas.set(batchId, { scans: 1, visitorDays, stampsScanned });
      return;
    }
    delta.scans += 1;
    delta.visitorDays += visitorDays;
    delta.stampsScanned += stampsScanned;
  }
}
