// How far the background check of an embedded store is, as one sealed row.

import type { DatabaseSync } from 'node:sqlite';
import { NO_CHECK, type CheckState } from '../recount.ts';
import type { Seals } from '../seals.ts';
import { StoreError } from '../store.ts';
import { prepare, rowOf } from './connection.ts';

const KEEP = `insert or replace into store_check (one, state, mac) values (1, ?, ?)`;
const READ = `select state, mac from store_check`;

/** @param state as JSON */
export function keepCheck(db: DatabaseSync, seals: Seals, state: string): null {
  db.prepare(KEEP).run(state, seals.storeCheck.of(state));
  return null;
}

/** @throws StoreError `tampered` */
export function readCheck(db: DatabaseSync, seals: Seals): CheckState {
  const row = rowOf(prepare(db, READ)) as [string, string] | null;
  if (row === null) return NO_CHECK;
  if (!seals.storeCheck.isOf(row[0], row[1]))
    throw new StoreError('tampered', 'what is kept of the last check of the store is not as it was written');
  return JSON.parse(row[0]) as CheckState;
}
