// What goes to the thread that computes fingerprints.

import type { Id } from '../../domain/entity.ts';

export interface FingerprintWork {
  batchId: Id;
  /** 16 bytes each. The thread never sees a batch's secret. */
  tagKey: Uint8Array;
  packKey: Uint8Array;
  from: number;
  to: number;
}
