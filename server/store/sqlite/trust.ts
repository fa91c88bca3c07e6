// Whether a file may be opened at all, decided before anything writes to it: it must be ours, not newer, undamaged,
// sealed with our key, and not cut short. Each refusal says what is wrong and what to do. main.ts exits with 74 on any
// of them.

import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { sealRow } from '../row-seal.ts';
import { StoreError } from '../store.ts';
import { answeredText } from '../seal-texts.ts';
import { ShortSeal } from '../short-seal.ts';
import { answeredPath, headPath, readAnsweredCount } from './answered-count.ts';
import { isSqlite, messageOf, openReading, prepare, rowOf, sqliteCode, valueOf } from './connection.ts';
import { headFault, headRemedy, readHeadBeside } from '../head-beside.ts';
import { APPLICATION_ID, SCHEMA_VERSION, SEALED_SCHEMA } from './migrations.ts';

const STORE = `select made_at, time_zone, canary, answered_scans from store where one = 1`;
const SEALED_STORE = `select made_at, time_zone, canary, answered_scans, mac from store where one = 1`;
const MAKE_STORE = `
  insert into store (one, made_at, time_zone, canary, answered_scans) values (1, ?, ?, ?, 0)`;

const NOT_A_DATABASE = 26;
const CORRUPT = 11;

export interface StoreFacts {
  madeAt: string;
  timeZone: string;
  answeredScans: number;
}

/**
 * Whether a store is to be created here: there is no file, an empty one, or one that an interrupted first start
 * prepared but did not fill.
 */
export function isNewStore(path: string): boolean {
  if (!existsSync(path) || statSync(path).size === 0) return true;
  let db: DatabaseSync | null = null;
  try {
    db = openReading(path);
    return valueOf(db, 'pragma application_id') === 0 && valueOf(db, 'select count(*) from sqlite_schema') === 0;
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return false;
  } finally {
    db?.close();
  }
}

/** @throws StoreError `untrusted` if the file must not be used, `unavailable` if it cannot be read */
export function checkTrust(path: string, rowKey: Uint8Array, onGap: OnGap = refuse): void {
  checkFile(path, rowKey, checkHere, onGap);
}

/** Told that a file ends before what lies beside it. */
type OnGap = (gap: string) => void;

function refuse(gap: string): never {
  throw new StoreError('untrusted', gap);
}

/** As `checkTrust`, for a move: the store may be closed for it. */
export function checkMovable(path: string, rowKey: Uint8Array): void {
  checkFile(path, rowKey, () => undefined, refuse);
}

/** Where a store is moving, or has moved; null: it is still here. */
export function movedTo(db: DatabaseSync): { target: string; finished: boolean } | null {
  if (valueOf(db, "select count(*) from sqlite_schema where name = 'moved'") === 0) return null;
  const [target, finished] = rowOf(prepare(db, 'select target, finished from moved')) as [string, number];
  return { target, finished: finished === 1 };
}

function checkFile(
  path: string,
  rowKey: Uint8Array,
  checkPlace: (db: DatabaseSync, path: string) => void,
  onGap: OnGap,
): void {
  let db: DatabaseSync | null = null;
  try {
    db = openReading(path);
    checkOurs(db, path);
    checkPlace(db, path);
    checkWhole(db, path);
    checkKeyAndCount(db, path, rowKey, onGap);
    checkHead(db, path, rowKey, onGap);
  } catch (error) {
    throw error instanceof StoreError ? error : refusalOf(path, error);
  } finally {
    db?.close();
  }
}

/** Writes what a new store says about itself. */
export function signStore(db: DatabaseSync, rowKey: Uint8Array, madeAt: string, timeZone: string): void {
  db.prepare(MAKE_STORE).run(madeAt, timeZone, canaryOf(rowKey, madeAt, timeZone, true));
}

/** Records that every row carries a seal: from now on no row without a seal is given one. */
export function bindSealing(db: DatabaseSync, rowKey: Uint8Array): void {
  const facts = storeFacts(db);
  if (facts !== null)
    db.prepare('update store set canary = ?').run(canaryOf(rowKey, facts.madeAt, facts.timeZone, true));
}

export function storeFacts(db: DatabaseSync): StoreFacts | null {
  const row = rowOf(prepare(db, STORE));
  return row === null
    ? null
    : { madeAt: row[0] as string, timeZone: row[1] as string, answeredScans: row[3] as number };
}

function checkOurs(db: DatabaseSync, path: string): void {
  if (valueOf(db, 'pragma application_id') !== APPLICATION_ID) {
    throw new StoreError('untrusted', `${path} is a database of another program; name another file in DATABASE_URL`);
  }
  const version = Number(valueOf(db, 'pragma user_version'));
  if (version > SCHEMA_VERSION) {
    throw new StoreError(
      'untrusted',
      `${path} has schema ${version}, written by a newer Temtrace; this one knows up to ${SCHEMA_VERSION}`,
    );
  }
}

function checkHere(db: DatabaseSync, path: string): void {
  const moved = movedTo(db);
  if (moved === null) return;
  throw new StoreError(
    'untrusted',
    moved.finished
      ? `${path} was moved to ${moved.target}; name that in DATABASE_URL`
      : `${path} is being moved to ${moved.target}; ` +
          'finish that (npm run admin -- move --to …), or take it back (move --cancel)',
  );
}

function checkWhole(db: DatabaseSync, path: string): void {
  const finding = valueOf(db, 'pragma quick_check(1)');
  if (finding !== 'ok') throw new StoreError('untrusted', `${path} is damaged (${String(finding)}); restore a backup`);
}

function checkKeyAndCount(db: DatabaseSync, path: string, rowKey: Uint8Array, onGap: OnGap): void {
  // Read before the database's own count, because a server that runs beside us continues counting.
  const kept = readAnsweredCount(path);
  const isSealed = Number(valueOf(db, 'pragma user_version')) >= SEALED_SCHEMA;
  // One row, read at once, because a server that runs beside us continues counting.
  const row = rowOf(prepare(db, isSealed ? SEALED_STORE : STORE));
  if (row === null) throw new StoreError('untrusted', `${path} does not say when it was made; restore a backup`);
  const [madeAt, timeZone, canary, answered, mac] = row as [string, string, Uint8Array, number, string | undefined];
  if (!Buffer.from(canaryOf(rowKey, madeAt, timeZone, isSealed)).equals(canary)) {
    throw new StoreError(
      'untrusted',
      `${path} was sealed with another master key; name the right one in MASTER_KEY_FILE`,
    );
  }
  if (isSealed && !new ShortSeal(rowKey, 'store').isOf(answeredText(madeAt, timeZone, answered), mac))
    throw new StoreError('untrusted', `the count of answered scans in ${path} was changed; restore a backup`);
  if (kept !== null && answered < kept) {
    onGap(
      `${path} holds ${answered} answered scans, but ${kept} were answered: its log was cut short. Restore a backup, or ` +
        'look at what is lost and go on without it: npm run admin -- accept-gap (docs/operations.md). The count lies in ' +
        answeredPath(path),
    );
  }
}

/**
 * The head beside the database must be a line of the chain, or its end. The file of a process that died may lag behind;
 * a database that was restored from an earlier day ends before it.
 */
function checkHead(db: DatabaseSync, path: string, rowKey: Uint8Array, onGap: OnGap): void {
  const kept = readHeadBeside(headPath(path), new ShortSeal(rowKey, 'chain-head'));
  if (kept === null) return;
  const beside = headPath(path);
  if (Number(valueOf(db, 'pragma user_version')) < SEALED_SCHEMA)
    throw new StoreError(
      'untrusted',
      `${path} was sealed before and is not now: it was put back. ${headRemedy(beside)}`,
    );
  const last = Number(valueOf(db, 'select max(seq) from audit'));
  const hash = rowOf(prepare(db, 'select hash from audit where seq = ?'), kept.seq)?.[0] as string | undefined;
  const fault = headFault(path, beside, kept, { last, hash: hash ?? null });
  if (fault !== null) onGap(fault);
}

/** @param isSealed whether every row carries a seal, which a store states once and for ever */
function canaryOf(rowKey: Uint8Array, madeAt: string, timeZone: string, isSealed: boolean): Uint8Array {
  return sealRow(rowKey, 'store', isSealed ? { madeAt, timeZone, sealed: true } : { madeAt, timeZone });
}

function refusalOf(path: string, error: unknown): StoreError {
  if (isSqlite(error, NOT_A_DATABASE))
    return new StoreError('untrusted', `${path} is no SQLite database; name another file in DATABASE_URL`, error);
  if (isSqlite(error, CORRUPT))
    return new StoreError('untrusted', `${path} is damaged (${messageOf(error)}); restore a backup`, error);
  return new StoreError('unavailable', `${path} cannot be read: ${messageOf(error)}`, error);
}

/**
 * Two pages, which must be free before those of the sign before are given back: a scan whose tally needs a new page
 * could be written as well.
 */
const SIGN_BYTES = 8_192;

/** Writes a little, to see whether the disk takes it; in the writer's transaction. @throws Error of node:sqlite where the disk or the file has no room */
export function leaveSign(db: DatabaseSync): void {
  const seq = Number(valueOf(db, 'select coalesce(max(seq), 0) from sign')) + 1;
  prepare(db, 'insert into sign (seq, bytes) values (?, ?)').run(seq, new Uint8Array(SIGN_BYTES));
  prepare(db, 'delete from sign where seq < ?').run(seq);
}
