// The thread that computes the fingerprints of packs, a piece at a time.

import { fingerprintsOf } from '../../domain/pack/fingerprint.ts';
import { openBatchKeysFrom } from '../../domain/stamp/stamp-keys.ts';
import { answerCalls } from '../../kit/thread-call.ts';
import type { FingerprintWork } from './fingerprint-work.ts';

answerCalls<FingerprintWork, Uint8Array>(async ({ batchId, tagKey, packKey, from, to }) =>
  // A pack needs no PIN, so its key is not sent.
  fingerprintsOf(openBatchKeysFrom({ tagKey, pinKey: tagKey }, batchId), packKey, from, to),
);
