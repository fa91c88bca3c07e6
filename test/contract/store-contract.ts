// What every store must do, whatever holds its data: each adapter's own test calls `storeContract` and skips nothing.
// What an adapter alone owes stands in its own test.

import { describe } from '@jest/globals';
import type { Store } from '../../server/store/store.ts';
import { auditContract } from './audit-contract.ts';
import { auditPagesContract } from './audit-pages-contract.ts';
import { leasesContract } from './leases-contract.ts';
import { lifeContract } from './life-contract.ts';
import { overviewContract } from './overview-contract.ts';
import { pagesContract } from './pages-contract.ts';
import { recordsContract } from './records-contract.ts';
import { requestKeysContract } from './request-keys-contract.ts';
import { scansContract } from './scans-contract.ts';
import { talliesContract } from './tallies-contract.ts';

/** A store on data of its own. */
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

export function storeContract(name: string, open: OpenStore): void {
  describe(`the store's contract: ${name}`, () => {
    recordsContract(open);
    requestKeysContract(open);
    pagesContract(open);
    auditContract(open);
    auditPagesContract(open);
    scansContract(open);
    talliesContract(open);
    overviewContract(open);
    leasesContract(open);
    lifeContract(open);
  });
}
