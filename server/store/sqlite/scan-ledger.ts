// Scans and their counts, as the writer thread stores them. `scan` has minutes and no visitor. `tally` is kept for
// ever, and knows for a day or two which visitors it counted (store/visits.ts). Each scan touches as few pages as
// possible, because writing pages to the log is most of its cost.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PinOutcome, PinTry } from '../../domain/stamp/pin.ts';
import { verdictRecorded, type Scan } from '../../domain/stamp/scan.ts';
import { urgencyOf } from '../../domain/stamp/suspect.ts';
import type { BatchTally, StampTally } from '../../domain/stamp/tally.ts';
import { foldScan, isFirstActiveView } from '../../domain/stamp/tally-fold.ts';
import { foldPinTry } from '../pin-tries.ts';
import { answeredText, batchTallyText, tallyText } from '../seal-texts.ts';
import { StoreError, type Refusals } from '../store.ts';
import { forgetDaysBefore, NO_VISITS, NOT_NEW, noteRepeat, noteVisit, type NotedVisit } from '../visits.ts';
import { prepare, rowOf, rowsOf, type Cell } from './connection.ts';
import { addForgotten } from './forgotten.ts';
import type { StampKey } from './messages.ts';
import {
  batchTallyOfRow,
  cellsOf,
  instantOfMinute,
  KEEP_BATCH_TALLY,
  minuteOf,
  OUTCOME,
  tallyOf,
  unlessOf,
} from './scan-rows.ts';
import type { Seals } from '../seals.ts';
import { MINUTE_MS } from '../scan-questions.ts';

/** Changes nothing if the scan is already there. */
const ADD_SCAN = `
  insert into scan (batch_id, minute, id, serial, province, verdict, counted, later) values (?, ?, ?, ?, ?, ?, ?, ?)
  on conflict do nothing`;
/**
 * For a late scan from before the stamp's first: scans of the old first minute are not in the first minute any more.
 */
const MAKE_LATER = `update scan set later = 1 where batch_id = ? and minute = ? and serial = ? and later = 0`;
const TALLY = `
  select scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces, far_jumps,
    pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, visits, mac
  from tally where batch_id = ? and serial = ?`;
const KEEP_TALLY = `
  insert or replace into tally (batch_id, serial, scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces, far_jumps,
    pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, visits, mac, odd)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const BATCH_TALLY = `select batch_id, scans, visitor_days, stamps_scanned, mac from batch_tally where batch_id = ?`;
const ANSWERED = `select made_at, time_zone, answered_scans from store`;
const KEEP_ANSWERED = `update store set answered_scans = ?, mac = ?`;
const ADD_REFUSED = `
  insert into refusal (day, reason, batch_id, refused) values (?, ?, ?, ?)
  on conflict do update set refused = refused + excluded.refused`;
const MAKE_SALT = `insert into salt (day, salt) values (?, ?) on conflict do nothing`;
const SALT = `select salt from salt where day = ?`;
/** The last of the next tallies, the number of which is one more than the last value. */
const LAST_OF_NEXT = `
  select batch_id, serial from tally where (batch_id, serial) > (?, ?) order by batch_id, serial limit 1 offset ?`;
/** Most tallies have no visits, and need not be read. */
const NEXT_VISITS = `
  select batch_id, serial, visits from tally
  where (batch_id, serial) > (?, ?) and (batch_id, serial) <= (?, ?) and visits <> ''`;
const SET_VISITS = `update tally set visits = ? where batch_id = ? and serial = ?`;
const FORGET_SALTS = `delete from salt where day < ?`;
const DELETE_SCANS = `
  delete from scan where (batch_id, minute, id) in (
    select batch_id, minute, id from scan where batch_id = ? and minute < ? limit ?) returning counted`;

/** Sorts after every batch's id. */
const AFTER_ALL_STAMPS = ['~', 0] as const;
/** The position of `visits` in a row of TALLY, after the tally's own cells. */
const VISITS_CELL = 14;
/** The seal's. */
const MAC_CELL = 15;
/** For a scan without a visitor, or by a signed-in person: no visit is noted, and it cannot be a repeat. */
const UNKNOWN_VISITOR: Omit<NotedVisit, 'visits'> & { visits?: never } = NOT_NEW;

interface BatchDelta {
  scans: number;
  visitorDays: number;
  stampsScanned: number;
}

/** The ledger's half in the writer thread. Everything it does is part of the transaction that its caller began. */
export class ScanWriter {
  private readonly addScan: StatementSync;
  private readonly makeLater: StatementSync;
  private readonly tally: StatementSync;
  private readonly keepTally: StatementSync;
  private readonly batchTally: StatementSync;
  private readonly keepBatchTally: StatementSync;
  private readonly answeredRow: StatementSync;
  private readonly keepAnswered: StatementSync;
  private readonly seals: Seals;
  private readonly db: DatabaseSync;
  /** What this group adds to each batch, so that each batch is updated once a group. */
  private deltas = new Map<string, BatchDelta>();
  private answered = 0;

  constructor(db: DatabaseSync, seals: Seals) {
    this.db = db;
    this.seals = seals;
    this.addScan = prepare(db, ADD_SCAN);
    this.makeLater = prepare(db, MAKE_LATER);
    this.tally = prepare(db, TALLY);
    this.keepTally = prepare(db, KEEP_TALLY);
    this.batchTally = prepare(db, BATCH_TALLY);
    this.keepBatchTally = prepare(db, KEEP_BATCH_TALLY);
    this.answeredRow = prepare(db, ANSWERED);
    this.keepAnswered = prepare(db, KEEP_ANSWERED);
  }

  /** Discards what an undone group had added. */
  begin(): void {
    this.deltas.clear();
    this.answered = 0;
  }

  /**
   * Records the scan whose cells begin at `at`, and pushes the result.
   * @throws StoreError `tampered` if the stamp's tally is not as it was written
   */
  record(cells: readonly Cell[], at: number, out: Cell[]): void {
    const { scan, atMs } = scanOf(cells, at);
    const { batchId, serial, visitor, signedIn } = scan;
    const { before, visits } = this.read(batchId, serial);

    const noted = visitor === null || signedIn ? UNKNOWN_VISITOR : noteVisit(visits, scan.day, visitor, atMs);
    const repeat = noted === null || !this.add(scan, before);
    const after = foldScan(before, scan, { ...(noted ?? UNKNOWN_VISITOR), repeat });
    const kept = cellsOf(after);
    if (repeat) {
      if (isFirstActiveView(before, scan)) this.keep(after, kept, noteRepeat(visits, scan.day, atMs));
      out.push(OUTCOME.repeat, ...kept);
      return;
    }
    if (!signedIn) {
      this.keep(after, kept, noted.visits ?? visits);
      this.addDelta(
        batchId,
        after.visitorDays - (before?.visitorDays ?? 0),
        before === null || before.count === 0 ? 1 : 0,
      );
    }
    this.answered += 1;
    out.push(signedIn ? OUTCOME.listed : OUTCOME.counted, ...kept);
  }

  /** Writes what the group adds to its batches. Returns the count of answered scans; null if no scan was recorded. */
  finish(): number | null {
    for (const [batchId, delta] of this.deltas) this.addToBatch(batchId, delta);
    return this.answered === 0 ? null : this.addAnswered();
  }

  /**
   * A tampered batch tally is no reason to refuse the scans of its stamps: it keeps its wrong seal, which every reader
   * finds, and counting continues.
   */
  private addToBatch(batchId: string, delta: BatchDelta): void {
    const row = rowOf(this.batchTally, batchId);
    const before = row === null ? null : batchTallyOfRow(row);
    const after: BatchTally = {
      batchId,
      count: (before?.count ?? 0) + delta.scans,
      visitorDays: (before?.visitorDays ?? 0) + delta.visitorDays,
      stampsScanned: (before?.stampsScanned ?? 0) + delta.stampsScanned,
    };
    const isSound = before === null || this.seals.batchTally.isOf(batchTallyText(before), row?.[4] as string | null);
    const mac = isSound ? this.seals.batchTally.of(batchTallyText(after)) : null;
    this.keepBatchTally.run(batchId, after.count, after.visitorDays, after.stampsScanned, mac);
  }

  private addAnswered(): number {
    const [madeAt, timeZone, before] = rowOf(this.answeredRow) as [string, string, number];
    const answered = before + this.answered;
    this.keepAnswered.run(answered, this.seals.store.of(answeredText(madeAt, timeZone, answered)));
    return answered;
  }

  /** @throws StoreError `tampered` */
  private read(batchId: string, serial: number): { before: StampTally | null; visits: string } {
    const row = rowOf(this.tally, batchId, serial);
    if (row === null) return { before: null, visits: NO_VISITS };
    const before = tallyOf(row, 0, batchId, serial);
    if (!this.seals.tally.isOf(tallyText(before), row[MAC_CELL] as string | null))
      throw new StoreError('tampered', `the tally of stamp ${serial} of batch ${batchId} is not as it was written`);
    return { before, visits: row[VISITS_CELL] as string };
  }

  private keep(tally: StampTally, cells: readonly Cell[], visits: string): void {
    const mac = this.seals.tally.of(tallyText(tally));
    const urgency = urgencyOf(tally);
    this.keepTally.run(tally.batchId, tally.serial, ...cells, visits, mac, urgency === 0 ? null : -urgency);
  }

  tryPin(attempt: PinTry): PinOutcome {
    const old = this.read(attempt.batchId, attempt.serial);
    const { tally, visits, outcome, changed } = foldPinTry(old.before, old.visits, attempt);
    if (changed) this.keep(tally, cellsOf(tally), visits);
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

  /**
   * Deletes visits in the next `limit` tallies after a stamp, and the salts. Returns the last stamp visited; null at
   * the end. It walks all tallies, because an index that finds the few would cost every scan a page.
   */
  forgetVisits(before: string, after: StampKey, limit: number): StampKey | null {
    this.db.prepare(FORGET_SALTS).run(before);
    const set = this.db.prepare(SET_VISITS);
    const start = [after.batchId, after.serial] as const;
    const last = rowOf(prepare(this.db, LAST_OF_NEXT), ...start, limit - 1) as [string, number] | null;
    const rows = rowsOf(prepare(this.db, NEXT_VISITS), ...start, ...(last ?? AFTER_ALL_STAMPS)) as [
      string,
      number,
      string,
    ][];
    for (const [batchId, serial, visits] of rows) {
      const left = forgetDaysBefore(visits, before);
      if (left !== visits) set.run(left, batchId, serial);
    }
    return last === null ? null : { batchId: last[0], serial: last[1] };
  }

  deleteScans(batchId: string, beforeMinute: number, limit: number): number {
    const deleted = rowsOf(prepare(this.db, DELETE_SCANS), batchId, beforeMinute, limit) as [number][];
    addForgotten(this.db, this.seals, batchId, deleted.filter(([counted]) => counted === 1).length);
    return deleted.length;
  }

  /** Whether the scan was added; false: it was already there. */
  private add(scan: Scan, tally: StampTally | null): boolean {
    const { id, batchId, serial, at, province, signedIn } = scan;
    const firstAt = tally === null || tally.count === 0 ? at : tally.firstAt;
    const later = signedIn || at > firstAt;
    const { changes } = this.addScan.run(
      batchId,
      minuteOf(at),
      id,
      serial,
      province,
      verdictRecorded(scan, tally),
      signedIn ? 0 : 1,
      later ? 1 : 0,
    );
    if (changes === 1 && !signedIn && at < firstAt) this.makeLater.run(batchId, minuteOf(firstAt), serial);
    return changes === 1;
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

/** A scan from its cells, cut to the minute, and its exact instant. */
function scanOf(cells: readonly Cell[], at: number): { scan: Scan; atMs: number } {
  const atMs = cells[at + 3] as number;
  const scan: Scan = {
    id: cells[at] as string,
    batchId: cells[at + 1] as string,
    serial: cells[at + 2] as number,
    at: instantOfMinute(Math.floor(atMs / MINUTE_MS)),
    day: cells[at + 4] as string,
    visitor: cells[at + 5] as string | null,
    province: cells[at + 6] as string | null,
    verdict: cells[at + 7] as Scan['verdict'],
    signedIn: cells[at + 8] === 1,
    unlessSuspect: unlessOf(cells[at + 9]),
  };
  return { scan, atMs };
}
