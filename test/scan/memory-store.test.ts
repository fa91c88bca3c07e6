import { lookUpContract } from '../contract/look-up-contract.ts';
import { memoryStore } from '../fixtures/memory-store.ts';

lookUpContract(
  async () => {
    const memory = memoryStore();
    return {
      store: memory.store,
      put: async (collection, doc) => memory.put(collection, doc),
      close: async () => undefined,
    };
  },
  {
    'a scan that is sent twice counts once': 'it keeps no ids of scans; a look-up sends each scan once',
    'refusals are added up': 'it keeps them as they came, so that a test sees each flush',
  },
);
