// What an office found out about a stamp whose scans looked like those of copies. It lies in the batch, so that a
// look-up reads it with the batch and every change of it leaves its line. A found copy warns buyers at once; any other
// outcome quiets what was counted until then, and the rule starts anew with twice the bound (suspect.ts).

import type { SerialRange } from '../batches/intervals.ts';
import type { Id, Instant } from '../entity.ts';

/**
 * copied: copies were found. mistake: honest scans only. display: it stands on show. stolen: stamps were taken.
 * sabotage: somebody scanned to harm. shown: it was to be read in public, in a film or on a picture.
 */
export const CASE_OUTCOMES = ['copied', 'mistake', 'display', 'stolen', 'sabotage', 'shown'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** What was counted when the office answered: the faded numbers as they are kept, in hundredths (signs.ts). */
export interface AnswerMark {
  day: number;
  crowd: number;
  heat: number;
  farDays: number;
  provinces: number;
  strangers: number;
  beforeActivation: number;
  wrongTries: number;
}

export interface StampAnswer extends SerialRange {
  outcome: CaseOutcome;
  at: Instant;
  /** Actor id. */
  by: Id;
  /** How many answers in a row have quieted it; each doubles the bound. */
  times: number;
  mark: AnswerMark;
}

/** Three answers in a row make eight times the bound; more would make the rule blind. */
const DOUBLINGS_MAX = 3;

/** Whether the outcome says that what was counted is no sign of copies. A stolen stamp is voided instead. */
export function isQuieting(outcome: CaseOutcome): boolean {
  return outcome !== 'copied' && outcome !== 'stolen';
}

/** How many times the usual bound holds after this answer. */
export function markBound(answer: StampAnswer | null): number {
  return answer === null || !isQuieting(answer.outcome) ? 1 : 2 ** Math.min(answer.times, DOUBLINGS_MAX);
}
