// One database per test on the server at MONGO_URL; dropped when its stores are closed.

import { createConnection } from 'mongoose';
import { openMongoStore, type MongoStoreOptions } from '../../server/store/mongo/open.ts';
import type { Store } from '../../server/store/store.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';

export const ROW_KEY = new Uint8Array(32).fill(7);
/** Fast enough that no test waits, slow enough that a busy machine loses no lease. */
const TEST_PACE = { beatMs: 50, silenceMs: 800, catchUpMs: 3_000 };
/** For a server that waits for another one forever, and does not make its readers wait. */
export const WAITING_PACE = { beatMs: 20, silenceMs: 60_000, catchUpMs: 300 };

let databases = 0;

function serverUrl(): string {
  const url = process.env['MONGO_URL'];
  if (url === undefined || url === '')
    throw new Error('MONGO_URL names no server: test/mongo-server/run.sh npm run test:mongo');
  return url;
}

/** The address of a new database. */
export function newDatabase(): string {
  databases += 1;
  const [, server = '', settings = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(serverUrl()) ?? [];
  return `${server}/temtrace_test_${process.pid}_${Date.now().toString(36)}_${databases}${settings}`;
}

export function openAt(url: string, fields: Partial<MongoStoreOptions> = {}): Promise<Store> {
  return openMongoStore({
    url,
    rowKey: ROW_KEY,
    now: () => new Date(MADE_AT),
    timeZone: TIME_ZONE,
    pace: TEST_PACE,
    ...fields,
  });
}

/** The bare database, as somebody who edits it reaches it. */
export async function meddle<T>(
  url: string,
  work: (db: NonNullable<ReturnType<typeof createConnection>['db']>) => Promise<T>,
): Promise<T> {
  const connection = await createConnection(url).asPromise();
  try {
    if (connection.db === undefined) throw new Error('no database');
    return await work(connection.db);
  } finally {
    await connection.close();
  }
}

/** A server that died, or sleeps, while it holds the lease. */
export async function holdLease(url: string): Promise<void> {
  await meddle(url, (db) =>
    db
      .collection<{ _id: string }>('leases')
      .updateOne({ _id: 'background' }, { $set: { holder: 'another', fence: 7, beat: 0 } }, { upsert: true }),
  );
}

export async function dropDatabase(url: string): Promise<void> {
  await meddle(url, (db) => db.dropDatabase());
}

/** A store on its own database. */
export async function openFresh(): Promise<StoreUnderTest> {
  const url = newDatabase();
  const opened: Store[] = [];
  const openOne = async (): Promise<Store> => {
    const store = await openAt(url);
    opened.push(store);
    return store;
  };
  const closeAll = async (): Promise<void> => {
    for (const store of opened.splice(0)) await store.close();
  };
  return {
    store: await openOne(),
    second: async () => opened[1] ?? (await openOne()),
    reopen: async () => {
      await closeAll();
      return openOne();
    },
    leaseSilenceMs: TEST_PACE.silenceMs,
    // Readers of the log wait for what was written before their request.
    settled: async () => {
      for (const store of opened) await store.audit.head();
    },
    close: async () => {
      await closeAll();
      await dropDatabase(url);
    },
  };
}
