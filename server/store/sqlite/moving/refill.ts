// A new embedded store that is filled with the rows of another. It is written beside its place under another name, and
// takes its name when everything is in it: a restore that is cut off leaves no store.

import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { urgencyOf } from '../../../domain/stamp/suspect.ts';
import type { StampTally } from '../../../domain/stamp/tally.ts';
import { makeFolder, syncFolder } from '../../../kit/folder.ts';
import { openHeadBeside } from '../../head-beside.ts';
import { isCollection, type MovedFacts, type MovedKind, type MovedRow, type Refill } from '../../moving.ts';
import { answeredText } from '../../seal-texts.ts';
import { sealsOf } from '../../seals.ts';
import { ShortSeal } from '../../short-seal.ts';
import { SEARCHED } from '../../collections.ts';
import type { CollectionName } from '../../store.ts';
import type { Entity } from '../../../domain/entity.ts';
import { headPath, openAnsweredCount } from '../answered-count.ts';
import { COLUMNS } from '../audit-rows.ts';
import { openWriting, prepare, type Cell } from '../connection.ts';
import { migrate } from '../migrations.ts';
import { cellsOf } from '../scan-rows.ts';
import { signStore } from '../trust.ts';
import { WordsWriter, wordsRowOf } from '../words.ts';

const PUT: Readonly<Record<Exclude<MovedKind, CollectionName | 'tallies' | 'scans'>, string>> = {
  requestKeys: `insert into request_key (key, at, body_hash, answer, mac) values (?, ?, ?, ?, ?)`,
  audit: `insert into audit (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  chainHeads: `insert into chain_head (one, seq, hash, mac) values (1, ?, ?, ?)`,
  batchTallies: `insert into batch_tally (batch_id, scans, visitor_days, stamps_scanned, mac) values (?, ?, ?, ?, ?)`,
  forgottenScans: `insert into forgotten (batch_id, counted, mac) values (?, ?, ?)`,
  refusals: `insert into refusal (day, reason, batch_id, refused) values (?, ?, ?, ?)`,
  salts: `insert into salt (day, salt) values (?, ?)`,
  files: `insert into file (id, media_type, bytes, mac) values (?, ?, ?, ?)`,
};
const PUT_RECORD = (name: CollectionName): string =>
  `insert into "${name}" (id, version, created_at, doc, mac) values (?, ?, ?, ?, ?)`;
const PUT_TALLY = `
  insert into tally (batch_id, serial, scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces, far_jumps,
    pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, visits, mac, odd)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** `later` follows from the tally, as when a scan is recorded (scan-ledger.ts): a scan of a signed-in person, or one
 * after the stamp's first minute. */
const PUT_SCAN = `
  insert into scan (batch_id, serial, id, minute, province, verdict, counted, later)
  values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7 = 0 or ?4 > coalesce(
    (select first_minute from tally where batch_id = ?1 and serial = ?2), -1))`;
const KEEP_ANSWERED = `update store set answered_scans = ?, mac = ?`;
/** Cells that hold bytes, as base64 in a row. */
const BYTES_CELL: Readonly<Partial<Record<MovedKind, number>>> = { files: 2, salts: 1 };
const RECORD_SEAL_CELL = 4;
const DOC_CELL = 3;

/** @throws Error of node:sqlite, or of the disk */
export function openRefill(path: string, rowKey: Uint8Array, { madeAt, timeZone }: MovedFacts): Refill {
  const half = `${path}.restoring`;
  const remove = (): void => {
    for (const file of [half, `${half}-wal`, `${half}-shm`]) rmSync(file, { force: true });
  };
  makeFolder(dirname(path));
  // What a restore that was cut off left.
  remove();
  closeSync(openSync(half, 'wx', 0o600));
  // Durable at the end, as a whole.
  const db = openWriting(half, 'OFF');
  migrate(db, {
    sign: () => signStore(db, rowKey, madeAt, timeZone),
    seal: () => undefined,
    countForgotten: () => undefined,
  });
  const putRow = putter(db);
  return {
    put(kind, rows) {
      db.exec('begin');
      for (const row of rows) putRow(kind, row);
      db.exec('commit');
    },
    finish(head, answeredScans) {
      const mac = sealsOf(rowKey).store.of(answeredText(madeAt, timeZone, answeredScans));
      prepare(db, KEEP_ANSWERED).run(answeredScans, mac);
      db.exec('pragma wal_checkpoint(truncate)');
      db.close();
      syncFile(half);
      renameSync(half, path);
      remove();
      const beside = openHeadBeside(headPath(path), new ShortSeal(rowKey, 'chain-head'));
      if (head.seq > 0) beside.keep(head);
      beside.close();
      const answered = openAnsweredCount(path);
      answered.keep(answeredScans);
      answered.close();
      syncFolder(dirname(path));
    },
    abandon() {
      if (db.isOpen) db.close();
      remove();
    },
  };
}

function putter(db: DatabaseSync): (kind: MovedKind, row: MovedRow) => void {
  const statements = new Map<MovedKind, StatementSync>();
  const words = new WordsWriter(db);
  const statement = (kind: MovedKind): StatementSync => {
    let known = statements.get(kind);
    if (known === undefined) {
      known = prepare(db, sqlOf(kind));
      statements.set(kind, known);
    }
    return known;
  };
  return (kind, row) => {
    if (kind === 'tallies') {
      const [batchId, serial, text, visits, mac] = row as [string, number, string, string, string | null];
      const tally = JSON.parse(text) as StampTally;
      const urgency = urgencyOf(tally);
      statement(kind).run(batchId, serial, ...cellsOf(tally), visits, mac, urgency === 0 ? null : -urgency);
      return;
    }
    const bytesCell = isCollection(kind) ? RECORD_SEAL_CELL : BYTES_CELL[kind];
    const cells: Cell[] = row.map((cell, i) =>
      i === bytesCell && typeof cell === 'string' ? Buffer.from(cell, 'base64') : cell,
    );
    statement(kind).run(...cells);
    if (isCollection(kind) && SEARCHED.includes(kind))
      words.keep(wordsRowOf(kind, JSON.parse(cells[DOC_CELL] as string) as Entity), true);
  };
}

function sqlOf(kind: MovedKind): string {
  if (isCollection(kind)) return PUT_RECORD(kind);
  if (kind === 'tallies') return PUT_TALLY;
  return kind === 'scans' ? PUT_SCAN : PUT[kind];
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
