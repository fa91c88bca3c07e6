// The names of backups, by the day in TIME_ZONE on which they were taken, and which of them a rule keeps. Pure.

import type { Day } from './entity.ts';

const NAME = /^temtrace-(\d{4}-\d{2}-\d{2})(?:-(\d{1,4}))?\.backup(?:\.age)?$/;
/** Backups of one day. More is a loop that went wrong. */
const OF_ONE_DAY_MAX = 9_999;

/** What `--keep` leaves: the last backup of each of so many days, weeks (from Monday) and months that have one. */
export const KEPT_DAYS = 7;
export const KEPT_WEEKS = 5;
export const KEPT_MONTHS = 24;

/** The next free name of a day. @throws RangeError beyond OF_ONE_DAY_MAX */
export function backupName(day: Day, encrypted: boolean, taken: readonly string[]): string {
  const used = taken.map(placeOf).filter((place) => place?.day === day);
  const number = 1 + Math.max(0, ...used.map((place) => place?.number ?? 0));
  if (number > OF_ONE_DAY_MAX) throw new RangeError(`${day} has ${OF_ONE_DAY_MAX} backups already`);
  return `temtrace-${day}${number === 1 ? '' : `-${number}`}.backup${encrypted ? '.age' : ''}`;
}

/** The backups among these names, the newest first. */
export function backupsAmong(names: readonly string[]): string[] {
  return names.filter((name) => placeOf(name) !== null).toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
}

/** Those that the rule does not keep. Names of anything else are never among them. */
export function beyondRule(names: readonly string[]): string[] {
  const backups = backupsAmong(names);
  const kept = new Set([
    ...lastOfEach(backups, KEPT_DAYS, (day) => day),
    ...lastOfEach(backups, KEPT_WEEKS, mondayOf),
    ...lastOfEach(backups, KEPT_MONTHS, (day) => day.slice(0, 7)),
  ]);
  return backups.filter((name) => !kept.has(name));
}

/** @param backups the newest first */
function lastOfEach(backups: readonly string[], count: number, periodOf: (day: Day) => string): string[] {
  const last = new Map<string, string>();
  for (const name of backups) {
    const period = periodOf(placeOf(name)?.day ?? '');
    if (!last.has(period) && last.size < count) last.set(period, name);
  }
  return [...last.values()];
}

function mondayOf(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

function placeOf(name: string): { day: Day; number: number } | null {
  const parts = NAME.exec(name);
  if (parts === null || Number.isNaN(Date.parse(`${parts[1]}T00:00:00Z`))) return null;
  return { day: parts[1] as Day, number: Number(parts[2] ?? 1) };
}

function orderOf(name: string): string {
  const { day, number } = placeOf(name) ?? { day: '', number: 0 };
  return `${day} ${String(number).padStart(4, '0')}`;
}
