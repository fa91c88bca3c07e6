// Tries of a scratch-off PIN: how many a stamp allows, and what the tally remembers of them. Pure, so that every store
// counts alike. The caller has checked the PIN itself (stamp-keys.ts).
//
// Wrong tries lock a stamp for a while. A stranger could use them to lock out the person who holds the stamp, so each
// network has a few tries a day that are checked although the stamp is locked (docs/decisions/0026-credentials.md).

import type { Day, Id, Instant } from '../entity.ts';
import { homeOf } from './signs.ts';
import { cutToMinute, emptyTally, signsOf, type StampTally } from './tally.ts';

/** After this many wrong PINs in a row the stamp is locked for a while, and again after as many more. */
export const PIN_TRIES = 5;
/**
 * How long each lock lasts; the last one repeats. Trying a million PINs at five a day takes longer than any goods keep.
 */
export const PIN_LOCK_MINUTES = [15, 60, 360, 1_440] as const;
/** Tries of one network in one day that are checked while the stamp is locked: one mistyped, and the right one. */
export const PIN_GRACE_TRIES = 2;
/**
 * The same limit for all networks together, per stamp and day. Without it, anyone who rents 500,000 networks could find
 * any PIN in a day. With the tries before the locks, strangers guess a PIN with a probability of 0.03 % on the first
 * day, however many they are.
 */
export const PIN_GRACE_TRIES_DAY = 256;

const MINUTE_MS = 60_000;

export interface PinTry {
  batchId: Id;
  serial: number;
  at: Instant;
  day: Day;
  /** The network's name of the day (scan/visitor.ts); null: unknown, so it has no tries while the stamp is locked. */
  network: string | null;
  right: boolean;
}

/** Tries of a day that were checked while the stamp was locked. */
export interface PinGrace {
  /** By the network that tries now. */
  own: number;
  all: number;
}

/** `locked`: too many wrong tries at this stamp; this PIN was wrong too, or was not checked. */
export type PinOutcome =
  | { kind: 'right'; firstUsedAt: Instant; usedBefore: boolean }
  /** `until`: with the last try the stamp was locked, so long. */
  | { kind: 'wrong'; triesLeft: number; until?: Instant }
  | { kind: 'locked'; until: Instant };

/**
 * The tally after a PIN was tried, the answer, and whether the try counted against the network's own. The first right
 * PIN is remembered for ever. A right PIN clears the wrong tries, but not while the stamp is locked, so that guessing
 * there gains nothing.
 */
export function foldPin(
  tally: StampTally | null,
  attempt: PinTry,
  grace: PinGrace,
): { tally: StampTally; outcome: PinOutcome; tookGrace: boolean } {
  const at = cutToMinute(attempt.at);
  const old = tally ?? emptyTally(attempt, at);
  const { pin } = old;
  const right = { kind: 'right', firstUsedAt: pin.usedAt ?? at, usedBefore: pin.usedAt !== null } as const;
  if (pin.lockedUntil !== null && attempt.at < pin.lockedUntil) {
    const tookGrace = attempt.network !== null && grace.own < PIN_GRACE_TRIES && grace.all < PIN_GRACE_TRIES_DAY;
    // A wrong PIN is answered in the same way as one that was not checked.
    if (!tookGrace || !attempt.right)
      return { tally: old, outcome: { kind: 'locked', until: pin.lockedUntil }, tookGrace };
    return { tally: { ...usedIn(old), pin: { ...pin, usedAt: right.firstUsedAt } }, outcome: right, tookGrace };
  }
  const told = { tookGrace: false };
  if (attempt.right) {
    const cleared = { ...pin, wrongTries: 0, lockedUntil: null, usedAt: right.firstUsedAt };
    return { ...told, tally: { ...usedIn(old), pin: cleared }, outcome: right };
  }
  const wrongTries = pin.wrongTries + 1;
  const triesLeft = (PIN_TRIES - (wrongTries % PIN_TRIES)) % PIN_TRIES;
  const lockedUntil = triesLeft === 0 ? lockEnd(attempt.at, wrongTries / PIN_TRIES) : null;
  return {
    ...told,
    tally: { ...old, pin: { ...pin, wrongTries, lockedUntil } },
    outcome: { kind: 'wrong', triesLeft, ...(lockedUntil !== null && { until: lockedUntil }) },
  };
}

/**
 * With the province in which the PIN is used, if it is the first time: that of the last scan, which opened the page.
 */
function usedIn(tally: StampTally): StampTally {
  const home = homeOf(tally.lastProvince);
  if (tally.pin.usedAt !== null || home === 0) return tally;
  return { ...tally, signs: { ...signsOf(tally), home } };
}

function lockEnd(at: Instant, times: number): Instant {
  const minutes = PIN_LOCK_MINUTES[Math.min(times, PIN_LOCK_MINUTES.length) - 1] ?? PIN_LOCK_MINUTES[0];
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}
