import { describe, expect, test } from '@jest/globals';
import { backupName, backupsAmong, beyondRule } from '../../server/domain/backup-name.ts';

/** One backup a day; the last is of this day. */
function daily(last: string, days: number): string[] {
  return Array.from({ length: days }, (_, back) => {
    const day = new Date(Date.parse(`${last}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);
    return `temtrace-${day}.backup.age`;
  });
}

describe('the name of a backup', () => {
  test('is its day, and a number from the second on', () => {
    expect(backupName('2026-11-24', false, [])).toBe('temtrace-2026-11-24.backup');
    expect(backupName('2026-11-24', true, ['temtrace-2026-11-24.backup'])).toBe('temtrace-2026-11-24-2.backup.age');
    expect(backupName('2026-11-24', true, ['temtrace-2026-11-24-9.backup', 'temtrace-2026-11-23-50.backup'])).toBe(
      'temtrace-2026-11-24-10.backup.age',
    );
    expect(() => backupName('2026-11-24', true, ['temtrace-2026-11-24-9999.backup'])).toThrow(RangeError);
    expect(backupName('2026-11-24', true, ['temtrace-2026-11-24-9998.backup'])).toContain('-9999.');
  });

  test('orders them, the newest first, and knows no other file', () => {
    const names = ['temtrace-2026-11-24.backup', 'temtrace-2026-11-24-10.backup', 'temtrace-2026-11-24-2.backup.age'];
    expect(backupsAmong([...names, 'notes.txt', 'temtrace-2026-13-77.backup', '.temtrace-backup.7.half'])).toEqual([
      'temtrace-2026-11-24-10.backup',
      'temtrace-2026-11-24-2.backup.age',
      'temtrace-2026-11-24.backup',
    ]);
  });
});

describe('the rule', () => {
  test('keeps the last of 7 days, 5 weeks and 24 months, and nothing beyond', () => {
    const all = daily('2026-11-24', 900);
    const gone = new Set(beyondRule(all));
    const kept = all.filter((name) => !gone.has(name)).map((name) => name.slice(9, 19));
    expect(kept.slice(0, 7)).toEqual(daily('2026-11-24', 7).map((name) => name.slice(9, 19)));
    // The Sundays that end the earlier weeks, and the last days of the months.
    expect(kept.slice(7, 12)).toEqual(['2026-11-15', '2026-11-08', '2026-11-01', '2026-10-31', '2026-09-30']);
    expect(kept.at(-1)).toBe('2024-12-31');
    expect(kept.length).toBe(7 + 3 + 23);
  });

  test('keeps the last of one day, and names nothing that is no backup', () => {
    expect(
      beyondRule(['temtrace-2026-11-24.backup', 'temtrace-2026-11-24-2.backup', 'notes.txt', 'temtrace.db']),
    ).toEqual(['temtrace-2026-11-24.backup']);
    expect(beyondRule(daily('2026-11-24', 7))).toEqual([]);
  });

  test('counts periods that have a backup: a machine that was off for a year loses none of its last ones', () => {
    expect(beyondRule([...daily('2026-11-24', 1), ...daily('2025-11-03', 3)])).toEqual([]);
  });
});
