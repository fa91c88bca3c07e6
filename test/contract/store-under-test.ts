// What a store's contract is given: a store on its own data, and how to open that data again.

import type { Store } from '../../server/store/store.ts';

export interface StoreUnderTest {
  store: Store;
  /** Another server on the same data; closed with the first. */
  second(): Promise<Store>;
  /** Closes all and opens the same data again, as a restart does. */
  reopen(): Promise<Store>;
  /** A silent holder loses its lease after this long. */
  leaseSilenceMs: number;
  /** Waits until the line of every change so far stands in the audit chain: at once where both are one transaction. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;
