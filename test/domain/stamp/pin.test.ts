import { describe, expect, test } from '@jest/globals';
import {
  foldPin,
  PIN_GRACE_TRIES,
  PIN_GRACE_TRIES_DAY,
  PIN_LOCK_MINUTES,
  PIN_TRIES,
  type PinTry,
} from '../../../server/domain/stamp/pin.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { aTally } from '../records.ts';

const NO_GRACE = { own: 0, all: 0 };
const LOCKED_UNTIL = '2026-11-20T02:15:30.000Z';
const WITHIN = '2026-11-20T02:15:29.999Z';

function attempt(right: boolean, at = '2026-11-20T02:00:30.000Z', network: string | null = 'network'): PinTry {
  return { batchId: '7K3M9Q', serial: 12, at, day: '2026-11-20', network, right };
}

function locked(): StampTally {
  return aTally({ pin: { wrongTries: 5, lockedUntil: LOCKED_UNTIL, usedAt: null, strangerDaysSince: 0 } });
}

describe('a PIN', () => {
  test('right at the first try is remembered, and told apart when it comes again', () => {
    const first = foldPin(null, attempt(true), NO_GRACE);
    expect(first).toMatchObject({
      outcome: { kind: 'right', firstUsedAt: '2026-11-20T02:00:00.000Z', usedBefore: false },
      tally: { count: 0, pin: { usedAt: '2026-11-20T02:00:00.000Z' } },
    });
    const second = foldPin(first.tally, attempt(true, '2026-11-25T02:00:00.000Z'), NO_GRACE);
    expect(second.outcome).toEqual({ kind: 'right', firstUsedAt: '2026-11-20T02:00:00.000Z', usedBefore: true });
  });

  test('wrong counts down to the lock, and a right one clears the count', () => {
    let tally: StampTally | null = null;
    const told: unknown[] = [];
    for (let i = 0; i < PIN_TRIES - 1; i += 1) {
      const folded = foldPin(tally, attempt(false), NO_GRACE);
      ({ tally } = folded);
      told.push(folded.outcome);
    }
    expect(told).toEqual([4, 3, 2, 1].map((triesLeft) => ({ kind: 'wrong', triesLeft })));
    expect(foldPin(tally, attempt(true), NO_GRACE).tally.pin.wrongTries).toBe(0);
    expect(foldPin(tally, attempt(false), NO_GRACE)).toMatchObject({
      outcome: { kind: 'wrong', triesLeft: 0 },
      tally: { pin: { lockedUntil: LOCKED_UNTIL } },
    });
  });

  test('is looked at while the stamp is locked as often as its network has tries of its own', () => {
    const may = { own: PIN_GRACE_TRIES - 1, all: PIN_GRACE_TRIES_DAY - 1 };
    expect(foldPin(locked(), attempt(true, WITHIN), may)).toMatchObject({
      outcome: { kind: 'right', usedBefore: false },
      tookGrace: true,
      // The lock stays, so another person who guesses at this stamp gains nothing.
      tally: { pin: { wrongTries: 5, lockedUntil: LOCKED_UNTIL, usedAt: '2026-11-20T02:15:00.000Z' } },
    });
    const told = { kind: 'locked', until: LOCKED_UNTIL };
    expect(foldPin(locked(), attempt(false, WITHIN), may)).toEqual({ tally: locked(), outcome: told, tookGrace: true });
    for (const grace of [
      { ...may, own: PIN_GRACE_TRIES },
      { ...may, all: PIN_GRACE_TRIES_DAY },
    ])
      for (const right of [true, false])
        expect(foldPin(locked(), attempt(right, WITHIN), grace)).toEqual({
          tally: locked(),
          outcome: told,
          tookGrace: false,
        });
    expect(foldPin(locked(), attempt(true, WITHIN, null), NO_GRACE).outcome).toEqual(told);
  });

  test('is looked at for everybody from the very end of the lock', () => {
    expect(foldPin(locked(), attempt(true, LOCKED_UNTIL, null), NO_GRACE).outcome.kind).toBe('right');
    expect(foldPin(locked(), attempt(false, LOCKED_UNTIL), NO_GRACE)).toMatchObject({
      outcome: { kind: 'wrong', triesLeft: 4 },
      tookGrace: false,
    });
  });

  test('guessed on and on locks the stamp for growing times, then for a day each', () => {
    let tally: StampTally | null = null;
    let at = '2026-11-20T02:00:00.000Z';
    const locks: number[] = [];
    for (let i = 0; i < PIN_TRIES * 6; i += 1) {
      ({ tally } = foldPin(tally, attempt(false, at), NO_GRACE));
      const until = tally.pin.lockedUntil;
      if (until !== null) {
        locks.push((Date.parse(until) - Date.parse(at)) / 60_000);
        at = until;
      }
    }
    expect(locks).toEqual([...PIN_LOCK_MINUTES, 1440, 1440]);
  });
});
