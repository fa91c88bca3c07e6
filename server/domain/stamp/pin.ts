// Tries of a scratch-off PIN: how many a stamp allows, and what the tally remembers of them. Pure, so that every store
// counts alike. The caller has checked the PIN itself (stamp-keys.ts).

import type { Day, Id, Instant } from '../entity.ts';
import { cutToMinute, emptyTally, type StampTally } from './tally.ts';

/** After this many wrong PINs in a row the stamp is locked for a while; again after as many more. */
export const PIN_TRIES = 5;
/** How long each lock lasts; the last one repeats. Trying a million PINs at five a day outlasts any goods. */
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

/** `locked`: too many wrong tries at this stamp, so this PIN was not checked. */
export type PinOutcome =
  | { kind: 'right'; firstUsedAt: Instant; usedBefore: boolean }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'locked'; until: Instant };

/**
 * The tally after a PIN was tried, and the answer. While the stamp is locked, no PIN is checked, right or wrong. The
 * first right one is remembered for ever; each right one clears the wrong tries.
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
