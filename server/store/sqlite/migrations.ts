// The schema, as numbered files of SQL in migrations/. A released file is frozen: a change is another file at the end
// of the list. Each runs in one transaction. Tests hold each file to its hash, and the outcome to store/collections.ts.

import { readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store.ts';
import { prepare, valueOf } from './connection.ts';
import { makeAllWords } from './words.ts';

/** "TEMT": distinguishes our file from any other SQLite database. The first migration writes it. */
export const APPLICATION_ID = 0x54454d54;

export const MIGRATIONS: readonly { name: string; sql: string }[] = [
  '01-records-scans-audit-files',
  '02-print-jobs',
  '03-invitations-papers-imports',
  '04-programme',
  '05-cases',
  '06-shop-links',
  '07-own-templates',
  '08-odd-stamps',
  '09-seals',
  '10-recount',
  '11-sign',
  '12-signs',
  '13-rounds',
  '14-stamp-reports',
  '15-words',
].map((name) => ({ name, sql: readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8') }));

export const SCHEMA_VERSION = MIGRATIONS.length;
/** The first schema in which every row carries a seal. */
export const SEALED_SCHEMA = 9;
/** The first schema that counts what retention deletes. */
const COUNTED_SCHEMA = 10;
/** The first schema with the words that records are found by. */
const WORDS_SCHEMA = 15;

/** What is done with the rows, in one transaction with the tables. */
export interface MigrationSteps {
  /** Writes what a new store says about itself. */
  sign: () => void;
  /** Gives every row its seal. */
  seal: () => void;
  /** Counts what retention deleted before that was counted. */
  countForgotten: () => void;
}

/** Updates the schema to SCHEMA_VERSION; safe if two processes do it at once. */
export function migrate(db: DatabaseSync, { sign, seal, countForgotten }: MigrationSteps): void {
  for (const [i, migration] of MIGRATIONS.entries()) {
    db.exec('begin immediate');
    try {
      if (Number(valueOf(db, 'pragma user_version')) === i) {
        db.exec(migration.sql);
        db.exec(`pragma user_version = ${i + 1}`);
        if (i === 0) sign();
        if (i + 1 === SEALED_SCHEMA) seal();
        if (i + 1 === COUNTED_SCHEMA) countForgotten();
        if (i + 1 === WORDS_SCHEMA) makeAllWords(db);
      }
      db.exec('commit');
    } catch (error) {
      // A commit that the disk refused has already ended the transaction.
      if (db.isTransaction) db.exec('rollback');
      if (error instanceof StoreError) throw error;
      throw new Error(`migration ${migration.name} failed`, { cause: error });
    }
  }
}

/** Table and index names, for the test that holds this file to store/collections.ts. */
export function schemaOf(db: DatabaseSync): string[] {
  return (
    prepare(db, "select type || ' ' || name from sqlite_schema order by 1").all() as unknown as string[][]
  ).flat();
}
