// When a stamp is a case, and when a closed one comes back.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { caseState, markOf } from '../../../server/domain/market/case.ts';
import {
  mayBeCase,
  suspicionOf,
  SUSPICIONS,
  THRESHOLDS,
  type Suspicion,
} from '../../../server/domain/stamp/suspect.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { ODD_ORDER, ODD_TALLY } from '../../../server/store/sqlite/scan-reader.ts';
import { aTally } from '../../fixtures/records/scans.ts';

const LEAST: Readonly<Record<Suspicion, number>> = {
  'far-apart': THRESHOLDS.farApart.officeJumps,
  'strangers-after-pin': THRESHOLDS.strangersAfterPin.officeDays,
  'many-visitors': THRESHOLDS.manyVisitors.officeDays,
  'scanned-before-activation': THRESHOLDS.beforeActivation.officeScans,
  'pin-guessing': THRESHOLDS.pinGuessing.officeTries,
};

function tallyOf(reason: Suspicion, count: number): StampTally {
  const { pin } = aTally();
  const fields: Record<Suspicion, Partial<StampTally>> = {
    'far-apart': { farJumps: count },
    'strangers-after-pin': { pin: { ...pin, strangerDaysSince: count } },
    'many-visitors': { visitorDays: count },
    'scanned-before-activation': { beforeActivation: count },
    'pin-guessing': { pin: { ...pin, wrongTries: count } },
  };
  return aTally(fields[reason]);
}

describe('what a store looks for', () => {
  test.each(SUSPICIONS)('%s makes a case at its least count and not below, as the office is told', (reason) => {
    for (const [count, isCase] of [
      [LEAST[reason], true],
      [LEAST[reason] - 1, false],
    ] as const) {
      const tally = tallyOf(reason, count);
      expect(mayBeCase(tally)).toBe(isCase);
      expect(suspicionOf(tally, null, { plaque: false, display: false, activatedAt: null }).forOffice).toEqual(
        isCase ? [reason] : [],
      );
    }
  });

  test('SQLite’s index is of the same counts: another table of thresholds needs another migration', () => {
    const { farApart, manyVisitors, beforeActivation, strangersAfterPin, pinGuessing } = THRESHOLDS;
    expect(ODD_TALLY).toBe(
      `(far_jumps >= ${farApart.officeJumps} or visitor_days >= ${manyVisitors.officeDays} or before_activation >= ${beforeActivation.officeScans} or pin_stranger_days >= ${strangersAfterPin.officeDays} or pin_wrong_tries >= ${pinGuessing.officeTries})`,
    );
    const told = `(far_jumps >= ${farApart.consumerJumps} or pin_stranger_days >= ${strangersAfterPin.consumerDays} or visitor_days >= ${manyVisitors.consumerDays})`;
    const ofGoods = `(far_jumps >= ${farApart.officeJumps} or pin_stranger_days >= ${strangersAfterPin.officeDays} or visitor_days >= ${manyVisitors.officeDays} or pin_wrong_tries >= ${pinGuessing.officeTries})`;
    expect(ODD_ORDER).toContain(`${told} * 1000000000000 + ${ofGoods} * 100000000000 + `);
    const migration = readFileSync('server/store/sqlite/migrations/08-odd-stamps.sql', 'utf8');
    expect(migration).toContain(
      `create index "tally.odd" on tally (${ODD_ORDER}, batch_id, serial) where ${ODD_TALLY};`,
    );
  });
});

describe('a case', () => {
  test('is new until somebody looks, and stays with whoever looks', () => {
    const tally = tallyOf('far-apart', 2);
    expect(caseState(null, ['far-apart'], tally)).toBe('new');
    expect(
      caseState(
        { state: 'looking', reasons: ['far-apart'], mark: markOf(tally) },
        ['far-apart'],
        tallyOf('far-apart', 99),
      ),
    ).toBe('looking');
  });

  test.each(SUSPICIONS)('closed over %s, comes back only once as much again has happened', (reason) => {
    const known = { state: 'closed' as const, reasons: [reason], mark: markOf(tallyOf(reason, LEAST[reason])) };
    expect(
      caseState(known, [reason], tallyOf(reason, 2 * LEAST[reason] - (LEAST[reason] > 1 ? 1 : LEAST[reason]))),
    ).toBe('closed');
    expect(caseState(known, [reason], tallyOf(reason, 2 * LEAST[reason]))).toBe('new');
  });

  test('closed, comes back at once with a reason that was not there', () => {
    const tally = tallyOf('far-apart', 2);
    expect(
      caseState({ state: 'closed', reasons: ['far-apart'], mark: markOf(tally) }, ['far-apart', 'pin-guessing'], tally),
    ).toBe('new');
  });
});
