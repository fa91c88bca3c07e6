// How a scan and a PIN try change a stamp's tally: pure, so that every store counts alike and a recount gives the same.
// Whether a visitor is new today, and whether a scan repeats one, the store knows from its visits; what follows is said here.

import type { Instant } from './entity.ts';
import type { PinOutcome, PinTry } from './pin.ts';
import { PROVINCES } from './places.ts';
import { leastHoursBetween } from './province-distance.ts';
import type { Scan, StampTally } from './tally.ts';

/** Wrong PINs in a row after which the stamp does not look at tries for a while, and again after as many more. */
export const PIN_TRIES = 5;
/** Those whiles, the last one for every further time: a million PINs at five a day outlast any goods. */
export const PIN_LOCK_MINUTES = [15, 60, 360, 1_440] as const;

/** Goods are not moved by minutes: below an hour of travel two places count as one. */
const FAR_HOURS_MIN = 1;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * The tally after a scan. A repeat and a signed-in person's scan change nothing (they get an empty tally where there was none).
 *
 * @param tally null: the stamp was never scanned
 * @param seen  newVisitorDay: no scan of this stamp by this visitor on this day before (false where `scan.visitor` is null);
 *              repeat: the same visitor within ten minutes, or the same scan id
 */
export function foldScan(tally: StampTally | null, scan: Scan, seen: { newVisitorDay: boolean; repeat: boolean }): StampTally {
  const at = cutToMinute(scan.at);
  const old = tally ?? emptyTally(scan, at);
  if (seen.repeat || scan.signedIn) return old;

  const newVisitor = seen.newVisitorDay && scan.visitor !== null;
  const first = old.count === 0;
  const { province } = scan;
  return {
    batchId: old.batchId,
    serial: old.serial,
    count: old.count + 1,
    visitorDays: old.visitorDays + (newVisitor ? 1 : 0),
    firstAt: first || at < old.firstAt ? at : old.firstAt,
    lastAt: first || at > old.lastAt ? at : old.lastAt,
    beforeActivation: old.beforeActivation + (scan.verdict === 'not-activated' ? 1 : 0),
    lastProvince: province ?? old.lastProvince,
    lastProvinceAt: province === null ? old.lastProvinceAt : at,
    provinces: withProvince(old.provinces, province),
    farJumps: old.farJumps + (newVisitor && isFarJump(old, province, at) ? 1 : 0),
    pin: newVisitor && old.pin.usedAt !== null ? { ...old.pin, strangerDaysSince: old.pin.strangerDaysSince + 1 } : old.pin,
  };
}

/**
 * The tally after a PIN was tried, and what the person is told. While the stamp is locked no try is looked at, right or wrong.
 * A right one is remembered for ever and clears the wrong ones.
 */
export function foldPin(tally: StampTally | null, attempt: PinTry): { tally: StampTally; outcome: PinOutcome } {
  const at = cutToMinute(attempt.at);
  const old = tally ?? emptyTally(attempt, at);
  const { pin } = old;
  if (pin.lockedUntil !== null && attempt.at < pin.lockedUntil) return { tally: old, outcome: { kind: 'locked', until: pin.lockedUntil } };

  if (attempt.right) {
    const firstUsedAt = pin.usedAt ?? at;
    return {
      tally: { ...old, pin: { ...pin, wrongTries: 0, lockedUntil: null, usedAt: firstUsedAt } },
      outcome: { kind: 'right', firstUsedAt, usedBefore: pin.usedAt !== null },
    };
  }
  const wrongTries = pin.wrongTries + 1;
  const triesLeft = (PIN_TRIES - (wrongTries % PIN_TRIES)) % PIN_TRIES;
  const lockedUntil = triesLeft === 0 ? lockEnd(attempt.at, wrongTries / PIN_TRIES) : null;
  return { tally: { ...old, pin: { ...pin, wrongTries, lockedUntil } }, outcome: { kind: 'wrong', triesLeft } };
}

/** An instant as the store keeps those of scans: without seconds. */
export function cutToMinute(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z`;
}

/** Bounded by the number of provinces, whatever a proxy's header says. */
function withProvince(seen: string[], province: string | null): string[] {
  if (province === null || seen.includes(province) || seen.length >= PROVINCES.length) return seen;
  return [...seen, province];
}

/** Whether this scan's place cannot have been reached from the last one's in the time between. */
function isFarJump(old: StampTally, province: string | null, at: Instant): boolean {
  if (province === null || old.lastProvince === null || old.lastProvinceAt === null || province === old.lastProvince) return false;
  const leastHours = leastHoursBetween(old.lastProvince, province);
  if (leastHours < FAR_HOURS_MIN) return false;
  // Both instants are cut to the minute, so the time between may be a minute longer than it looks.
  const hours = (Math.abs(Date.parse(at) - Date.parse(old.lastProvinceAt)) + MINUTE_MS) / HOUR_MS;
  return hours < leastHours;
}

function emptyTally(stamp: { batchId: string; serial: number }, at: Instant): StampTally {
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

function lockEnd(at: Instant, times: number): Instant {
  const minutes = PIN_LOCK_MINUTES[Math.min(times, PIN_LOCK_MINUTES.length) - 1] ?? PIN_LOCK_MINUTES[0];
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}
