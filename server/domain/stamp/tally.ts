// What is counted of a stamp's scans: small, kept for ever, and enough for the verdict. It identifies no person.
//
// A visitor is a keyed hash whose daily salt is thrown away; visitor-days are counted, not loads.

import type { Id, Instant } from '../entity.ts';
import { dayNumber, NO_SIGNS, WHOLE, type Signs } from './signs.ts';

export interface StampTally {
  batchId: Id;
  serial: number;
  /**
   * Scans counted, without repeats by the same visitor within ten minutes. While it is 0, `firstAt` and `lastAt` mean
   * nothing.
   */
  count: number;
  /** Distinct visitors of each day, added up. */
  visitorDays: number;
  firstAt: Instant;
  /** Also moved by a repeat that was the first to see the activation (tally-fold.ts). */
  lastAt: Instant;
  /** Scans counted while the verdict was not-activated. */
  beforeActivation: number;
  /** Latest place, to compute the next scan's distance. */
  lastProvince: string | null;
  lastProvinceAt: Instant | null;
  /** Provinces it was scanned in, in the order of their first scans; at most 34, spelled as in places.ts. */
  provinces: string[];
  /** How often two networks' scans were too far apart for the time between them (tally-fold.ts). */
  farJumps: number;
  /** Null: last counted before there were signs (`signsOf`). */
  signs: Signs | null;
  pin: {
    /** Wrong tries since the last right one. */
    wrongTries: number;
    lockedUntil: Instant | null;
    /** When the right PIN was first entered. */
    usedAt: Instant | null;
    /** Networks of each day that are not the owner's, after usedAt; at most STRANGERS_DAY_MAX a day (tally-fold.ts). */
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

/** An instant as the store keeps a scan's: cut to the minute. */
export function cutToMinute(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z`;
}

/** The tally of a stamp without counted scans. */
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
    signs: NO_SIGNS,
    pin: { wrongTries: 0, lockedUntil: null, usedAt: null, strangerDaysSince: 0 },
  };
}

/** A tally's signs. One of before has its visitor-days as a crowd, and what was never counted is none. */
export function signsOf({ signs, visitorDays, lastAt }: StampTally): Signs {
  return signs ?? { ...NO_SIGNS, day: dayNumber(lastAt.slice(0, 10)), crowd: visitorDays * WHOLE };
}
