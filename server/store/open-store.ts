// Which store a DATABASE_URL names, and how to open it: the only file that knows both adapters. Each is loaded on
// demand, so that an embedded store never waits for a MongoDB driver.

import { existsSync, rmSync } from 'node:fs';
import type { MovedFacts, Refill, Snapshot } from './moving.ts';
import { sealRow } from './row-seal.ts';
import type { Store } from './store.ts';

export type StoreKind = 'sqlite' | 'mongodb';

export interface OpenStoreOptions {
  databaseUrl: string;
  /** Seals rows: 32 bytes derived from the master key. */
  rowKey: Uint8Array;
  now: () => Date;
  timeZone: string;
  /** Where a server of a shared store keeps the end of the audit chain that it saw last; null: nowhere. */
  dataDir: string | null;
  log: (event: string, fields: Record<string, unknown>) => void;
  /** Told that the store ends before what lies beside it; absent: such a store is refused. */
  onGap?: (gap: string) => void;
}

/** The kind of store that an address names; null: none. */
export function storeKindOf(databaseUrl: string): StoreKind | null {
  if (/^sqlite:./.test(databaseUrl)) return 'sqlite';
  return /^mongodb(?:\+srv)?:\/\/./.test(databaseUrl) ? 'mongodb' : null;
}

/** The file of an embedded store. */
export function sqlitePath(databaseUrl: string): string {
  return databaseUrl.replace(/^sqlite:/, '');
}

/** What is wrong with an address; null: nothing. Never repeats the address, which may hold a password. */
export async function addressFaultOf(databaseUrl: string): Promise<string | null> {
  if (storeKindOf(databaseUrl) !== 'mongodb') return null;
  return (await import('./mongo/connection.ts')).addressFault(databaseUrl);
}

/** Whether the embedded store does not exist yet; false for a store that servers share. */
export async function isNewEmbedded(databaseUrl: string): Promise<boolean> {
  if (storeKindOf(databaseUrl) !== 'sqlite') return false;
  return (await import('./sqlite/trust.ts')).isNewStore(sqlitePath(databaseUrl));
}

/** The address as a person may see it: a file's path, or a server's address without user and password. */
export function shownAddress(databaseUrl: string): string {
  return sqlitePath(databaseUrl).replace(/^(mongodb(?:\+srv)?:\/\/)[^/]*@/, '$1');
}

/** Whether there is no store at an address yet. @throws StoreError if a server does not answer */
export async function isEmptyStore(databaseUrl: string): Promise<boolean> {
  if (storeKindOf(databaseUrl) === 'sqlite') return isNewEmbedded(databaseUrl);
  return (await import('./mongo/database.ts')).isEmptyDatabase(databaseUrl);
}

/** Deletes a whole store that its caller left half made, with what lies beside it. @throws StoreError */
export async function eraseStore(databaseUrl: string, dataDir: string): Promise<void> {
  rmSync(await headPathOf(databaseUrl, dataDir), { force: true });
  if (storeKindOf(databaseUrl) === 'mongodb') return (await import('./mongo/database.ts')).eraseDatabase(databaseUrl);
  const path = sqlitePath(databaseUrl);
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-answered`]) rmSync(file, { force: true });
}

/** The file that holds where the audit chain ended: beside an embedded store, or in the folder of data. */
export async function headPathOf(databaseUrl: string, dataDir: string): Promise<string> {
  if (storeKindOf(databaseUrl) === 'sqlite') return `${sqlitePath(databaseUrl)}-head`;
  return `${dataDir}/${(await import('./mongo/connection.ts')).databaseNameOf(databaseUrl)}-head`;
}

/** @throws StoreError `untrusted` or `unavailable` */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { databaseUrl, rowKey, now, timeZone, dataDir, log } = options;
  const onGap = options.onGap === undefined ? {} : { onGap: options.onGap };
  if (storeKindOf(databaseUrl) === 'mongodb') {
    const { openMongoStore } = await import('./mongo/open.ts');
    const headPath = dataDir === null ? {} : { headPath: await headPathOf(databaseUrl, dataDir) };
    return openMongoStore({ url: databaseUrl, rowKey, now, timeZone, log, ...headPath, ...onGap });
  }
  const { openSqliteStore } = await import('./sqlite/open.ts');
  return openSqliteStore({ path: sqlitePath(databaseUrl), rowKey, now, timeZone, log, ...onGap });
}

/** Everything in a store as it is now, read while it is in use. @throws StoreError */
export async function openSnapshot(
  databaseUrl: string,
  rowKey: Uint8Array,
  store: Pick<Store, 'lease'>,
): Promise<Snapshot> {
  if (storeKindOf(databaseUrl) === 'mongodb')
    return (await import('./mongo/moving/snapshot.ts')).openSnapshot(databaseUrl, rowKey, store);
  return (await import('./sqlite/moving/departure.ts')).openSnapshot(sqlitePath(databaseUrl));
}

/** A new store in an empty place, to be filled with the rows of a backup. @throws StoreError */
export async function openRefill(databaseUrl: string, rowKey: Uint8Array, facts: MovedFacts): Promise<Refill> {
  if (storeKindOf(databaseUrl) !== 'mongodb')
    return (await import('./sqlite/moving/refill.ts')).openRefill(sqlitePath(databaseUrl), rowKey, facts);
  const { openArrival } = await import('./mongo/moving/arrival.ts');
  const arrival = await openArrival(databaseUrl, facts);
  if (arrival === null) throw new Error('the database is in use');
  return {
    put: arrival.put,
    finish: async () => {
      await arrival.finish();
      await arrival.close();
    },
    abandon: async () => {
      await arrival.close();
      await (await import('./mongo/database.ts')).eraseDatabase(databaseUrl);
    },
  };
}

/** Whether this key sealed the store of which these are the facts. */
export function isCanaryOf(rowKey: Uint8Array, { madeAt, timeZone, canary }: MovedFacts): boolean {
  return Buffer.from(sealRow(rowKey, 'store', { madeAt, timeZone, sealed: true })).equals(canary);
}

/** Files beside the place of a store that tell of another one: they would refuse it. */
export async function storedBeside(databaseUrl: string, dataDir: string): Promise<string[]> {
  const path = sqlitePath(databaseUrl);
  const files = storeKindOf(databaseUrl) === 'sqlite' ? [`${path}-wal`, `${path}-answered`, `${path}-head`] : [];
  return [...new Set([...files, await headPathOf(databaseUrl, dataDir)])].filter((file) => existsSync(file));
}

/** Forgets what lies beside a store, once an operator accepted that it ends earlier. */
export async function forgetBeside(databaseUrl: string, dataDir: string): Promise<void> {
  // An embedded store has written its head with the line that says so.
  const path = storeKindOf(databaseUrl) === 'sqlite' ? `${sqlitePath(databaseUrl)}-answered` : null;
  rmSync(path ?? (await headPathOf(databaseUrl, dataDir)), { force: true });
}
