// When a stamp becomes a case, and when a closed case reopens.

import { describe, expect, test } from '@jest/globals';
import { caseState, CASE_STEPS_MAX, markOf, withStep, type CaseStep } from '../../../server/domain/market/case.ts';
import { NO_SIGNS, WHOLE } from '../../../server/domain/stamp/signs.ts';
import { CASE_OUTCOMES, isQuieting } from '../../../server/domain/stamp/stamp-answer.ts';
import { mayBeCase, ON_GOODS, suspicionOf, THRESHOLDS, urgencyOf } from '../../../server/domain/stamp/suspect.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { aTally } from '../../fixtures/records/scans.ts';

function crowded(visitors: number): StampTally {
  return aTally({ visitorDays: visitors, signs: { ...NO_SIGNS, day: 20_777, crowd: visitors * WHOLE } });
}

describe('what a store looks for', () => {
  test('is a case at its least count and not below, as the office is told; its urgency says so too', () => {
    const least = THRESHOLDS.manyVisitors.officeCrowd;
    for (const [count, isCase] of [
      [least, true],
      [least - 1, false],
    ] as const) {
      const tally = crowded(count);
      expect(mayBeCase(tally)).toBe(isCase);
      expect(urgencyOf(tally) > 0).toBe(isCase);
      expect(suspicionOf(tally, null, ON_GOODS).forOffice).toEqual(isCase ? ['many-visitors'] : []);
    }
  });

  test('has what buyers may be told of first, and scans before activation last', () => {
    const early = aTally({ beforeActivation: 1 });
    const told = aTally({ signs: { ...NO_SIGNS, crowd: 800, heat: THRESHOLDS.manyVisitors.consumerHeat * WHOLE } });
    const inOrder = [told, crowded(30), crowded(9), early].map(urgencyOf);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => b - a));
    expect(new Set(inOrder).size).toBe(4);
    expect(inOrder.at(-1)).toBeGreaterThan(0);
  });
});

describe('a case', () => {
  test('is new until somebody looks, and stays with whoever looks', () => {
    const tally = crowded(9);
    expect(caseState(null, ['many-visitors'], tally)).toBe('new');
    expect(caseState({ state: 'looking', mark: markOf(tally) }, ['many-visitors'], crowded(99))).toBe('looking');
  });

  test.each(CASE_OUTCOMES)('closed as %s, comes back only where reasons hold after the outcome', (outcome) => {
    const known = { state: 'closed' as const, outcome, mark: markOf(crowded(9)) };
    expect(caseState(known, [], crowded(9))).toBe('closed');
    expect(caseState(known, ['many-visitors'], crowded(99))).toBe(isQuieting(outcome) ? 'new' : 'closed');
  });

  test('closed before there were outcomes, comes back once as much again has happened', () => {
    const least = THRESHOLDS.manyVisitors.officeCrowd;
    const known = { state: 'closed' as const, mark: markOf(crowded(9)) };
    expect(caseState(known, ['many-visitors'], crowded(9 + least - 1))).toBe('closed');
    expect(caseState(known, ['many-visitors'], crowded(9 + least))).toBe('new');
  });

  test('keeps its last steps, the oldest first', () => {
    const step: CaseStep = { at: '2026-11-24T00:00:00.000Z', by: 'u', kind: 'looking', outcome: null, note: null };
    let steps: CaseStep[] | undefined;
    for (let i = 0; i <= CASE_STEPS_MAX; i += 1) steps = withStep(steps, { ...step, note: String(i) });
    expect(steps).toHaveLength(CASE_STEPS_MAX);
    expect([steps?.at(0)?.note, steps?.at(-1)?.note]).toEqual(['1', String(CASE_STEPS_MAX)]);
  });
});
