import { afterAll } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStoreOptions } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import { storeContract, type StoreUnderTest } from '../contract/store-contract.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'temtrace-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const ROW_KEY = new Uint8Array(32).fill(7);

function optionsFor(path: string): SqliteStoreOptions {
  return { path, rowKey: ROW_KEY, now: () => new Date(MADE_AT), timeZone: TIME_ZONE };
}

function newPath(): string {
  files += 1;
  return join(folder, `store-${files}.db`);
}

async function openFresh(): Promise<StoreUnderTest> {
  const path = newPath();
  const opened: Store[] = [];
  const openOne = async (): Promise<Store> => {
    const store = await openSqliteStore(optionsFor(path));
    opened.push(store);
    return store;
  };
  const close = async (): Promise<void> => {
    for (const store of opened.splice(0)) await store.close();
  };
  return {
    store: await openOne(),
    second: async () => opened[1] ?? (await openOne()),
    reopen: async () => {
      await close();
      return openOne();
    },
    settled: async () => undefined,
    close,
  };
}

storeContract('SQLite', openFresh);
