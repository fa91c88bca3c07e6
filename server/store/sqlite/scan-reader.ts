// The reading half of the ledger of scans.

import type { DatabaseSync } from 'node:sqlite';
import { dayIn } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/entity.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { BatchTally, StampTally } from '../../domain/tally.ts';
import { BATCHES_ASKED_MAX, type ScanCount, type ScanLedger, type ScanRange, type StoredScan } from '../store.ts';
import { latestVisitMs } from '../visits.ts';
import { asStoreError, prepareReading, readRow, readRows, type Cell } from './connection.ts';
import { cursorAfter, cursorOf, limitOf } from '../cursor.ts';
import { ODD_TALLY } from './migrations.ts';
import { instantOfMinute, MINUTE_MS, minuteOf, tallyOf } from './scan-rows.ts';

const TALLY = `
  select scans, visitor_days, first_minute, last_minute, before_activation, last_province, last_province_minute, provinces,
    far_jumps, pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days
  from tally where batch_id = ? and serial = ?`;
const BATCH_TALLY = `select scans, visitor_days, stamps_scanned from batch_tally where batch_id = ?`;
const SCANNED_SINCE = `
  select serial, last_minute, visits from tally
  where batch_id = ? and serial between ? and ? and scans > 0 and last_minute >= ? order by serial`;
const STAMPS_SCANNED = `select count(*) from tally where batch_id = ? and serial between ? and ? and scans > 0`;
const COLUMNS = 'minute, id, serial, province, verdict, counted';
const SCANS = `
  select ${COLUMNS} from scan where batch_id = ? and minute >= ? and minute < ? and (minute, id) < (?, ?)
  order by minute desc, id desc limit ?`;
/** The later ones from their index (which SQLite would not choose by itself), those of the first minute through the tally. */
const SCANS_OF_STAMP = `
  select ${COLUMNS} from (
    select * from (
      select ${COLUMNS} from scan indexed by "scan.serial"
      where batch_id = ?1 and serial = ?2 and later = 1 and minute >= ?3 and minute < ?4 and (minute, id) < (?5, ?6)
      order by minute desc, id desc limit ?7)
    union all
    select ${COLUMNS} from scan
    where batch_id = ?1 and minute = (select first_minute from tally where batch_id = ?1 and serial = ?2) and serial = ?2 and later = 0
      and minute >= ?3 and minute < ?4 and (minute, id) < (?5, ?6))
  order by minute desc, id desc limit ?7`;
const COUNT_BY_PROVINCE = `
  select province, count(*) from scan where batch_id = ? and minute >= ? and minute < ? and counted = 1 group by 1 order by 1`;
const COUNT_BY_VERDICT = `
  select verdict, count(*) from scan where batch_id = ? and minute >= ? and minute < ? and counted = 1 group by 1 order by 1`;
/** Of the batches whose ids are a JSON array. */
const OF_BATCHES = 'from scan where batch_id in (select value from json_each(?)) and minute >= ? and minute < ? and counted = 1 group by 1 order by 1';
const COUNT_ALL_BY_PROVINCE = `select province, count(*) ${OF_BATCHES}`;
const COUNT_ALL_BY_VERDICT = `select verdict, count(*) ${OF_BATCHES}`;
const BATCH_TALLIES = `
  select batch_id, scans, visitor_days, stamps_scanned from batch_tally where batch_id in (select value from json_each(?))`;
/** A partial index is used where the query states its very condition. */
const ODD_STAMPS = `
  select serial, scans, visitor_days, first_minute, last_minute, before_activation, last_province, last_province_minute, provinces,
    far_jumps, pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days
  from tally indexed by "tally.odd" where batch_id = ? and ${ODD_TALLY} order by serial limit ?`;
/** Every time zone's day begins at a quarter of an hour, UTC. */
const QUARTER_MINUTES = 15;
const COUNT_BY_QUARTER = `
  select minute / ${QUARTER_MINUTES}, count(*) from scan where batch_id = ? and minute >= ? and minute < ? and counted = 1
  group by 1 order by 1`;
const COUNT_ALL_BY_QUARTER = `select minute / ${QUARTER_MINUTES}, count(*) ${OF_BATCHES}`;
const REFUSALS = `
  select day, reason, batch_id, refused from refusal where day >= ? and day <= ? order by refused desc, day, reason, batch_id limit ?`;
const SALT = `select salt from salt where day = ?`;
const NEXT_BATCH = `select min(batch_id) from scan where batch_id > ?`;

const LAST_MINUTE = 2 ** 40;
/** Sorts after every scan: the first page begins here. */
const FIRST_PAGE: Cell[] = [LAST_MINUTE, ''];

type Reading = Pick<
  ScanLedger,
  'tallyOf' | 'batchTallyOf' | 'scannedSince' | 'list' | 'count' | 'countAll' | 'batchTalliesOf' | 'oddStamps' | 'stampsScanned' | 'refusals'
>;

export interface ScanReader extends Reading {
  saltOf: (day: string) => Uint8Array | null;
  /** The batch after this one (by id) that has scans; '' finds the first. */
  batchAfter: (batchId: string) => string | null;
}

export function scanReader(db: DatabaseSync): ScanReader {
  const tally = prepareReading(db, TALLY);
  const batchTally = prepareReading(db, BATCH_TALLY);
  const scannedSince = prepareReading(db, SCANNED_SINCE);
  const salt = prepareReading(db, SALT);
  const scans = prepareReading(db, SCANS);
  const scansOfStamp = prepareReading(db, SCANS_OF_STAMP);

  return {
    async tallyOf(batchId, serial) {
      const row = readRow(tally, batchId, serial);
      return row === null ? null : tallyOf(row, 0, batchId, serial);
    },

    async batchTallyOf(batchId) {
      const row = readRow(batchTally, batchId) as [number, number, number] | null;
      return row === null ? null : { batchId, count: row[0], visitorDays: row[1], stampsScanned: row[2] };
    },

    async scannedSince(batchId, from, to, since) {
      return asStoreError(() => firstScannedSince(scannedSince.iterate(batchId, from, to, minuteOf(since)), since));
    },

    async list(range, page) {
      const limit = limitOf(page);
      const after = page.after === null ? FIRST_PAGE : cursorAfter(page.after, ['number', 'string']);
      const bounds = [...minutesOf(range), ...after, limit + 1];
      const rows =
        range.serial === null ? readRows(scans, range.batchId, ...bounds) : readRows(scansOfStamp, range.batchId, range.serial, ...bounds);
      const items = rows.slice(0, limit).map((row) => storedScanOf(range.batchId, row));
      const last = rows[limit - 1];
      return { items, next: rows.length > limit && last !== undefined ? cursorOf([last[0] as number, last[1] as string]) : null };
    },

    async count(range, by, timeZone) {
      const bounds = minutesOf(range);
      switch (by) {
        case 'province':
          return readRows(prepareReading(db, COUNT_BY_PROVINCE), range.batchId, ...bounds).map(countOf);
        case 'verdict':
          return readRows(prepareReading(db, COUNT_BY_VERDICT), range.batchId, ...bounds).map(countOf);
        case 'day':
          return byDay(readRows(prepareReading(db, COUNT_BY_QUARTER), range.batchId, ...bounds), timeZone);
        default:
          return by satisfies never;
      }
    },

    async countAll(batchIds, { from, to }, by, timeZone) {
      const bounds = [batchesAsked(batchIds), ...minutesOf({ batchId: '', from, to })];
      switch (by) {
        case 'province':
          return readRows(prepareReading(db, COUNT_ALL_BY_PROVINCE), ...bounds).map(countOf);
        case 'verdict':
          return readRows(prepareReading(db, COUNT_ALL_BY_VERDICT), ...bounds).map(countOf);
        case 'day':
          return byDay(readRows(prepareReading(db, COUNT_ALL_BY_QUARTER), ...bounds), timeZone);
        default:
          return by satisfies never;
      }
    },

    async batchTalliesOf(batchIds) {
      return readRows(prepareReading(db, BATCH_TALLIES), batchesAsked(batchIds)).map(([batchId, count, visitorDays, stampsScanned]) => ({
        batchId, count, visitorDays, stampsScanned,
      }) as BatchTally);
    },

    async oddStamps(batchIds, limit) {
      batchesAsked(batchIds);
      const odd = prepareReading(db, ODD_STAMPS);
      const found: StampTally[] = [];
      for (const batchId of [...batchIds].sort()) {
        if (found.length >= limit) break;
        for (const row of readRows(odd, batchId, limit - found.length)) found.push(tallyOf(row, 1, batchId, row[0] as number));
      }
      return found;
    },

    async stampsScanned(batchId, from, to) {
      return readRow(prepareReading(db, STAMPS_SCANNED), batchId, from, to)?.[0] as number;
    },

    async refusals(from, to, limit) {
      return readRows(prepareReading(db, REFUSALS), from, to, limit).map((row) => {
        const [day, reason, batchId, count] = row as [string, 'malformed' | 'not-ours', string, number];
        return { day, reason, batchId: batchId === '' ? null : batchId, count };
      });
    },

    saltOf(day) {
      return (readRow(salt, day)?.[0] as Uint8Array | undefined) ?? null;
    },

    batchAfter(batchId) {
      return readRow(prepareReading(db, NEXT_BATCH), batchId)?.[0] as string | null;
    },
  };
}

/** @param stamps serial, last minute and visits of those scanned in the minute of `since` or later, by serial */
function firstScannedSince(stamps: Iterable<unknown>, since: Instant): number | null {
  const sinceMs = Date.parse(since);
  for (const [serial, lastMinute, visits] of stamps as Iterable<[number, number, string]>) {
    // Within the very minute only the visit knows the instant; once it is forgotten, the scan counts as since.
    if (lastMinute > minuteOf(since) || (latestVisitMs(visits) ?? sinceMs) >= sinceMs) return serial;
  }
  return null;
}

/** First minute and the one after the last: a scan is kept as its minute, so a bound within one counts from the next. */
function minutesOf({ from, to }: ScanRange): [number, number] {
  return [
    from === null ? 0 : Math.ceil(Date.parse(from) / MINUTE_MS),
    to === null ? LAST_MINUTE : Math.ceil(Date.parse(to) / MINUTE_MS),
  ];
}

/** As JSON for json_each. @throws RangeError for too many */
function batchesAsked(batchIds: readonly string[]): string {
  if (batchIds.length > BATCHES_ASKED_MAX) throw new RangeError(`at most ${BATCHES_ASKED_MAX} batches are asked for at once`);
  return JSON.stringify(batchIds);
}

function storedScanOf(batchId: string, row: Cell[]): StoredScan {
  const [minute, id, serial, province, verdict, counted] = row as [number, string, number, string | null, Exclude<Verdict, 'unknown'>, number];
  return { id, batchId, serial, at: instantOfMinute(minute), province, verdict, counted: counted === 1 };
}

function countOf(row: Cell[]): ScanCount {
  return { key: row[0] as string | null, scans: row[1] as number };
}

function byDay(quarters: Cell[][], timeZone: string): ScanCount[] {
  const days = new Map<string, number>();
  for (const [quarter, scans] of quarters as [number, number][]) {
    const day = dayIn(timeZone, new Date(quarter * QUARTER_MINUTES * MINUTE_MS));
    days.set(day, (days.get(day) ?? 0) + scans);
  }
  return [...days].map(([key, scans]) => ({ key, scans }));
}
