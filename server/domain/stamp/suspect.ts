// When a stamp's scans mean that there may be copies, told to the office or also to the buyer. A buyer is told only by
// what cannot be faked from a desk: networks, on many days, and places that a trusted proxy states. The rest opens a
// case for the office. The office's answer to a case counts for more than any scan (DESIGN §3).
//
// Method, curves, and what would change the table: docs/decisions/0036-copies.md.

import type { Instant } from '../entity.ts';
import { isQuieting, markBound, type StampAnswer } from './stamp-answer.ts';
import { faded, WHOLE } from './signs.ts';
import { signsOf, type BatchTally, type StampTally } from './tally.ts';

/** Each number is the least count that raises its reason. What the public page states is a case for the office too. */
export const THRESHOLDS = {
  /**
   * Days on which two networks scanned too far apart for the time between them, or simply many provinces. Days fade, so
   * two full ones take three.
   */
  farApart: { consumerDays: 14, consumerHeat: 24, officeDays: 2, officeProvinces: 5 },
  /** A PIN is scratched off once. Strangers are networks after its owner's grace (tally-fold.ts). */
  strangersAfterPin: { consumer: 24, office: 5 },
  /**
   * `crowd`: visitor-days, which agent families can fake. `heat`: networks beyond the first of each day, at most
   * HEAT_DAY_MAX a day, so that thirty addresses need as many days as copies do. Where shops scan every pack, the
   * bound of a case rises with the batch's other stamps; not without end, or a rival could raise it to hide copies.
   */
  manyVisitors: { consumerHeat: 45, officeCrowd: 8, timesTheOthers: 2.5, officeCrowdMost: 16 },
  /**
   * Nobody outside the producer's premises should hold a stamp that is not activated, so one such scan is worth a call.
   */
  beforeActivation: { officeScans: 1 },
  /** Two lock-outs in a row: someone is guessing. */
  pinGuessing: { officeTries: 10 },
  /** A plaque or display stamp is scanned by everyone at one place; far apart on so many days there is a second one. */
  onShow: { officeDays: 6 },
  /** From this crowd on, the public page says in one calm sentence how often the stamp was scanned. */
  oftenScanned: { crowd: 6 },
} as const;

/** Reasons, gravest first. */
export const SUSPICIONS = [
  'found-copied',
  'far-apart',
  'strangers-after-pin',
  'many-visitors',
  'scanned-before-activation',
  'pin-guessing',
] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** What is counted of a stamp, faded to its last scan's day; what an answer has quieted is taken away. */
export interface SuspectCounts {
  crowd: number;
  heat: number;
  farDays: number;
  provinces: number;
  strangers: number;
  beforeActivation: number;
  wrongTries: number;
}

/** What the suspicion needs to know of the stamp besides its tallies. */
export interface SuspectContext {
  plaque: boolean;
  /** In a display range: anyone may scan it often, or photograph it. */
  display: boolean;
  /** Null: not activated. */
  activatedAt: Instant | null;
  /** The office's answer to its case; null: none. */
  answer: StampAnswer | null;
}

export interface Suspicions {
  /** The gravest reason that the public page may state; null: none. */
  forConsumer: Suspicion | null;
  /** All reasons for a case, gravest first. */
  forOffice: Suspicion[];
}

/** Nothing is known of the stamp but its scans. */
export const ON_GOODS: SuspectContext = { plaque: false, display: false, activatedAt: '', answer: null };

/** What a stamp's tally says. @param tally null: never scanned */
export function suspicionOf(
  tally: StampTally | null,
  batchTally: BatchTally | null,
  context: SuspectContext,
): Suspicions {
  const found = context.answer?.outcome === 'copied';
  if (tally === null) return { forConsumer: found ? 'found-copied' : null, forOffice: found ? ['found-copied'] : [] };
  const counts = countsOf(tally, context.answer);
  const bound = markBound(context.answer);
  const forOffice = reachedBy(counts, bound, {
    crowd: crowdBound(tally, batchTally),
    onShow: context.plaque || context.display,
  });
  if (found) return { forConsumer: 'found-copied', forOffice: ['found-copied', ...forOffice] };
  // Everyone scans a public sign, and before activation there are no goods to copy.
  const onGoods = !context.plaque && !context.display && context.activatedAt !== null;
  return { forConsumer: onGoods ? consumerReason(counts, bound) : null, forOffice };
}

/** Whether the tally of a stamp on goods warns its buyers, whatever else holds of it. */
export function warnsBuyers(tally: StampTally, answer: StampAnswer | null): boolean {
  return consumerReason(countsOf(tally, answer), markBound(answer)) !== null;
}

/** Whether the page says in a calm sentence that the stamp was scanned often; never beside a warning. */
export function isOftenScanned(tally: StampTally | null, context: SuspectContext): boolean {
  if (tally === null || suspicionOf(tally, null, context).forConsumer !== null) return false;
  const least = THRESHOLDS.oftenScanned.crowd * markBound(context.answer);
  return !context.plaque && !context.display && countsOf(tally, context.answer).crowd >= least;
}

/** The counts of a tally. @param answer one that quiets takes away what was counted until then */
export function countsOf(tally: StampTally, answer: StampAnswer | null = null): SuspectCounts {
  const { day, crowd, heat, far } = signsOf(tally);
  const counts = {
    crowd,
    heat,
    farDays: far,
    provinces: tally.provinces.length,
    strangers: tally.pin.strangerDaysSince,
    beforeActivation: tally.beforeActivation,
    wrongTries: tally.pin.wrongTries,
  };
  const mark = answer !== null && isQuieting(answer.outcome) ? answer.mark : null;
  const days = mark === null ? 0 : day - mark.day;
  const since = (name: 'crowd' | 'heat' | 'farDays'): number =>
    Math.max(0, counts[name] - faded(mark?.[name] ?? 0, days)) / WHOLE;
  const plain = (name: 'provinces' | 'strangers' | 'beforeActivation' | 'wrongTries'): number =>
    Math.max(0, counts[name] - (mark?.[name] ?? 0));
  return {
    crowd: since('crowd'),
    heat: since('heat'),
    farDays: since('farDays'),
    provinces: plain('provinces'),
    strangers: plain('strangers'),
    beforeActivation: plain('beforeActivation'),
    wrongTries: plain('wrongTries'),
  };
}

/** What the case of each reason shows as its count, and the least of it. */
export function countFor(reason: Suspicion, counts: SuspectCounts): number {
  switch (reason) {
    case 'found-copied':
    case 'many-visitors':
      return Math.round(counts.crowd);
    case 'far-apart':
      return counts.provinces;
    case 'strangers-after-pin':
      return counts.strangers;
    case 'scanned-before-activation':
      return counts.beforeActivation;
    case 'pin-guessing':
      return counts.wrongTries;
    default:
      return reason satisfies never;
  }
}

/**
 * Whether a stamp's tally may be a case for the office, as far as a store can tell without the batch. Displays, plaques
 * and what an office has answered are among them; `suspicionOf` decides.
 */
export function mayBeCase(tally: StampTally): boolean {
  return reachedBy(countsOf(tally), 1, FOR_STORE).length > 0;
}

/** Larger than any urgency. */
export const URGENCY_END = 2_000_000_000_000;

/**
 * The order in which an office looks at tallies that may be cases, as far as a store can tell without the batch: what
 * buyers may be told of first, stamps that were only scanned before activation last, between them by days far apart and
 * crowd. A whole number below URGENCY_END; the higher the sooner; 0: it is no case.
 */
export function urgencyOf(tally: StampTally): number {
  const counts = countsOf(tally);
  const reasons = reachedBy(counts, 1, FOR_STORE);
  if (reasons.length === 0) return 0;
  const isOfGoods = reasons.some((reason) => reason !== 'scanned-before-activation');
  const classes = (consumerReason(counts, 1) === null ? 0 : 1_000_000_000_000) + (isOfGoods ? 100_000_000_000 : 1);
  return (
    classes + Math.min(Math.floor(counts.farDays), 9_999) * 1_000_000 + Math.min(Math.floor(counts.crowd), 999_998)
  );
}

/** What a store knows of a stamp's batch and place. */
const FOR_STORE = { crowd: THRESHOLDS.manyVisitors.officeCrowd, onShow: false };

/** The least crowd of a case among the batch's other stamps that were ever scanned. */
export function crowdBound(tally: StampTally, batchTally: BatchTally | null): number {
  const { officeCrowd, officeCrowdMost, timesTheOthers } = THRESHOLDS.manyVisitors;
  if (batchTally === null || batchTally.stampsScanned < 2) return officeCrowd;
  const mean = Math.max(0, batchTally.visitorDays - tally.visitorDays) / (batchTally.stampsScanned - 1);
  return Math.min(officeCrowdMost, Math.max(officeCrowd, timesTheOthers * mean));
}

/** Reasons whose counts are enough for a case, gravest first. @param bound how many times the usual bound */
function reachedBy(
  counts: SuspectCounts,
  bound: number,
  { crowd, onShow }: { crowd: number; onShow: boolean },
): Suspicion[] {
  const { farApart, strangersAfterPin, beforeActivation, pinGuessing } = THRESHOLDS;
  const reached: Suspicion[] = [];
  const isFar = onShow
    ? counts.farDays >= THRESHOLDS.onShow.officeDays * bound
    : counts.farDays >= farApart.officeDays * bound || counts.provinces >= farApart.officeProvinces * bound;
  if (isFar) reached.push('far-apart');
  if (!onShow && counts.strangers >= strangersAfterPin.office * bound) reached.push('strangers-after-pin');
  if (!onShow && counts.crowd >= crowd * bound) reached.push('many-visitors');
  if (!onShow && counts.beforeActivation >= beforeActivation.officeScans * bound)
    reached.push('scanned-before-activation');
  if (counts.wrongTries >= pinGuessing.officeTries * bound) reached.push('pin-guessing');
  return reached;
}

function consumerReason(counts: SuspectCounts, bound: number): Suspicion | null {
  const { farApart, strangersAfterPin, manyVisitors } = THRESHOLDS;
  if (counts.farDays >= farApart.consumerDays * bound && counts.heat >= farApart.consumerHeat * bound)
    return 'far-apart';
  if (counts.strangers >= strangersAfterPin.consumer * bound) return 'strangers-after-pin';
  return counts.heat >= manyVisitors.consumerHeat * bound ? 'many-visitors' : null;
}
