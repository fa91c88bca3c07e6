// What a tally remembers of its visitors, for as long as the day's salt lives: who scanned this stamp on which day, and
// at which instant last. It lies inside the tally, so that one record answers "is this a repeat" and "is this visitor
// new today", and one write keeps it. Text, a line a visitor-day: `2026-11-24 <visitor> <milliseconds, base 36>`. A
// line whose visitor is REPEAT_MARK holds the instant of a repeat that must not be lost; one that begins with PIN_MARK
// counts the PINs that a network tried on that day while the stamp was locked (pin-tries.ts).

import type { Day } from '../domain/entity.ts';

/** The same visitor within this time is a repeat, not a scan (CONTRACT: public lookup). */
export const REPEAT_MS = 10 * 60_000;
/**
 * More visitor-days of one stamp are not remembered: the oldest are dropped, and such a visitor who comes back counts
 * again. By then the stamp has long passed every threshold of suspicion, and its record must stay small.
 */
export const VISITS_MAX = 256;

export const NO_VISITS = '';
/** No visitor's hash. */
const REPEAT_MARK = '=';
/** Begins the name of a network instead of a visitor's hash. */
export const PIN_MARK = '!';

export interface NotedVisit {
  visits: string;
  /** This visitor's first scan of this stamp on this day. */
  newVisitorDay: boolean;
}

/**
 * `visits` with this one noted, or null where it repeats one of less than REPEAT_MS before (or comes late, after one
 * noted since).
 */
export function noteVisit(visits: string, day: Day, visitor: string, atMs: number): NotedVisit | null {
  const line = lineOf(day, visitor, atMs);
  if (visits === NO_VISITS) return { visits: line, newVisitorDay: true };

  const start = startOf(visits, `${day} ${visitor} `);
  if (start === -1) return { visits: withinBounds(visits) + line, newVisitorDay: true };
  const end = visits.indexOf('\n', start) + 1;
  const lastMs = instantIn(visits.slice(start, end));
  if (atMs < lastMs + REPEAT_MS) return null;
  return { visits: visits.slice(0, start) + visits.slice(end) + line, newVisitorDay: false };
}

/** `visits` with the instant of a repeat, where it is the latest; no other repeat is measured from it. */
export function noteRepeat(visits: string, day: Day, atMs: number): string {
  if ((latestVisitMs(visits) ?? -Infinity) >= atMs) return visits;
  const others = linesOf(visits).filter((line) => !line.startsWith(`${day} ${REPEAT_MARK} `));
  return withinBounds(others.join('')) + lineOf(day, REPEAT_MARK, atMs);
}

/** What is left of `visits` when the days before `day` are forgotten. */
export function forgetDaysBefore(visits: string, day: Day): string {
  return linesOf(visits)
    .filter((line) => line.slice(0, day.length) >= day)
    .join('');
}

/** The first day of which a visitor is remembered, or null. */
export function firstVisitDay(visits: string): Day | null {
  const days = linesOf(visits).map((line) => line.slice(0, line.indexOf(' ')));
  return days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first));
}

/** The latest instant a visitor is remembered to have scanned at, in milliseconds, or null. */
export function latestVisitMs(visits: string): number | null {
  const instants = linesOf(visits).filter(isVisit).map(instantIn);
  return instants.length === 0 ? null : Math.max(...instants);
}

/** Where the line that begins so begins, or -1. */
function startOf(visits: string, beginning: string): number {
  if (visits.startsWith(beginning)) return 0;
  const before = visits.indexOf(`\n${beginning}`);
  return before === -1 ? -1 : before + 1;
}

function withinBounds(visits: string): string {
  const lines = linesOf(visits);
  const scans = lines.filter(isVisit);
  if (scans.length < VISITS_MAX) return visits;
  // Tries of PINs have a bound of their own, and no flood of scans may make them forgotten.
  return [...lines.filter((line) => !isVisit(line)), ...scans.slice(scans.length - VISITS_MAX + 1)].join('');
}

function isVisit(line: string): boolean {
  return line[line.indexOf(' ') + 1] !== PIN_MARK;
}

function lineOf(day: Day, visitor: string, atMs: number): string {
  return `${day} ${visitor} ${atMs.toString(36)}\n`;
}

/** Each with its line break. */
export function linesOf(visits: string): string[] {
  return visits.match(/[^\n]+\n/g) ?? [];
}

function instantIn(line: string): number {
  return Number.parseInt(line.slice(line.lastIndexOf(' ') + 1), 36);
}
