// The only way to open a SQLite connection, with every setting that our promises depend on, and how to read its errors.
// SQLite's error numbers stay inside this folder.

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreError } from '../store.ts';

/** Older versions can corrupt a WAL that two connections use (the WAL-reset bug, fixed in 3.51.3). */
const SQLITE_VERSION_MIN = [3, 51, 3] as const;
/** SQLite's primary code for a lock that another connection holds. */
export const BUSY = 5;
/**
 * How long everything except the writer's own `begin` (group-commit.ts) waits for another process to release a lock.
 */
const BUSY_WAIT_MS = 5_000;
const WRITER_CACHE_KIB = 32_768;
const READER_CACHE_KIB = 8_192;
/**
 * Pages in the WAL before a commit also checkpoints: 64 MiB, so that a page changed by many commits is written back
 * once.
 */
const CHECKPOINT_PAGES = 16_384;
const WAL_SIZE_MAX_BYTES = 128 * 1024 * 1024;

export type Cell = null | number | string | Uint8Array;
export type Synchronous = 'FULL' | 'OFF';

/** Why this version of SQLite is refused; null: it may be used. */
export function sqliteFault(version: string = process.versions['sqlite'] ?? '0'): string | null {
  const parts = version.split('.').map(Number);
  for (const [i, least] of SQLITE_VERSION_MIN.entries()) {
    const part = parts[i] ?? 0;
    if (part > least) return null;
    if (part < least)
      return `SQLite ${version} can corrupt its log; ${SQLITE_VERSION_MIN.join('.')} or newer is needed`;
  }
  return null;
}

/** @throws Error of node:sqlite if the file cannot be opened or is not a database */
export function openWriting(path: string, synchronous: Synchronous): DatabaseSync {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_WAIT_MS });
  try {
    db.exec(`
      pragma journal_mode = wal;
      pragma synchronous = ${synchronous};
      pragma mmap_size = 0;
      pragma secure_delete = on;
      pragma cache_size = -${WRITER_CACHE_KIB};
      pragma wal_autocheckpoint = ${CHECKPOINT_PAGES};
      pragma journal_size_limit = ${WAL_SIZE_MAX_BYTES};
    `);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

export function openReading(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_WAIT_MS });
  db.exec(`pragma mmap_size = 0; pragma cache_size = -${READER_CACHE_KIB};`);
  return db;
}

/** A statement whose rows are arrays: no object is built for a row that is taken apart at once. */
export function prepare(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

export function rowOf(statement: StatementSync, ...values: Cell[]): Cell[] | null {
  return (statement.get(...values) as unknown as Cell[] | undefined) ?? null;
}

export function rowsOf(statement: StatementSync, ...values: Cell[]): Cell[][] {
  return statement.all(...values) as unknown as Cell[][];
}

/** As `prepare`, `rowOf` and `rowsOf`, for the port: SQLite's errors become StoreErrors. */
export function prepareReading(db: DatabaseSync, sql: string): StatementSync {
  return asStoreError(() => prepare(db, sql));
}

export function readRow(statement: StatementSync, ...values: Cell[]): Cell[] | null {
  return asStoreError(() => rowOf(statement, ...values));
}

export function readRows(statement: StatementSync, ...values: Cell[]): Cell[][] {
  return asStoreError(() => rowsOf(statement, ...values));
}

/** Reads row by row until `take` returns false, so that unwanted rows are not even fetched. */
export function readEach(statement: StatementSync, values: readonly Cell[], take: (row: Cell[]) => boolean): void {
  asStoreError(() => {
    for (const row of statement.iterate(...values) as unknown as Iterable<Cell[]>) if (!take(row)) break;
  });
}

export function asStoreError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('unavailable', messageOf(error), error);
  }
}

/** The value of a pragma or of a query with one row and one column. */
export function valueOf(db: DatabaseSync, sql: string): Cell {
  return rowOf(prepare(db, sql))?.[0] ?? null;
}

const CONSTRAINT_PRIMARY_KEY = 1555;
const CONSTRAINT_UNIQUE = 2067;
/**
 * perm, busy, locked, nomem, readonly, interrupt, ioerr, corrupt, full, cantopen, protocol, notadb: faults of the
 * store, not of a statement.
 */
const OUTAGE_CODES: ReadonlySet<number> = new Set([3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26]);

/** A trigger refused the write. Only a store that was closed has triggers (moving/departure.ts). */
const CONSTRAINT_TRIGGER = 1811;

/** SQLite's extended result code; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}

/** The primary code of an error is the low byte of its extended code. */
export function isSqlite(error: unknown, primaryCode: number): boolean {
  return ((sqliteCode(error) ?? 0) & 0xff) === primaryCode;
}

/**
 * Whether the database itself failed (disk, lock, damage) or is closed, so that no statement on this connection can be
 * trusted.
 */
export function isOutage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && (code === CONSTRAINT_TRIGGER || OUTAGE_CODES.has(code & 0xff));
}

/**
 * The columns of a refused unique index (`['lots.productId', 'lots.number']`); null for any other error. SQLite names
 * them only in its message.
 */
export function violatedColumns(error: unknown): string[] | null {
  const code = sqliteCode(error);
  if (code !== CONSTRAINT_PRIMARY_KEY && code !== CONSTRAINT_UNIQUE) return null;
  return /constraint failed: (.+)$/.exec(messageOf(error))?.[1]?.split(', ') ?? [];
}

/** Errors of Node are recognised by their fields and not by their class, because tests run in another realm. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
