// What every store must do, wherever it keeps its data. Each adapter's own test calls `storeContract` and skips
// nothing. What only one adapter must do is in that adapter's test.

import { describe } from '@jest/globals';
import type { Entity } from '../../server/domain/entity.ts';
import { COLLECTIONS } from '../../server/store/collections.ts';
import type { Collection } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { auditContract } from './audit-contract.ts';
import { auditPagesContract } from './audit-pages-contract.ts';
import { leasesContract } from './leases-contract.ts';
import { lifeContract } from './life-contract.ts';
import { lookUpContract, type LookUpStore } from './look-up-contract.ts';
import { overviewContract } from './overview-contract.ts';
import { pagesContract } from './pages-contract.ts';
import { recordsContract } from './records-contract.ts';
import { requestKeysContract } from './request-keys-contract.ts';
import { searchContract } from './search-contract.ts';
import { scansContract } from './scans-contract.ts';
import type { OpenStore } from './store-under-test.ts';
import { talliesContract } from './tallies-contract.ts';

export function storeContract(name: string, open: OpenStore): void {
  describe(`the store's contract: ${name}`, () => {
    recordsContract(open);
    requestKeysContract(open);
    pagesContract(open);
    auditContract(open);
    auditPagesContract(open);
    searchContract(open);
    scansContract(open);
    talliesContract(open);
    overviewContract(open);
    leasesContract(open);
    lifeContract(open);
    lookUpContract(async () => {
      const on = await open();
      const put: LookUpStore['put'] = async (collection, doc) => {
        const note = aNote({ entity: `${COLLECTIONS[collection].entity}:${doc.id}` });
        await (on.store[collection] as unknown as Collection<Entity>).insert(doc, note);
      };
      return { store: on.store, put, close: () => on.close() };
    });
  });
}
