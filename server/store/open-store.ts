// Which store a DATABASE_URL names, and how it is opened: the one place that knows both adapters. Each is loaded when
// it is asked for, so that an embedded store never waits for a MongoDB driver.

import { rmSync } from 'node:fs';
import type { Store } from './store.ts';

export type StoreKind = 'sqlite' | 'mongodb';

export interface OpenStoreOptions {
  databaseUrl: string;
  /** Seals rows: 32 bytes derived from the master key. */
  rowKey: Uint8Array;
  now: () => Date;
  timeZone: string;
  log: (event: string, fields: Record<string, unknown>) => void;
}

/** The store that an address names, or null where it names none. */
export function storeKindOf(databaseUrl: string): StoreKind | null {
  if (/^sqlite:./.test(databaseUrl)) return 'sqlite';
  return /^mongodb(?:\+srv)?:\/\/./.test(databaseUrl) ? 'mongodb' : null;
}

/** The file of an embedded store. */
export function sqlitePath(databaseUrl: string): string {
  return databaseUrl.replace(/^sqlite:/, '');
}

/** What is wrong with an address, or null; never repeats it, for it may hold a password. */
export async function addressFaultOf(databaseUrl: string): Promise<string | null> {
  if (storeKindOf(databaseUrl) !== 'mongodb') return null;
  return (await import('./mongo/connection.ts')).addressFault(databaseUrl);
}

/** Whether the embedded store is still to be made; one that servers share is never taken for new. */
export async function isNewEmbedded(databaseUrl: string): Promise<boolean> {
  if (storeKindOf(databaseUrl) !== 'sqlite') return false;
  return (await import('./sqlite/trust.ts')).isNewStore(sqlitePath(databaseUrl));
}

/** The address as a person may see it: a file's path, or a server's without user and password. */
export function shownAddress(databaseUrl: string): string {
  return sqlitePath(databaseUrl).replace(/^(mongodb(?:\+srv)?:\/\/)[^/]*@/, '$1');
}

/** Whether nothing lies where an address says. @throws StoreError when a server does not answer */
export async function isEmptyStore(databaseUrl: string): Promise<boolean> {
  if (storeKindOf(databaseUrl) === 'sqlite') return isNewEmbedded(databaseUrl);
  return (await import('./mongo/database.ts')).isEmptyDatabase(databaseUrl);
}

/** Deletes a whole store, for a caller that left one half made. @throws StoreError */
export async function eraseStore(databaseUrl: string): Promise<void> {
  if (storeKindOf(databaseUrl) === 'mongodb') return (await import('./mongo/database.ts')).eraseDatabase(databaseUrl);
  const path = sqlitePath(databaseUrl);
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-answered`, `${path}-head`])
    rmSync(file, { force: true });
}

/** @throws StoreError `untrusted` or `unavailable` */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { databaseUrl, rowKey, now, timeZone, log } = options;
  if (storeKindOf(databaseUrl) === 'mongodb') {
    const { openMongoStore } = await import('./mongo/open.ts');
    return openMongoStore({ url: databaseUrl, rowKey, now, timeZone, log });
  }
  const { openSqliteStore } = await import('./sqlite/open.ts');
  return openSqliteStore({ path: sqlitePath(databaseUrl), rowKey, now, timeZone, log });
}
