import { describe, expect, test } from '@jest/globals';
import { PIN_GRACE_TRIES, PIN_GRACE_TRIES_DAY, type PinOutcome } from '../../server/domain/stamp/pin.ts';
import type { StampTally } from '../../server/domain/stamp/tally.ts';
import { foldPinTry } from '../../server/store/pin-tries.ts';
import { forgetDaysBefore, latestVisitMs, noteVisit, NO_VISITS, VISITS_MAX } from '../../server/store/visits.ts';

const DAY = '2026-11-24';
const NEXT_DAY = '2026-11-25';
const BEGIN_MS = Date.parse(`${DAY}T00:00:00.000Z`);
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** One stamp of a store; each try sees what the earlier ones left. */
function stamp(): {
  visits: string;
  try: (network: string, right: boolean, minute?: number, day?: string) => PinOutcome & { looked: boolean };
} {
  let tally: StampTally | null = null;
  const one = {
    visits: NO_VISITS,
    try: (network: string, right: boolean, minute = 0, day = DAY) => {
      const at = new Date(BEGIN_MS + minute * MINUTE_MS).toISOString();
      const folded = foldPinTry(tally, one.visits, { batchId: 'PINNED', serial: 1, at, day, network, right });
      if (folded.changed) [tally, one.visits] = [folded.tally, folded.visits];
      return { ...folded.outcome, looked: folded.changed };
    },
  };
  return one;
}

describe('a stamp that strangers locked', () => {
  test('opens for the right PIN of whoever holds it, once mistyped', () => {
    const pinned = stamp();
    for (let i = 0; i < 1_000; i += 1) pinned.try(`stranger-${i % 20}`, false);
    expect(pinned.try('holder', false).kind).toBe('locked');
    expect(pinned.try('holder', true)).toMatchObject({ kind: 'right', usedBefore: false });
  });

  test('opens for another network, and for the same one on the next day, when one has used its tries up', () => {
    const pinned = stamp();
    for (let i = 0; i < 5; i += 1) pinned.try('shop', false);
    for (let i = 0; i < PIN_GRACE_TRIES; i += 1) expect(pinned.try('shop', false)).toMatchObject({ looked: true });
    expect(pinned.try('shop', true)).toMatchObject({ kind: 'locked', looked: false });
    expect(pinned.try('home', true).kind).toBe('right');
    // Tried again while it is locked: the day's tries decide, not the lock.
    expect(pinned.try('shop', true, 10, NEXT_DAY).kind).toBe('right');
  });

  test('is guessed no more often than 281 times on a day, however many networks guess: 0.03 % of all PINs', () => {
    const pinned = stamp();
    let looked = 0;
    for (let minute = 0; minute < DAY_MINUTES; minute += 1)
      for (let i = 0; i < 10; i += 1)
        if (pinned.try(`network-${(minute * 10 + i) % 2_000}`, false, minute).looked) looked += 1;
    expect(looked).toBeGreaterThan(PIN_GRACE_TRIES_DAY);
    expect(looked).toBeLessThanOrEqual(PIN_GRACE_TRIES_DAY + 25);
    expect(looked / 1_000_000).toBeLessThan(0.000_3);
  });

  const START_MS = Date.parse('2026-11-24T00:00:00.000Z');

  test('forgets no try of the day for a flood of scans, and counts none as a visit', () => {
    const pinned = stamp();
    for (let i = 0; i < 5 + PIN_GRACE_TRIES; i += 1) pinned.try('shop', false);
    for (let i = 0; i < VISITS_MAX + 50; i += 1)
      pinned.visits =
        noteVisit(pinned.visits, DAY, `visitor-${String(i).padStart(7, '0')}`, START_MS + i)?.visits ?? pinned.visits;
    expect(pinned.try('shop', true)).toMatchObject({ kind: 'locked', looked: false });
    expect(latestVisitMs(pinned.visits)).toBe(START_MS + VISITS_MAX - 1);
    expect(pinned.visits.split('\n')).toHaveLength(VISITS_MAX + 2);
    expect(forgetDaysBefore(pinned.visits, NEXT_DAY)).toBe(NO_VISITS);
  });
});
