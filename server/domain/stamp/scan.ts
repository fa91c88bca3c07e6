// One scan as the scan path hands it to the store. The store counts it in the stamp's tally (tally-fold.ts) and lists
// it.

import type { Day, Id, Instant } from '../entity.ts';
import type { Verdict } from './verdict.ts';

/** One scan that is to be counted, as the scan path hands it to the store. */
export interface Scan {
  /** Random; a retry with the same id counts once. */
  id: string;
  batchId: Id;
  serial: number;
  /** The instant itself; the store keeps it cut to the minute. */
  at: Instant;
  /** The visitor's day in TIME_ZONE, which names the salt. */
  day: Day;
  /** Keyed hash of address and agent family, base64url; null: nothing to tell visitors apart by. */
  visitor: string | null;
  province: string | null;
  /** Verdict before this scan was counted: what the scans list and stats show. */
  verdict: Exclude<Verdict, 'unknown'>;
  /** A signed-in person's scan, or one while printing: answered, listed, not counted. */
  signedIn: boolean;
}
