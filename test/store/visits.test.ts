import { describe, expect, test } from '@jest/globals';
import {
  forgetDaysBefore,
  latestVisitMs,
  NO_VISITS,
  noteRepeat,
  noteVisit,
  REPEAT_MS,
  VISITS_MAX,
} from '../../server/store/visits.ts';

const DAY = '2026-11-24';

/** Visits of so many visitors, one a minute. */
function visitsOf(visitors: number): string {
  let visits = NO_VISITS;
  for (let i = 1; i <= visitors; i += 1) visits = noteVisit(visits, DAY, `v${i}`, i * 60_000)?.visits ?? visits;
  return visits;
}

describe('visits', () => {
  test('are remembered up to their bound, the first one too', () => {
    expect(noteVisit(visitsOf(VISITS_MAX), DAY, 'v1', 61_000)).toBeNull();
  });

  test('beyond it drop the oldest, and no other', () => {
    const visits = visitsOf(VISITS_MAX + 1);
    expect(noteVisit(visits, DAY, 'v1', 61_000)).toMatchObject({ newVisitorDay: true });
    expect(noteVisit(visits, DAY, 'v2', 121_000)).toBeNull();
    expect(visits.length).toBeLessThan(16_384);
  });

  test('of one visitor are one line, that of the last scan that counted', () => {
    const first = noteVisit(NO_VISITS, DAY, 'v', 1_000);
    const second = noteVisit(first?.visits ?? '', DAY, 'v', 1_000 + REPEAT_MS);
    expect(second).toEqual({ visits: `${DAY} v ${(1_000 + REPEAT_MS).toString(36)}\n`, newVisitorDay: false });
  });

  test('tell a visitor from one whose name begins or ends alike', () => {
    const { visits } = noteVisit(NO_VISITS, DAY, 'abc', 1) ?? { visits: '' };
    for (const other of ['ab', 'bc', 'abcd', ''])
      expect(noteVisit(visits, DAY, other, 2)).toMatchObject({ newVisitorDay: true });
  });

  test('that come late, after a later one was noted, are repeats', () => {
    const { visits } = noteVisit(NO_VISITS, DAY, 'v', REPEAT_MS * 3) ?? { visits: '' };
    expect(noteVisit(visits, DAY, 'v', 0)).toBeNull();
  });

  test('keep the instant of a repeat in one line, from which no repeat is measured', () => {
    const { visits } = noteVisit(NO_VISITS, DAY, 'v', 1_000) ?? { visits: '' };
    const told = noteRepeat(noteRepeat(visits, DAY, 2_000), DAY, 3_000);
    expect(told).toBe(`${visits}${DAY} = ${(3_000).toString(36)}\n`);
    expect(latestVisitMs(told)).toBe(3_000);
    expect(noteRepeat(told, DAY, 2_999)).toBe(told);
    expect(noteVisit(told, DAY, 'v', 1_000 + REPEAT_MS)).toMatchObject({ newVisitorDay: false });
    expect(noteRepeat(visitsOf(VISITS_MAX), DAY, 99 * 3_600_000).split('\n')).toHaveLength(VISITS_MAX + 1);
    expect(forgetDaysBefore(told, '2026-11-25')).toBe(NO_VISITS);
  });

  test('of days before a day are forgotten, those of the day stay', () => {
    const visits = ['2026-11-22', '2026-11-23', DAY].reduce(
      (noted, day) => noteVisit(noted, day, 'v', 1)?.visits ?? noted,
      NO_VISITS,
    );
    expect(forgetDaysBefore(visits, '2026-11-23')).toBe('2026-11-23 v 1\n2026-11-24 v 1\n');
    expect(forgetDaysBefore(visits, '2026-11-25')).toBe(NO_VISITS);
  });

  test('know the latest instant, or that there is none', () => {
    expect(latestVisitMs(visitsOf(3))).toBe(180_000);
    expect(latestVisitMs(NO_VISITS)).toBeNull();
  });
});
