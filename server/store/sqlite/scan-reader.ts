// The reading half of the ledger of scans, for questions that are answered at once; scan-counts.ts has those that take
// longer.

import type { DatabaseSync } from 'node:sqlite';
import type { Verdict } from '../../domain/stamp/verdict.ts';
import { URGENCY_END } from '../../domain/stamp/suspect.ts';
import type { BatchTally, StampTally } from '../../domain/stamp/tally.ts';
import { batchTallyText, tallyText } from '../seal-texts.ts';
import { batchesAsked } from '../scan-questions.ts';
import { StoreError, type Refusals, type ScanLedger, type StoredScan } from '../store.ts';
import { prepareReading, readRow, readRows, type Cell } from './connection.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { pageOfRows } from '../page-rows.ts';
import { batchTallyOfRow, instantOfMinute, LAST_MINUTE, minutesOf, tallyOf } from './scan-rows.ts';
import type { Seals } from '../seals.ts';

const TALLY = `
  select scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces,
    far_jumps, pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, mac
  from tally where batch_id = ? and serial = ?`;
const BATCH_TALLY = `select batch_id, scans, visitor_days, stamps_scanned, mac from batch_tally where batch_id = ?`;
const COLUMNS = 'minute, id, serial, province, verdict, counted';
const SCANS = `
  select ${COLUMNS} from scan where batch_id = ? and minute >= ? and minute < ? and (minute, id) < (?, ?)
  order by minute desc, id desc limit ?`;
/**
 * Later scans are read by their index (which SQLite would not choose by itself), those of the first minute through the
 * tally.
 */
const SCANS_OF_STAMP = `
  select ${COLUMNS} from (
    select * from (
      select ${COLUMNS} from scan indexed by "scan.serial"
      where batch_id = ?1 and serial = ?2 and later = 1 and minute >= ?3 and minute < ?4 and (minute, id) < (?5, ?6)
      order by minute desc, id desc limit ?7)
    union all
    select ${COLUMNS} from scan
    where batch_id = ?1 and minute = (select first_minute from tally where batch_id = ?1 and serial = ?2)
      and serial = ?2 and later = 0
      and minute >= ?3 and minute < ?4 and (minute, id) < (?5, ?6))
  order by minute desc, id desc limit ?7`;
const BATCH_TALLIES = `
  select batch_id, scans, visitor_days, stamps_scanned, mac from batch_tally
  where batch_id in (select value from json_each(?))`;
/** SQLite uses a partial index only if the query states its exact condition. */
const ODD_STAMPS = `
  select odd, batch_id, serial, scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces,
    far_jumps, pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, mac
  from tally indexed by "tally.odd" where odd is not null and (odd, batch_id, serial) > (?, ?, ?)
  order by odd, batch_id, serial limit ?`;
const REFUSALS = `
  select day, reason, batch_id, refused from refusal
  where day >= ? and day <= ? and reason in (select value from json_each(?))
  order by refused desc, day, reason, batch_id limit ?`;
const SALT = `select salt from salt where day = ?`;

/** The tally's own cells; its seal follows them. */
const TALLY_CELLS = 14;
/** Sorts after every scan, so the first page begins here. */
const FIRST_PAGE: Cell[] = [LAST_MINUTE, ''];

type Reading = Pick<
  ScanLedger,
  'tallyOf' | 'batchTallyOf' | 'recentBatchTallyOf' | 'list' | 'batchTalliesOf' | 'possibleCases' | 'refusals'
>;

export interface ScanReader extends Reading {
  saltOf: (day: string) => Uint8Array | null;
}

export function scanReader(db: DatabaseSync, seals: Seals): ScanReader {
  const tally = prepareReading(db, TALLY);
  const batchTally = prepareReading(db, BATCH_TALLY);
  const salt = prepareReading(db, SALT);
  const scans = prepareReading(db, SCANS);
  const scansOfStamp = prepareReading(db, SCANS_OF_STAMP);

  const tallyOfBatch = async (batchId: string): Promise<BatchTally | null> => {
    const row = readRow(batchTally, batchId);
    return row === null ? null : soundBatchTally(row);
  };
  const soundTally = (row: Cell[], at: number, batchId: string, serial: number): StampTally => {
    const found = tallyOf(row, at, batchId, serial);
    if (!seals.tally.isOf(tallyText(found), row[at + TALLY_CELLS] as string | null))
      throw new StoreError('tampered', `the tally of stamp ${serial} of batch ${batchId} is not as it was written`);
    return found;
  };
  const soundBatchTally = (row: Cell[]): BatchTally => {
    const found = batchTallyOfRow(row);
    if (!seals.batchTally.isOf(batchTallyText(found), row[4] as string | null))
      throw new StoreError('tampered', `the tally of batch ${found.batchId} is not as it was written`);
    return found;
  };

  return {
    async tallyOf(batchId, serial) {
      const row = readRow(tally, batchId, serial);
      return row === null ? null : soundTally(row, 0, batchId, serial);
    },

    batchTallyOf: tallyOfBatch,

    // The commit that records a scan also adds it up.
    recentBatchTallyOf: tallyOfBatch,

    async list(range, page) {
      const limit = limitOf(page);
      const after = page.after === null ? FIRST_PAGE : cursorAfter(page.after, ['number', 'string']);
      const bounds = [...minutesOf(range), ...after, limit + 1];
      const rows =
        range.serial === null
          ? readRows(scans, range.batchId, ...bounds)
          : readRows(scansOfStamp, range.batchId, range.serial, ...bounds);
      return pageOfRows(
        rows,
        limit,
        (row) => storedScanOf(range.batchId, row),
        ([minute, id]) => [minute as number, id as string],
      );
    },

    async batchTalliesOf(batchIds) {
      const rows = readRows(prepareReading(db, BATCH_TALLIES), JSON.stringify(batchesAsked(batchIds)));
      return rows.map(soundBatchTally);
    },

    async possibleCases(page) {
      const limit = limitOf(page);
      const after =
        page.after === null ? [-URGENCY_END, '', 0] : cursorAfter(page.after, ['number', 'string', 'number']);
      return pageOfRows(
        readRows(prepareReading(db, ODD_STAMPS), ...after, limit + 1),
        limit,
        (row) => soundTally(row, 3, row[1] as string, row[2] as number),
        ([urgency, batchId, serial]) => [urgency as number, batchId as string, serial as number],
      );
    },

    async refusals({ from, to }, reasons, limit) {
      return readRows(prepareReading(db, REFUSALS), from, to, JSON.stringify(reasons), limit).map((row) => {
        const [day, reason, batchId, count] = row as [string, Refusals['reason'], string, number];
        return { day, reason, batchId: batchId === '' ? null : batchId, count };
      });
    },

    saltOf(day) {
      return (readRow(salt, day)?.[0] as Uint8Array | undefined) ?? null;
    },
  };
}

function storedScanOf(batchId: string, row: Cell[]): StoredScan {
  const [minute, id, serial, province, verdict, counted] = row as [
    number,
    string,
    number,
    string | null,
    Exclude<Verdict, 'unknown'>,
    number,
  ];
  return { id, batchId, serial, at: instantOfMinute(minute), province, verdict, counted: counted === 1 };
}
