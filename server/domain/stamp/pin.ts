// A scratch-off PIN as it is tried: how many tries a stamp allows, and what of them is remembered.
// Pure, so that every store counts alike; whether the PIN was right the caller has worked out (stamp-keys.ts).

import type { Day, Id, Instant } from '../entity.ts';
import { cutToMinute, emptyTally, type StampTally } from './tally.ts';

/** Wrong PINs in a row after which the stamp does not look at tries for a while, and again after as many more. */
export const PIN_TRIES = 5;
/** Those whiles, the last one for every further time: a million PINs at five a day outlast any goods. */
export const PIN_LOCK_MINUTES = [15, 60, 360, 1_440] as const;

const MINUTE_MS = 60_000;

export interface PinTry {
  batchId: Id;
  serial: number;
  at: Instant;
  day: Day;
  visitor: string | null;
  right: boolean;
}

/** `locked`: too many wrong tries at this stamp; the try was not looked at. */
export type PinOutcome =
  | { kind: 'right'; firstUsedAt: Instant; usedBefore: boolean }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'locked'; until: Instant };

/**
 * The tally after a PIN was tried, and what the person is told. While the stamp is locked no try is looked at, right or wrong.
 * A right one is remembered for ever and clears the wrong ones.
 */
export function foldPin(tally: StampTally | null, attempt: PinTry): { tally: StampTally; outcome: PinOutcome } {
  const at = cutToMinute(attempt.at);
  const old = tally ?? emptyTally(attempt, at);
  const { pin } = old;
  if (pin.lockedUntil !== null && attempt.at < pin.lockedUntil)
    return { tally: old, outcome: { kind: 'locked', until: pin.lockedUntil } };

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

function lockEnd(at: Instant, times: number): Instant {
  const minutes = PIN_LOCK_MINUTES[Math.min(times, PIN_LOCK_MINUTES.length) - 1] ?? PIN_LOCK_MINUTES[0];
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}
