// Scans, visits and tallies as rows and as cells of a message, and back. Times of scans are minutes since 1970.

import type { Instant } from '../../domain/entity.ts';
import type { Scan } from '../../domain/stamp/scan.ts';
import type { StampAnswer } from '../../domain/stamp/stamp-answer.ts';
import { signsOfText, signsKept } from '../../domain/stamp/signs.ts';
import type { BatchTally, StampTally } from '../../domain/stamp/tally.ts';
import { MINUTE_MS } from '../scan-questions.ts';
import type { RecordedScan, ScanRange } from '../store.ts';
import type { Cell } from './connection.ts';

/** id, batch, serial, at (milliseconds), day, visitor, province, verdict, signed in, unless suspect (as JSON). */
export const SCAN_CELLS = 10;
/** The outcome (OUTCOME), then the tally's cells after batch and serial. */
export const RECORDED_CELLS = 15;
export const KEEP_BATCH_TALLY = `insert or replace into batch_tally values (?, ?, ?, ?, ?)`;
export const OUTCOME = { repeat: 0, counted: 1, listed: 2 } as const;

/** Separates provinces in one cell: no name contains it. */
const PROVINCE_SEPARATOR = '\n';

let lastMinute = -1;
let lastInstant = '';

/**
 * The instant at which a minute begins. This function and `minuteOf` remember the last pair, because the scans of a
 * group share it.
 */
export function instantOfMinute(minute: number): Instant {
  if (minute !== lastMinute) {
    lastMinute = minute;
    lastInstant = new Date(minute * MINUTE_MS).toISOString();
  }
  return lastInstant;
}

/** The minute an instant lies in. */
export function minuteOf(at: Instant): number {
  return at === lastInstant ? lastMinute : Math.floor(Date.parse(at) / MINUTE_MS);
}

/** Later than every scan. */
export const LAST_MINUTE = 2 ** 40;

/**
 * The first minute and the one after the last. Scans are stored by minute, so a bound within a minute counts from the
 * next.
 */
export function minutesOf({ from, to }: Pick<ScanRange, 'from' | 'to'>): [number, number] {
  return [
    from === null ? 0 : Math.ceil(Date.parse(from) / MINUTE_MS),
    to === null ? LAST_MINUTE : Math.ceil(Date.parse(to) / MINUTE_MS),
  ];
}

export function pushScan(cells: Cell[], scan: Scan): void {
  cells.push(
    scan.id,
    scan.batchId,
    scan.serial,
    Date.parse(scan.at),
    scan.day,
    scan.visitor,
    scan.province,
    scan.verdict,
    scan.signedIn ? 1 : 0,
    unlessCell(scan.unlessSuspect),
  );
}

/** Nearly always there is no answer, and its cell is empty. */
function unlessCell(unless: Scan['unlessSuspect']): string | null {
  return unless === null ? null : unless.answer === null ? '' : JSON.stringify(unless.answer);
}

/** Reads `unlessCell`. */
export function unlessOf(cell: Cell | undefined): Scan['unlessSuspect'] {
  if (typeof cell !== 'string') return null;
  return cell === '' ? NO_ANSWER : { answer: JSON.parse(cell) as StampAnswer };
}

const NO_ANSWER = Object.freeze({ answer: null });

export function recordedOf(cells: readonly Cell[], at: number, batchId: string, serial: number): RecordedScan {
  return {
    counted: cells[at] === OUTCOME.counted,
    repeat: cells[at] === OUTCOME.repeat,
    tally: tallyOf(cells, at + 1, batchId, serial),
  };
}

/** A tally from its cells in the order of the table; `at` is the position of `scans`. */
export function tallyOf(cells: readonly Cell[], at: number, batchId: string, serial: number): StampTally {
  return {
    batchId,
    serial,
    count: cells[at] as number,
    visitorDays: cells[at + 1] as number,
    firstAt: instantOfMinute(cells[at + 2] as number),
    lastAt: instantOfMinute(cells[at + 3] as number),
    beforeActivation: cells[at + 4] as number,
    lastProvince: cells[at + 5] as string | null,
    lastProvinceAt: cells[at + 6] === null ? null : instantOfMinute(cells[at + 6] as number),
    provinces: cells[at + 7] === '' ? [] : (cells[at + 7] as string).split(PROVINCE_SEPARATOR),
    farJumps: cells[at + 8] as number,
    pin: {
      wrongTries: cells[at + 9] as number,
      lockedUntil: instantOrNull(cells[at + 10]),
      usedAt: instantOrNull(cells[at + 11]),
      strangerDaysSince: cells[at + 12] as number,
    },
    // A row that is read before its table has signs has no such cell (seal-store.ts).
    signs: typeof cells[at + 13] === 'string' ? signsOfText(cells[at + 13] as string) : null,
  };
}

/** The cells of a tally after batch and serial, in the order of the table. */
export function cellsOf(tally: StampTally): Cell[] {
  return [
    tally.count,
    tally.visitorDays,
    minuteOf(tally.firstAt),
    minuteOf(tally.lastAt),
    tally.beforeActivation,
    tally.lastProvince,
    tally.lastProvinceAt === null ? null : minuteOf(tally.lastProvinceAt),
    tally.provinces.join(PROVINCE_SEPARATOR),
    tally.farJumps,
    tally.pin.wrongTries,
    msOrNull(tally.pin.lockedUntil),
    msOrNull(tally.pin.usedAt),
    tally.pin.strangerDaysSince,
    tally.signs === null ? null : signsKept(tally.signs),
  ];
}

/** From batch, scans, visitor days and scanned stamps. */
export function batchTallyOfRow(row: readonly Cell[]): BatchTally {
  const [batchId, count, visitorDays, stampsScanned] = row as [string, number, number, number];
  return { batchId, count, visitorDays, stampsScanned };
}

function instantOrNull(ms: Cell | undefined): Instant | null {
  return typeof ms === 'number' ? new Date(ms).toISOString() : null;
}

function msOrNull(at: Instant | null): number | null {
  return at === null ? null : Date.parse(at);
}
