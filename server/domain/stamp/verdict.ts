// The one verdict a scan gives; the gravest rule that holds wins, and what else holds is told beside it.
//
// Pure, and the same on the server and on an inspector's phone. It knows nothing of certificates: whether a rating is in force
// is another question (certificate.ts). A photograph of a stamp reads like the stamp, so no verdict says "genuine". Order: DESIGN §3.

import { dayIn } from '../calendar.ts';
import type { Day } from '../entity.ts';
import type { StampFacts } from './stamp-facts.ts';
import { suspicionOf } from './suspect.ts';

/** Gravest first. */
export const VERDICTS = ['unknown', 'recalled', 'void', 'not-activated', 'suspect', 'expired', 'valid'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface VerdictView {
  verdict: Verdict;
  /** What else holds, gravest first; never the verdict itself, never `valid`. */
  also: Verdict[];
  /** A display stamp, not for goods: said whatever the verdict. */
  display: boolean;
}

/**
 * Reads a stamp's facts into its verdict.
 *
 * @param facts null: the code is not one of ours
 * @param now   instant of the scan, whose day in `timeZone` is today
 */
export function verdictOf(facts: StampFacts | null, now: Date, timeZone: string): VerdictView {
  if (facts === null) return { verdict: 'unknown', also: [], display: false };
  const holding = VERDICTS.filter((verdict) => holds(verdict, facts, now, timeZone));
  return { verdict: holding[0] ?? 'valid', also: holding.slice(1), display: facts.display !== null };
}

/** Whether goods of this best-before day are past it on a day: the day itself is the last good one. */
export function isPast(expiresOn: Day | null, day: Day): boolean {
  return expiresOn !== null && day > expiresOn;
}

function holds(verdict: Verdict, facts: StampFacts, now: Date, timeZone: string): boolean {
  switch (verdict) {
    case 'unknown':
    case 'valid':
      return false; // said where nothing, or nothing else, holds
    case 'recalled':
      return facts.recall !== null;
    case 'void':
      return facts.voided !== null;
    case 'not-activated':
      return !facts.plaque && facts.activation === null;
    case 'suspect': {
      const { tally, batchTally, plaque, display, activation } = facts;
      return (
        suspicionOf(tally, batchTally, { plaque, display: display !== null, activatedAt: activation?.at ?? null })
          .forConsumer !== null
      );
    }
    case 'expired':
      return facts.lot !== null && isPast(facts.lot.expiresOn, dayIn(timeZone, now));
    default:
      return verdict satisfies never;
  }
}
