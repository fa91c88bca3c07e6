import { describe, expect, test } from '@jest/globals';
import {
  forgetDaysBefore,
  latestVisitMs,
  NO_VISITS,
  noteRepeat,
  noteVisit,
  PIN_MARK,
  REPEAT_MS,
  VISITS_MAX,
} from '../../server/store/visits.ts';

const DAY = '2026-11-24';

const START_MS = Date.parse('2026-11-24T00:00:00.000Z');

/** As scan/visitor.ts names visitors: 11 symbols for a separate network, and four more. */
function visitor(i: number): string {
  return `network-${String(i).padStart(3, '0')}vvvv`;
}

/** Visits of this many visitors, one per minute. */
function visitsOf(visitors: number, day = DAY): string {
  let visits = NO_VISITS;
  for (let i = 1; i <= visitors; i += 1)
    visits = noteVisit(visits, day, visitor(i), START_MS + i * 60_000)?.visits ?? visits;
  return visits;
}

describe('visits', () => {
  test('are remembered up to their bound; a full day forgets nobody, and counts no one else', () => {
    const full = visitsOf(VISITS_MAX);
    expect(full.split('\n')).toHaveLength(VISITS_MAX + 1);
    const later = START_MS + (VISITS_MAX + 1) * 60_000;
    expect(noteVisit(visitsOf(VISITS_MAX - 1), DAY, visitor(VISITS_MAX), later)).not.toBeNull();
    expect(noteVisit(full, DAY, visitor(VISITS_MAX + 1), later)).toBeNull();
    expect(noteVisit(full, DAY, visitor(1), START_MS + 61_000)).toBeNull();
    expect(noteVisit(full, DAY, visitor(1), later + REPEAT_MS)).toMatchObject({ newVisitorDay: false });
    expect(full.length).toBeLessThan(16_384);
  });

  test('the same 304 visitors again within seconds count nothing again', () => {
    let visits = visitsOf(304);
    for (let i = 1; i <= 304; i += 1)
      expect(noteVisit(visits, DAY, visitor(i), START_MS + 305 * 60_000 - 1)?.newVisitorDay ?? false).toBe(false);
  });

  test('of earlier days make room for those of a new day; tries of PINs stay', () => {
    const pin = `2026-11-23 ${PIN_MARK}network-aaaa 2\n`;
    const before = pin + visitsOf(VISITS_MAX, '2026-11-23');
    const noted = noteVisit(before, DAY, visitor(1), START_MS + 86_400_000);
    expect(noted).toMatchObject({ newVisitorDay: true, newNetworkDay: true });
    expect(noted?.visits.startsWith(pin)).toBe(true);
    expect(noted?.visits.split('\n')).toHaveLength(3);
  });

  test('know a network that is new on the day from another visitor of one that is not', () => {
    const first = noteVisit(NO_VISITS, DAY, 'aaaaaaaaaaa1111', START_MS)?.visits ?? '';
    expect(noteVisit(first, DAY, 'aaaaaaaaaaa2222', START_MS)).toMatchObject({
      newVisitorDay: true,
      newNetworkDay: false,
    });
    expect(noteVisit(first, DAY, 'aaaaaaaaaab1111', START_MS)).toMatchObject({ newNetworkDay: true });
    expect(noteVisit(first, '2026-11-25', 'aaaaaaaaaaa2222', START_MS)).toMatchObject({ newNetworkDay: true });
  });

  test('of one visitor are one line, that of the last scan that counted', () => {
    const first = noteVisit(NO_VISITS, DAY, 'v', 1_000);
    const second = noteVisit(first?.visits ?? '', DAY, 'v', 1_000 + REPEAT_MS);
    expect(second).toEqual({
      visits: `${DAY} v ${(1_000 + REPEAT_MS).toString(36)}\n`,
      newVisitorDay: false,
      newNetworkDay: false,
    });
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
    expect(noteRepeat(visitsOf(VISITS_MAX), DAY, START_MS + 99 * 3_600_000).split('\n')).toHaveLength(VISITS_MAX + 2);
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
    expect(latestVisitMs(visitsOf(3))).toBe(START_MS + 180_000);
    expect(latestVisitMs(NO_VISITS)).toBeNull();
  });
});
