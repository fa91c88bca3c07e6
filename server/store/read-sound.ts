// Reads again what does not match its seal. MongoDB returns a document as one write left it. Another server of its
// protocol may return one that is being changed (seen on mongo-java-server, with three writers of one stamp). Reading
// again distinguishes that from tampering.

import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from './store.ts';

const READS_MAX = 5;
const READ_AGAIN_MS = 4;

/** @throws StoreError `tampered` if no read finds what was sealed; any other error at once */
export async function readSound<T>(read: () => Promise<T>): Promise<T> {
  for (let reads = 1; ; reads += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'tampered' || reads === READS_MAX) throw error;
      await wait(reads * READ_AGAIN_MS);
    }
  }
}
