// A case: a stamp whose scans look like those of copies, as an office handles it. A closed case reopens only on news: a
// new reason, or an old reason whose count has grown by its threshold again (suspect.ts CASE_FROM).

import type { Day, Entity, Id } from '../entity.ts';
import { CASE_FROM, type Suspicion } from '../stamp/suspect.ts';
import type { StampTally } from '../stamp/tally.ts';

export const CASE_STATES = ['new', 'looking', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** The counts at the time when somebody last looked. */
export interface CaseMark {
  farJumps: number;
  visitorDays: number;
  strangerDays: number;
  beforeActivation: number;
  wrongTries: number;
}

export interface Case extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  serial: number;
  state: 'looking' | 'closed';
  reasons: Suspicion[];
  mark: CaseMark;
  on: Day;
  by: Id;
  note: string | null;
}

/** The field of a mark that holds each reason's count. */
const MARKED: Readonly<Record<Suspicion, keyof CaseMark>> = {
  'far-apart': 'farJumps',
  'strangers-after-pin': 'strangerDays',
  'many-visitors': 'visitorDays',
  'scanned-before-activation': 'beforeActivation',
  'pin-guessing': 'wrongTries',
};

export function markOf({ farJumps, visitorDays, beforeActivation, pin }: StampTally): CaseMark {
  return { farJumps, visitorDays, strangerDays: pin.strangerDaysSince, beforeActivation, wrongTries: pin.wrongTries };
}

/**
 * @param reasons that hold today
 * @param known null: nobody has handled it yet
 */
export function caseState(
  known: Pick<Case, 'state' | 'reasons' | 'mark'> | null,
  reasons: readonly Suspicion[],
  tally: StampTally,
): CaseState {
  if (known === null) return 'new';
  if (known.state === 'looking') return 'looking';
  const now = markOf(tally);
  const grew = (reason: Suspicion): boolean => now[MARKED[reason]] - known.mark[MARKED[reason]] >= CASE_FROM[reason];
  return reasons.some((reason) => !known.reasons.includes(reason) || grew(reason)) ? 'new' : 'closed';
}
