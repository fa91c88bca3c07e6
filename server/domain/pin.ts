// A scratch-off PIN as it is tried: what comes in and what comes out. Counting is in tally-fold.ts.

import type { Day, Id, Instant } from './entity.ts';

export interface PinTry {
  batchId: Id;
  serial: number;
  at: Instant;
  day: Day;
  visitor: string | null;
  right: boolean;
}

/** `locked`: too many wrong tries at this stamp; the try was not looked at. */
export type PinOutcome =
  | { kind: 'right'; firstUsedAt: Instant; usedBefore: boolean }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'locked'; until: Instant };
