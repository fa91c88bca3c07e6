// Whether a stamp is scanned as if there were more than one of it: a pure function of its tally and its batch's.
//
// Signs that are easy to fake (many addresses in one place, scans before activation, guessed PINs) open a case for the
// office. Only what a rival with forty stamps and thirty addresses cannot fake reaches the consumer's page (DESIGN §3).
// Reasons and what would change the table: docs/decisions/0005-suspicion.md.

import type { Instant } from '../entity.ts';
import type { BatchTally, StampTally } from './tally.ts';

/**
 * Each number is the least count that raises its reason. A reason that the public page states is always also a case for
 * the office. Visitor-days are counted, not page loads.
 */
export const THRESHOLDS = {
  /**
   * A far jump: two visitors scanned in places that nobody can travel between in that time. A single jump may be a
   * wrongly located address, because mobile networks register their addresses in two or three cities. So jumps must
   * repeat, in more places than those cities and the goods' own route.
   */
  farApart: { consumerJumps: 4, consumerProvinces: 5, officeJumps: 2 },
  /**
   * Jumps between a few places, such as two cities where copies are sold: more than thirty addresses can cause in a
   * day, and more than the two networks at a shop's counter cause on one pack.
   */
  farAlternating: { consumerJumps: 40 },
  /**
   * A PIN is scratched off once, by the buyer. A household and its guests may scan again; twelve visitor-days of others
   * mean buyers of another pack.
   */
  strangersAfterPin: { consumerDays: 12, officeDays: 4 },
  /**
   * Visitor-days on one pack: hundreds, which is more than a household, shop or market causes, and ten times the mean
   * of the batch's other scanned stamps. Scanning many stamps on a shelf therefore raises the mean instead of the
   * alarm.
   */
  manyVisitors: { consumerDays: 300, timesTheOthers: 10, officeDays: 20 },
  /**
   * Nobody outside the producer's premises should hold a stamp that is not activated, so one such scan is worth a call.
   */
  beforeActivation: { officeScans: 1 },
  /** Two lock-outs in a row: someone is guessing. */
  pinGuessing: { officeTries: 10 },
} as const;

/** Reasons, gravest first. */
export const SUSPICIONS = [
  'far-apart',
  'strangers-after-pin',
  'many-visitors',
  'scanned-before-activation',
  'pin-guessing',
] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** The least count that makes a reason a case for the office. */
export const CASE_FROM: Readonly<Record<Suspicion, number>> = {
  'far-apart': THRESHOLDS.farApart.officeJumps,
  'strangers-after-pin': THRESHOLDS.strangersAfterPin.officeDays,
  'many-visitors': THRESHOLDS.manyVisitors.officeDays,
  'scanned-before-activation': THRESHOLDS.beforeActivation.officeScans,
  'pin-guessing': THRESHOLDS.pinGuessing.officeTries,
};

/** The count of a stamp for each reason. */
export function countsOf({ farJumps, visitorDays, beforeActivation, pin }: StampTally): Record<Suspicion, number> {
  return {
    'far-apart': farJumps,
    'strangers-after-pin': pin.strangerDaysSince,
    'many-visitors': visitorDays,
    'scanned-before-activation': beforeActivation,
    'pin-guessing': pin.wrongTries,
  };
}

/** What the suspicion needs to know of the stamp besides its tallies. */
export interface SuspectContext {
  plaque: boolean;
  /** In a display range: anyone may scan it often, or photograph it. */
  display: boolean;
  /** Null: not activated. */
  activatedAt: Instant | null;
}

export interface Suspicions {
  /** The gravest reason that the public page may state; null: none. */
  forConsumer: Suspicion | null;
  /** All reasons for a case, gravest first. */
  forOffice: Suspicion[];
}

/** The suspicion that a stamp's tallies give. @param tally null: never scanned */
export function suspicionOf(
  tally: StampTally | null,
  batchTally: BatchTally | null,
  context: SuspectContext,
): Suspicions {
  if (tally === null) return { forConsumer: null, forOffice: [] };
  // Anyone may scan a public sign, and before activation there are no goods to copy.
  const forEveryone = context.plaque || context.display;
  const onGoods = !forEveryone && context.activatedAt !== null;

  return {
    forConsumer: onGoods ? consumerReason(tally, batchTally) : null,
    forOffice: reachedBy(tally).filter((reason) => !forEveryone || reason === 'pin-guessing'),
  };
}

/**
 * Whether a stamp's tally may be a case for the office, as far as a store can tell without the batch. Displays, plaques
 * and stamps that were activated since are included; `suspicionOf` decides.
 */
export function mayBeCase(tally: StampTally): boolean {
  return reachedBy(tally).length > 0;
}

/** Reasons whose counts reach their threshold, gravest first. */
function reachedBy(tally: StampTally): Suspicion[] {
  const counts = countsOf(tally);
  return SUSPICIONS.filter((reason) => counts[reason] >= CASE_FROM[reason]);
}

/** Larger than any urgency. */
export const URGENCY_END = 2_000_000_000_000;

/**
 * The order in which an office looks at tallies that may be cases, as far as a store can tell without the batch: first
 * those that buyers may be warned of, last those scanned only before activation, and within each by far jumps and
 * visitor-days. A whole number below URGENCY_END; higher is more urgent.
 */
export function urgencyOf(tally: StampTally): number {
  const { farJumps, visitorDays, pin } = tally;
  const { farApart, strangersAfterPin, manyVisitors } = THRESHOLDS;
  const mayBeTold =
    farJumps >= farApart.consumerJumps ||
    pin.strangerDaysSince >= strangersAfterPin.consumerDays ||
    visitorDays >= manyVisitors.consumerDays;
  const isOfGoods = reachedBy(tally).some((reason) => reason !== 'scanned-before-activation');
  const classes = (mayBeTold ? 1_000_000_000_000 : 0) + (isOfGoods ? 100_000_000_000 : 0);
  return classes + Math.min(farJumps, 99_999) * 1_000_000 + Math.min(visitorDays, 999_999);
}

function consumerReason(tally: StampTally, batchTally: BatchTally | null): Suspicion | null {
  const { farApart, farAlternating, strangersAfterPin, manyVisitors } = THRESHOLDS;
  const spread = tally.farJumps >= farApart.consumerJumps && tally.provinces.length >= farApart.consumerProvinces;
  if (spread || tally.farJumps >= farAlternating.consumerJumps) return 'far-apart';
  if (tally.pin.strangerDaysSince >= strangersAfterPin.consumerDays) return 'strangers-after-pin';
  const stands = tally.visitorDays >= manyVisitors.timesTheOthers * othersMean(tally, batchTally);
  return tally.visitorDays >= manyVisitors.consumerDays && stands ? 'many-visitors' : null;
}

/** Mean visitor-days of the batch's other stamps that were ever scanned; 0 if there are none. */
function othersMean(tally: StampTally, batchTally: BatchTally | null): number {
  if (batchTally === null || batchTally.stampsScanned < 2) return 0;
  return Math.max(0, batchTally.visitorDays - tally.visitorDays) / (batchTally.stampsScanned - 1);
}
