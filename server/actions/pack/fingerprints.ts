// Fingerprints of a batch, computed in a thread so that look-ups are answered meanwhile. One thread for the process; a
// caller asks for the next piece when it has sent the last, so a slow phone makes nothing pile up.

import { Worker } from 'node:worker_threads';
import type { Batch } from '../../domain/batches/batch.ts';
import { packKeyOf } from '../../domain/pack/fingerprint.ts';
import { openBatchKeys } from '../../domain/stamp/stamp-keys.ts';
import { ThreadCalls } from '../../kit/thread-call.ts';
import type { FingerprintWork } from './fingerprint-work.ts';

/** 64 KiB, some 60 ms of work. */
const PIECE_STAMPS = 32_768;
/** Each HMAC leaves a little garbage: a small nursery is swept often and keeps the thread small. */
const NURSERY_MIB = 8;

const thread = new ThreadCalls<FingerprintWork, Uint8Array>({
  start: () =>
    new Worker(new URL('./fingerprint-worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MIB },
    }),
});

/** The fingerprints of all stamps of a batch, in pieces. @throws ThreadError when the thread died */
export async function* fingerprintsOfBatch(
  { id: batchId, quantity }: Pick<Batch, 'id' | 'quantity'>,
  secret: Uint8Array,
): AsyncGenerator<Uint8Array, void, void> {
  const { tagKey } = openBatchKeys(secret, batchId).exportKeys();
  const packKey = packKeyOf(secret);
  for (let from = 1; from <= quantity; from += PIECE_STAMPS) {
    const to = Math.min(quantity, from + PIECE_STAMPS - 1);
    yield await thread.call({ batchId, tagKey, packKey, from, to });
  }
}

/** Ends the thread; for the end of the process, and for tests. */
export function closeFingerprints(): Promise<void> {
  return thread.terminate();
}
