import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, dayIn, daysBetween, instantAt, isDay, startOfDay } from '../../server/domain/calendar.ts';
import { TIME_ZONE } from './records.ts';

const instantOf = (text: string): Date => new Date(text);

describe('today', () => {
  test("is TIME_ZONE's at 23:30 and 00:30 in Vietnam, for verdict and certificate, in a process that runs in Los Angeles", () => {
    const script = join(import.meta.dirname, 'print-days.ts');
    const told = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'America/Los_Angeles', NODE_OPTIONS: '' },
    });
    expect(JSON.parse(told)).toEqual([
      { localHour: 8, day: '2026-11-24', begins: '2026-11-23T17:00:00.000Z', verdict: 'valid', certificate: 'valid' },
      {
        localHour: 9,
        day: '2026-11-25',
        begins: '2026-11-24T17:00:00.000Z',
        verdict: 'expired',
        certificate: 'expired',
      },
    ]);
  });

  test.each([
    [TIME_ZONE, '2026-11-24T16:59:59.999Z', '2026-11-24'],
    [TIME_ZONE, '2026-11-24T17:00:00.000Z', '2026-11-25'],
    [TIME_ZONE, '2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['UTC', '2026-11-24T23:59:59.999Z', '2026-11-24'],
    ['Asia/Kathmandu', '2026-11-24T18:14:59.999Z', '2026-11-24'],
    ['Asia/Kathmandu', '2026-11-24T18:15:00.000Z', '2026-11-25'],
    ['Pacific/Kiritimati', '2026-11-24T10:00:00.000Z', '2026-11-25'],
    ['Etc/GMT+12', '2026-11-24T11:59:00.000Z', '2026-11-23'],
  ])('in %s at %s is %s, asked by instant or text', (zone, instant, day) => {
    expect(dayIn(zone, instantOf(instant))).toBe(day);
    expect(dayIn(zone, instant)).toBe(day);
  });

  test('a zone or an instant that is none is an error', () => {
    expect(() => dayIn('Asia/Hanoi_', instantOf('2026-11-24T00:00:00Z'))).toThrow(RangeError);
    expect(() => dayIn(TIME_ZONE, 'yesterday')).toThrow(RangeError);
  });
});

describe('a time of a day', () => {
  test.each([
    [TIME_ZONE, '2026-11-24', 14 * 60 + 5, '2026-11-24T07:05:00.000Z'],
    [TIME_ZONE, '2026-11-24', 0, '2026-11-23T17:00:00.000Z'],
    // Clocks go forward at 2:00 and back at 3:00; of two 2:30s the first is meant.
    ['Europe/Berlin', '2026-03-29', 14 * 60, '2026-03-29T12:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', 2 * 60 + 30, null],
    ['Europe/Berlin', '2026-10-25', 14 * 60, '2026-10-25T13:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', 2 * 60 + 30, '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', 23 * 60 + 59, '2026-10-25T22:59:00.000Z'],
    // Midnight itself is skipped.
    ['Asia/Beirut', '2026-03-29', 30, null],
    ['Asia/Beirut', '2026-03-29', 90, '2026-03-28T22:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', 12 * 60, '2026-10-04T01:00:00.000Z'],
  ])('in %s on %s at minute %i is %p', (zone, day, minute, instant) => {
    expect(instantAt(zone, day, minute)?.toISOString() ?? null).toBe(instant);
  });
});

describe('the start of a day', () => {
  test.each([
    [TIME_ZONE, '2026-11-24', '2026-11-23T17:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-24', '2026-11-23T10:00:00.000Z'],
    ['Etc/GMT+12', '2026-11-24', '2026-11-24T12:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-08', '2026-03-08T08:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-02', '2026-11-02T08:00:00.000Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
  ])('in %s of %s is %s', (zone, day, instant) => expect(startOfDay(zone, day).toISOString()).toBe(instant));

  test('is the first instant of that day, in every zone with and without summer time', () => {
    const zones = fc.constantFrom(
      TIME_ZONE,
      'UTC',
      'America/Los_Angeles',
      'America/St_Johns',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 5_000 }), (zone, days) => {
        const day = addDays('2020-01-01', days);
        const start = startOfDay(zone, day).getTime();
        return dayIn(zone, new Date(start)) === day && dayIn(zone, new Date(start - 1)) < day;
      }),
    );
  });
});

describe('a day', () => {
  test.each(['2026-11-24', '2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01'])('%s is one', (text) =>
    expect(isDay(text)).toBe(true),
  );
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-11-00',
    '2026-1-1',
    '24/11/2026',
    '2026-11-24T00:00:00Z',
    ' 2026-11-24',
    '',
  ])('%p is none', (text) => expect(isDay(text)).toBe(false));

  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 36, '2027-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 0, '2026-05-31'],
  ])('%s and %i months are %s', (day, months, then) => expect(addMonths(day, months)).toBe(then));

  test('days on and days between agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
        const then = addDays('2026-11-24', days);
        return isDay(then) && daysBetween('2026-11-24', then) === days;
      }),
    );
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(() => addDays('2026-02-30x', 1)).toThrow(RangeError);
  });
});
