// Counts over the scans and stamps of a batch: seconds of work if there are millions. The reader thread runs them
// (long-reader.ts), never the thread that answers look-ups.

import type { DatabaseSync } from 'node:sqlite';
import type { ChainHead } from '../../domain/audit/audit-chain.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { countsByDay, QUARTER_MINUTES } from '../scan-questions.ts';
import { BATCHES_ASKED_MAX, type ScanCount, type ScanCountBy } from '../store.ts';
import { latestVisitMs } from '../visits.ts';
import { chainFault, checkLines, type LinePiece } from './chain-check.ts';
import { asStoreError, prepareReading, readRow, readRows, type Cell } from './connection.ts';
import { minuteOf, minutesOf } from './scan-rows.ts';
import type { Seals } from '../seals.ts';
import { tallyReader } from './tally-reader.ts';
import type { BatchSums, CheckPiece, SealedPart, ShortStamp, Unsound } from '../recount.ts';

/** The next batch with scans, and the minute of its oldest: one step in the table's own order. */
const OLDEST_OF_NEXT = `select batch_id, minute from scan where batch_id > ? order by batch_id, minute limit 1`;
/** For batches whose ids are in a JSON array. */
const OF_BATCHES =
  'from scan where batch_id in (select value from json_each(?)) and minute >= ? and minute < ? and counted = 1 ' +
  'group by 1 order by 1';
const COUNT_BY_QUARTER = `select minute / ${QUARTER_MINUTES}, count(*) ${OF_BATCHES}`;
const COUNT_BY_PROVINCE = `select province, count(*) ${OF_BATCHES}`;
const COUNT_BY_VERDICT = `select verdict, count(*) ${OF_BATCHES}`;
const STAMPS_SCANNED = `select count(*) from tally where batch_id = ? and serial between ? and ? and scans > 0`;
const SCANNED_SINCE = `
  select serial, last_minute, visits from tally
  where batch_id = ? and serial between ? and ? and scans > 0 and last_minute >= ? order by serial`;

/** The port's `countAll`, `stampsScanned` and `scannedSince`, the questions of chain-check.ts, and of the recount. */
export type Question =
  | {
      kind: 'count';
      batchIds: readonly Id[];
      from: Instant | null;
      to: Instant | null;
      by: ScanCountBy;
      timeZone: string;
    }
  | { kind: 'stamps-scanned'; batchId: Id; from: number; to: number }
  | { kind: 'scanned-since'; batchId: Id; from: number; to: number; since: Instant }
  | { kind: 'chain-fault'; known: ChainHead | null }
  | { kind: 'check-lines'; after: number }
  /** Batches after this one that hold scans of before the minute, at most BATCHES_ASKED_MAX. */
  | { kind: 'batches-before'; after: Id; beforeMinute: number }
  | { kind: 'batch-after'; batchId: Id }
  | { kind: 'sums'; batchId: Id }
  | { kind: 'short-stamps'; batchId: Id }
  | { kind: 'unsound'; part: SealedPart; after: string };

export interface Answers {
  count: ScanCount[];
  'stamps-scanned': number;
  'scanned-since': number | null;
  'chain-fault': string | null;
  'check-lines': LinePiece;
  'batches-before': Id[];
  'batch-after': Id | null;
  sums: BatchSums | Unsound;
  'short-stamps': ShortStamp[];
  unsound: CheckPiece;
}

export type Answer = Answers[Question['kind']];

/** Answers on a reading connection, at once and however long it takes. @throws StoreError of the answering function */
export function scanCounts(db: DatabaseSync, seals: Seals): (question: Question) => Answer {
  const count = {
    day: prepareReading(db, COUNT_BY_QUARTER),
    province: prepareReading(db, COUNT_BY_PROVINCE),
    verdict: prepareReading(db, COUNT_BY_VERDICT),
  };
  const recount = tallyReader(db, seals);
  const stampsScanned = prepareReading(db, STAMPS_SCANNED);
  const scannedSince = prepareReading(db, SCANNED_SINCE);
  const oldest = prepareReading(db, OLDEST_OF_NEXT);

  return (question) => {
    switch (question.kind) {
      case 'count': {
        const { batchIds, by, timeZone } = question;
        const rows = readRows(count[by], JSON.stringify(batchIds), ...minutesOf(question));
        return by === 'day' ? countsByDay(rows as [number, number][], timeZone) : rows.map(countOf);
      }
      case 'stamps-scanned':
        return readRow(stampsScanned, question.batchId, question.from, question.to)?.[0] as number;
      case 'scanned-since': {
        const { batchId, from, to, since } = question;
        return asStoreError(() => firstScannedSince(scannedSince.iterate(batchId, from, to, minuteOf(since)), since));
      }
      case 'chain-fault':
        return asStoreError(() => chainFault(db, seals, question.known));
      case 'check-lines':
        return asStoreError(() => checkLines(db, seals, question.after));
      case 'batches-before':
        return batchesBefore((after) => readRow(oldest, after), question.after, question.beforeMinute);
      case 'batch-after':
        return asStoreError(() => recount.batchAfter(question.batchId));
      case 'sums':
        return asStoreError(() => recount.sums(question.batchId));
      case 'short-stamps':
        return asStoreError(() => recount.shortStamps(question.batchId));
      case 'unsound':
        return asStoreError(() => recount.unsound(question.part, question.after));
      default:
        return question satisfies never;
    }
  };
}

/** @param stamps serial, last minute and visits of the stamps scanned in the minute of `since` or later, by serial */
function firstScannedSince(stamps: Iterable<unknown>, since: Instant): number | null {
  const sinceMs = Date.parse(since);
  for (const [serial, lastMinute, visits] of stamps as Iterable<[number, number, string]>) {
    // Within the same minute only the visit knows the instant. If it was deleted, the scan counts as later.
    if (lastMinute > minuteOf(since) || (latestVisitMs(visits) ?? sinceMs) >= sinceMs) return serial;
  }
  return null;
}

function batchesBefore(nextOf: (after: Id) => Cell[] | null, after: Id, beforeMinute: number): Id[] {
  const found: Id[] = [];
  for (let next = nextOf(after); next !== null && found.length < BATCHES_ASKED_MAX; next = nextOf(next[0] as Id))
    if ((next[1] as number) < beforeMinute) found.push(next[0] as Id);
  return found;
}

function countOf(row: Cell[]): ScanCount {
  return { key: row[0] as string | null, scans: row[1] as number };
}
