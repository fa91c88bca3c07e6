// What is counted of a stamp's scans: small, kept for ever, and enough for the verdict. No person is in it.
//
// A visitor is a keyed hash whose daily salt is thrown away; visitor-days are counted, not loads.

import type { Id, Instant } from '../entity.ts';

export interface StampTally {
  batchId: Id;
  serial: number;
  /** Scans counted: a repeat by the same visitor within ten minutes is none. While it is 0, `firstAt` and `lastAt` say nothing. */
  count: number;
  /** Distinct visitors, a day at a time, added up. */
  visitorDays: number;
  firstAt: Instant;
  /** Also of a repeat that was the first to hear of the activation (tally-fold.ts). */
  lastAt: Instant;
  /** Scans counted while the verdict was not-activated. */
  beforeActivation: number;
  /** Latest place, for the next scan's distance. */
  lastProvince: string | null;
  lastProvinceAt: Instant | null;
  /** Provinces it was scanned in, in the order they were first seen; at most the country's 34, as province-distance.ts spells them. */
  provinces: string[];
  /** Times two different visitors' scans lay too far apart for the time between (tally-fold.ts). */
  farJumps: number;
  pin: {
    /** Wrong tries since the last right one. */
    wrongTries: number;
    lockedUntil: Instant | null;
    /** First right entry. */
    usedAt: Instant | null;
    /** Visitor-days of others after usedAt. */
    strangerDaysSince: number;
  };
}

export interface BatchTally {
  batchId: Id;
  count: number;
  visitorDays: number;
  /** Stamps scanned at least once. */
  stampsScanned: number;
}

/** An instant as the store keeps those of scans: without seconds. */
export function cutToMinute(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z`;
}

/** The tally of a stamp that nothing was counted of yet. */
export function emptyTally(stamp: { batchId: string; serial: number }, at: Instant): StampTally {
  return {
    batchId: stamp.batchId,
    serial: stamp.serial,
    count: 0,
    visitorDays: 0,
    firstAt: at,
    lastAt: at,
    beforeActivation: 0,
    lastProvince: null,
    lastProvinceAt: null,
    provinces: [],
    farJumps: 0,
    pin: { wrongTries: 0, lockedUntil: null, usedAt: null, strangerDaysSince: 0 },
  };
}
