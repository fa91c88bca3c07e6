// The one verdict of a scan: the gravest rule that holds. The other rules that hold are listed beside it.
//
// Pure, and the same on the server and on an inspector's phone. Certificates do not matter here: certificate.ts says
// whether a rating is in force. A photograph of a stamp reads like the stamp, so no verdict says "genuine". Order:
// DESIGN §3.

import { dayIn } from '../calendar.ts';
import type { Day } from '../entity.ts';
import { suspectContextOf, type StampFacts } from './stamp-facts.ts';
import { suspicionOf } from './suspect.ts';

/** Gravest first. */
export const VERDICTS = ['unknown', 'recalled', 'void', 'not-activated', 'suspect', 'expired', 'valid'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface VerdictView {
  verdict: Verdict;
  /** The other verdicts that hold, gravest first; never this verdict itself, never `valid`. */
  also: Verdict[];
  /** A display stamp, not for goods; shown with every verdict. */
  display: boolean;
}

/**
 * The verdict of a stamp's facts.
 *
 * @param facts null: the code is not one of ours
 * @param now instant of the scan, whose day in `timeZone` is today
 */
export function verdictOf(facts: StampFacts | null, now: Date, timeZone: string): VerdictView {
  if (facts === null) return { verdict: 'unknown', also: [], display: false };
  const holding = VERDICTS.filter((verdict) => holds(verdict, facts, now, timeZone));
  return { verdict: holding[0] ?? 'valid', also: holding.slice(1), display: facts.display !== null };
}

/** Whether the best-before day is over; on the day itself it is not. */
export function isPast(expiresOn: Day | null, day: Day): boolean {
  return expiresOn !== null && day > expiresOn;
}

function holds(verdict: Verdict, facts: StampFacts, now: Date, timeZone: string): boolean {
  switch (verdict) {
    case 'unknown':
    case 'valid':
      return false; // no rule: the answer without facts, and the answer if nothing else holds
    case 'recalled':
      return facts.recall !== null;
    case 'void':
      return facts.voided !== null;
    case 'not-activated':
      return !facts.plaque && facts.activation === null;
    case 'suspect':
      return suspicionOf(facts.tally, facts.batchTally, suspectContextOf(facts)).forConsumer !== null;
    case 'expired':
      return facts.lot !== null && isPast(facts.lot.expiresOn, dayIn(timeZone, now));
    default:
      return verdict satisfies never;
  }
}
