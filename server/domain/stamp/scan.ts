// One scan as the scan path hands it to the store. The store counts it in the stamp's tally (tally-fold.ts) and lists
// it.

import type { Day, Id, Instant } from '../entity.ts';
import type { StampAnswer } from './stamp-answer.ts';
import { warnsBuyers } from './suspect.ts';
import type { StampTally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** A scan to be counted. */
export interface Scan {
  /** Random; a retry with the same id counts once. */
  id: string;
  batchId: Id;
  serial: number;
  /** The exact instant; the store cuts it to the minute. */
  at: Instant;
  /** The visitor's day in TIME_ZONE; the salt of the hash is that day's. */
  day: Day;
  /** Keyed hash of address and browser family, base64url; null: there is nothing to distinguish visitors by. */
  visitor: string | null;
  province: string | null;
  /** Verdict before this scan was counted, as lists and statistics show it, but for `unlessSuspect`. */
  verdict: Exclude<Verdict, 'unknown'>;
  /**
   * The verdict was found without the stamp's tally, and is `suspect` instead where the tally says so after this
   * answer; null: it stands whatever was counted. The store knows the tally when it records (`verdictRecorded`).
   */
  unlessSuspect: { answer: StampAnswer | null } | null;
  /** True for a signed-in person's scan, or one while printing: it is answered and listed, but not counted. */
  signedIn: boolean;
}

/** The verdict that a scan is listed with. @param before the tally before it; null: never scanned */
export function verdictRecorded({ verdict, unlessSuspect }: Scan, before: StampTally | null): Scan['verdict'] {
  if (unlessSuspect === null || before === null) return verdict;
  return warnsBuyers(before, unlessSuspect.answer) ? 'suspect' : verdict;
}
