// What a store contract gets: a store with its own data, and a way to open that data again.

import { afterAll, beforeAll } from '@jest/globals';
import type { Store } from '../../server/store/store.ts';

export interface StoreUnderTest {
  store: Store;
  /** Another server on the same data; it is closed with the first. */
  second(): Promise<Store>;
  /** Closes every server and opens the same data again, as a restart does. */
  reopen(): Promise<Store>;
  /** A holder that sends no heartbeat loses its lease after this time. */
  leaseSilenceMs: number;
  /** Waits until every change so far has its line in the audit chain; immediate if both are one transaction. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/**
 * A store for one group of tests: opened before the first, closed after the last. The object is empty until then.
 * @param take called with the store before the first test
 */
export function storeOfGroup(open: OpenStore, take: (store: Store) => void): StoreUnderTest {
  const on = {} as StoreUnderTest;
  beforeAll(async () => {
    Object.assign(on, await open());
    take(on.store);
  });
  afterAll(() => on.close());
  return on;
}
