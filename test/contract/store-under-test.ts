// What a store's contract is given: a store on its own data, and how to open that data again.

import { afterAll, beforeAll } from '@jest/globals';
import type { Store } from '../../server/store/store.ts';

export interface StoreUnderTest {
  store: Store;
  /** Another server on the same data; closed with the first. */
  second(): Promise<Store>;
  /** Closes all and opens the same data again, as a restart does. */
  reopen(): Promise<Store>;
  /** A silent holder loses its lease after this long. */
  leaseSilenceMs: number;
  /** Waits until the line of every change so far is in the audit chain: at once if both are one transaction. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/**
 * A store for the tests of one group: opened before the first, closed after the last. The object is empty until then.
 * @param take gets the store before the first test
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
