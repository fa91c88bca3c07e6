// A case: a stamp whose scans look like those of copies, as an office handles it. It is closed with an outcome, which
// the batch holds for its stamp (stamp-answer.ts), so that look-ups know it. A closed case stays closed until the
// rule, begun anew, finds reasons again (suspect.ts).

import type { Day, Entity, Id, Instant } from '../entity.ts';
import { isQuieting, type AnswerMark, type CaseOutcome } from '../stamp/stamp-answer.ts';
import { THRESHOLDS, type Suspicion } from '../stamp/suspect.ts';
import { signsOf, type StampTally } from '../stamp/tally.ts';

export const CASE_STATES = ['new', 'looking', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** What was counted when somebody last looked. */
export interface CaseMark {
  farJumps: number;
  visitorDays: number;
  strangerDays: number;
  beforeActivation: number;
  wrongTries: number;
}

/** One thing that was done to it. */
export interface CaseStep {
  at: Instant;
  by: Id;
  kind: 'looking' | 'closed' | 'undone';
  outcome: CaseOutcome | null;
  note: string | null;
}

/** More steps of one case are not kept with it: the audit log has them all. */
export const CASE_STEPS_MAX = 50;
/** Days an office has for a case that it took up without naming a day. */
export const CASE_DAYS = 7;

export interface Case extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  serial: number;
  state: 'looking' | 'closed';
  reasons: Suspicion[];
  mark: CaseMark;
  on: Day;
  /** Who looks at it, or closed it. */
  by: Id;
  note: string | null;
  /** Absent or null: not closed, or closed before there were outcomes. */
  outcome?: CaseOutcome | null;
  /** By when somebody should have closed it. */
  dueOn?: Day | null;
  /** When it was opened first, as a day; absent: before this was noted. */
  openedOn?: Day;
  /** Oldest first. */
  steps?: CaseStep[];
}

export function markOf({ farJumps, visitorDays, beforeActivation, pin }: StampTally): CaseMark {
  return { farJumps, visitorDays, strangerDays: pin.strangerDaysSince, beforeActivation, wrongTries: pin.wrongTries };
}

/** What an answer quiets: all that was counted until now. */
export function answerMarkOf(tally: StampTally): AnswerMark {
  const { day, crowd, heat, far } = signsOf(tally);
  const { strangerDaysSince: strangers, wrongTries } = tally.pin;
  const { beforeActivation, provinces } = tally;
  return { day, crowd, heat, farDays: far, provinces: provinces.length, strangers, beforeActivation, wrongTries };
}

/**
 * @param known null: not handled yet
 * @param reasons that hold today, after the office's last answer
 */
export function caseState(
  known: Pick<Case, 'state' | 'outcome' | 'mark'> | null,
  reasons: readonly Suspicion[],
  tally: StampTally,
): CaseState {
  if (known === null) return 'new';
  if (known.state === 'looking') return 'looking';
  const { outcome = null } = known;
  if (outcome === null) return hasGrown(known.mark, markOf(tally)) ? 'new' : 'closed';
  return isQuieting(outcome) && reasons.length > 0 ? 'new' : 'closed';
}

/**
 * Of a case that was closed without an outcome: whether as much as opens a case has come to one of its counts since.
 */
function hasGrown(before: CaseMark, now: CaseMark): boolean {
  const { farApart, strangersAfterPin, manyVisitors, beforeActivation, pinGuessing } = THRESHOLDS;
  return (
    now.farJumps - before.farJumps >= farApart.officeDays ||
    now.strangerDays - before.strangerDays >= strangersAfterPin.office ||
    now.visitorDays - before.visitorDays >= manyVisitors.officeCrowd ||
    now.beforeActivation - before.beforeActivation >= beforeActivation.officeScans ||
    now.wrongTries - before.wrongTries >= pinGuessing.officeTries
  );
}

/** The case after one step more. */
export function withStep(steps: readonly CaseStep[] | undefined, step: CaseStep): CaseStep[] {
  return [...(steps ?? []), step].slice(-CASE_STEPS_MAX);
}
