// The conclusions from a stamp's facts at a moment: the verdict, what else is true of it, and why it is suspect.

import { suspectContextOf, type StampFacts } from '../domain/stamp/stamp-facts.ts';
import { suspicionOf } from '../domain/stamp/suspect.ts';
import { verdictOf } from '../domain/stamp/verdict.ts';
import type { Judgement, StampVerdict } from './public-view.ts';

export function judge(stamp: StampFacts, now: Date, timeZone: string): Judgement {
  const { verdict, also, display } = verdictOf(stamp, now, timeZone);
  const suspicious = verdict === 'suspect' || also.includes('suspect');
  return {
    verdict: verdict as StampVerdict, // only facts that are null give `unknown`
    also: also as StampVerdict[],
    display,
    suspicion: suspicious ? suspicionOf(stamp.tally, stamp.batchTally, suspectContextOf(stamp)).forConsumer : null,
  };
}
