// What the recount reads of an embedded store (store/recount.ts). A batch is added up in one snapshot, so its sums
// agree to the scan whatever is recorded meanwhile. It runs in the reader thread, and for `doctor` on a connection of
// its own.

import type { DatabaseSync } from 'node:sqlite';
import {
  NO_COUNTS,
  SHORT_MAX,
  type BatchSums,
  type CheckPiece,
  type Counts,
  type SealedPart,
  type ShortStamp,
  type Unsound,
} from '../recount.ts';
import { batchTallyText, fileText, forgottenText, requestText, tallyText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { prepare, rowOf, rowsOf, type Cell } from './connection.ts';
import { batchTallyOfRow, tallyOf } from './scan-rows.ts';

const NEXT_BATCH = `
  select min(id) from (
    select min(batch_id) as id from tally where batch_id > ?1
    union all select min(batch_id) from batch_tally where batch_id > ?1
    union all select min(batch_id) from scan where batch_id > ?1
    union all select min(batch_id) from forgotten where batch_id > ?1)`;
const OWN = `select batch_id, scans, visitor_days, stamps_scanned, mac from batch_tally where batch_id = ?`;
export const TALLIES = `
  select coalesce(sum(scans), 0), coalesce(sum(visitor_days), 0), coalesce(sum(scans > 0), 0)
  from tally where batch_id = ?`;
export const LISTED = `select count(*) from scan where batch_id = ? and counted = 1`;
export const FORGOTTEN = `select counted, mac from forgotten where batch_id = ?`;
const SHORT = `
  select listed.serial, tally.scans, listed.scans
  from (select serial, count(*) as scans from scan where batch_id = ?1 and counted = 1 group by serial) as listed
  left join tally on tally.batch_id = ?1 and tally.serial = listed.serial
  where tally.scans is null or tally.scans < listed.scans order by listed.serial limit ${SHORT_MAX}`;

/** Rows whose seals are checked in one piece: about ten milliseconds, so that other questions need not wait. */
const ROWS = 2_000;
const ROWS_AFTER: Readonly<Record<SealedPart, string>> = {
  tallies: `
    select batch_id, serial, scans, visitor_days, first_minute, last_minute, before_activation,
      last_province, last_province_minute, provinces, far_jumps,
      pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, mac
    from tally where (batch_id, serial) > (?, ?) order by batch_id, serial limit ${ROWS}`,
  batchTallies: `
    select batch_id, scans, visitor_days, stamps_scanned, mac from batch_tally where batch_id > ?
    order by batch_id limit ${ROWS}`,
  // A picture is a few hundred kilobytes.
  files: `select id, media_type, bytes, mac from file where id > ? order by id limit 20`,
  answers: `select key, at, body_hash, answer, mac from request_key where key > ? order by key limit ${ROWS}`,
};
const TALLY_MAC_CELL = 16;

export interface SqliteTallyReader {
  batchAfter: (batchId: string) => string | null;
  sums: (batchId: string) => BatchSums | Unsound;
  shortStamps: (batchId: string) => ShortStamp[];
  unsound: (part: SealedPart, after: string) => CheckPiece;
}

export function tallyReader(db: DatabaseSync, seals: Seals): SqliteTallyReader {
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const statement = (sql: string): ReturnType<typeof prepare> => {
    const known = statements.get(sql) ?? prepare(db, sql);
    statements.set(sql, known);
    return known;
  };

  const own = (batchId: string): Counts | Unsound => {
    const row = rowOf(statement(OWN), batchId);
    if (row === null) return NO_COUNTS;
    const tally = batchTallyOfRow(row);
    const isSound = seals.batchTally.isOf(batchTallyText(tally), row[4] as string | null);
    return isSound ? tally : { fault: `the tally of batch ${batchId} is not as it was written` };
  };
  const forgottenOf = (batchId: string): number | Unsound => {
    const row = rowOf(statement(FORGOTTEN), batchId) as [number, string | null] | null;
    if (row === null) return 0;
    const isSound = seals.forgotten.isOf(forgottenText(batchId, row[0]), row[1]);
    return isSound ? row[0] : { fault: `the count of deleted scans of batch ${batchId} is not as it was written` };
  };

  return {
    batchAfter: (batchId) => (rowOf(statement(NEXT_BATCH), batchId)?.[0] ?? null) as string | null,

    sums(batchId) {
      db.exec('begin');
      try {
        const counts = own(batchId);
        if ('fault' in counts) return counts;
        const forgotten = forgottenOf(batchId);
        if (typeof forgotten !== 'number') return forgotten;
        const [count, visitorDays, stampsScanned] = rowOf(statement(TALLIES), batchId) as [number, number, number];
        return {
          before: counts,
          after: counts,
          tallies: { count, visitorDays, stampsScanned },
          listed: rowOf(statement(LISTED), batchId)?.[0] as number,
          forgotten,
        };
      } finally {
        db.exec('rollback');
      }
    },

    shortStamps: (batchId) =>
      (rowsOf(statement(SHORT), batchId) as [number, number | null, number][]).map(([serial, counted, listed]) => ({
        serial,
        counted,
        listed,
      })),

    unsound(part, after) {
      const rows = rowsOf(statement(ROWS_AFTER[part]), ...keyOf(part, after));
      const last = rows.at(-1);
      return {
        faults: rows.flatMap((row) => faultOfRow(seals, part, row) ?? []),
        next:
          last === undefined ? null : part === 'tallies' ? `${String(last[0])} ${String(last[1])}` : String(last[0]),
      };
    },
  };
}

function keyOf(part: SealedPart, after: string): Cell[] {
  if (part !== 'tallies') return [after];
  const [batchId = '', serial = '0'] = after.split(' ');
  return [batchId, Number(serial)];
}

function faultOfRow(seals: Seals, part: SealedPart, row: Cell[]): string | null {
  const key = String(row[0]);
  switch (part) {
    case 'tallies': {
      const serial = row[1] as number;
      const isSound = seals.tally.isOf(tallyText(tallyOf(row, 2, key, serial)), row[TALLY_MAC_CELL] as string | null);
      return isSound ? null : `the tally of stamp ${serial} of batch ${key} is not as it was written`;
    }
    case 'batchTallies': {
      const isSound = seals.batchTally.isOf(batchTallyText(batchTallyOfRow(row)), row[4] as string | null);
      return isSound ? null : `the tally of batch ${key} is not as it was written`;
    }
    case 'files': {
      const [, mediaType, bytes, mac] = row as [string, string, Uint8Array, string | null];
      return seals.file.isOf(fileText(key, mediaType, bytes), mac) ? null : `file ${key} is not as it was written`;
    }
    case 'answers': {
      const [, at, bodyHash, answer, mac] = row as [string, string, string, string, string | null];
      const isSound = seals.requestKey.isOf(requestText(key, at, bodyHash, answer), mac);
      return isSound ? null : `the answer kept under ${key.slice(0, 12)}… is not as it was written`;
    }
    default:
      return part satisfies never;
  }
}
