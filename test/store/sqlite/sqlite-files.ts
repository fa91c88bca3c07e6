// SQLite files for tests, in a folder that is deleted after the importing test file.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll } from '@jest/globals';
import { openSqliteStore, type SqliteStoreOptions } from '../../../server/store/sqlite/open.ts';
import { StoreError, type Store } from '../../../server/store/store.ts';
import { aNote } from '../../fixtures/records/audit.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { MADE_AT, TIME_ZONE } from '../../fixtures/records/cast.ts';
import { anOffice } from '../../fixtures/records/registry.ts';
import { aScan } from '../../fixtures/records/scans.ts';

export const folder = mkdtempSync(join(tmpdir(), 'temtrace-store-'));

let files = 0;
export const ROW_KEY = new Uint8Array(32).fill(7);
export const LEASE_SILENCE_MS = 300;

export function newPath(): string {
  files += 1;
  return join(folder, `store-${files}.db`);
}

/** OFF: test/slow/durability.test.ts tests what survives a power cut; here syncs would only take time. */
export function optionsFor(path: string, fields: Partial<SqliteStoreOptions> = {}): SqliteStoreOptions {
  return {
    path,
    rowKey: ROW_KEY,
    now: () => new Date(MADE_AT),
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
    leaseSilenceMs: LEASE_SILENCE_MS,
    ...fields,
  };
}

/** A closed store with an office, a lot and a scan in it. */
export async function aFilledStore(): Promise<string> {
  const path = newPath();
  const store = await openSqliteStore(optionsFor(path));
  await store.offices.insert(anOffice(), aNote());
  await store.lots.insert(aLot(), aNote());
  await store.scans.record(aScan());
  await store.close();
  return path;
}

/** Runs SQL as somebody who edits the database would. */
export function meddle(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

export async function refusalOf(opening: Promise<Store>): Promise<{ kind: string; message: string }> {
  const outcome = await opening.then(
    async (store) => {
      await store.close();
      return null;
    },
    (error: unknown) => error,
  );
  if (!(outcome instanceof StoreError))
    throw new Error('the store opened, or failed with something else', { cause: outcome });
  return { kind: outcome.kind, message: outcome.message };
}

afterAll(() => rmSync(folder, { recursive: true }));
