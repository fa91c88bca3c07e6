// What a tally remembers of its visitors while the day's salt exists: who scanned this stamp on which day, and at which
// instant last. It is kept inside the tally, so that one record answers "is this a repeat" and "is this visitor new
// today", and one write stores it. It is a text with a line for each visitor-day: `2026-11-24 <visitor> <milliseconds,
// base 36>`. A line whose visitor is REPEAT_MARK holds the instant of a repeat that must not be lost. A line that
// begins with PIN_MARK counts the PINs that a network tried on that day while the stamp was locked (pin-tries.ts).

import type { Day } from '../domain/entity.ts';

/** The same visitor within this time is a repeat, not a scan (CONTRACT: public lookup). */
export const REPEAT_MS = 10 * 60_000;
/**
 * Visitors of one stamp that are remembered. Earlier days make room first; once the day itself is full, a visitor who
 * is not on the list counts no more on that day: nobody is forgotten, so nobody counts twice. No rule asks for more of
 * a day, and the record must stay small.
 */
export const VISITS_MAX = 256;
/** A visitor's line of today's milliseconds; a shorter text than so many of them has room. */
const LINE_SYMBOLS = 36;
/** How much of a visitor's name is its network's (scan/visitor.ts). */
export const NETWORK_SYMBOLS = 11;

export const NO_VISITS = '';
/** Cannot be a visitor's hash. */
const REPEAT_MARK = '=';
/** Begins the name of a network instead of a visitor's hash. */
export const PIN_MARK = '!';

/** What is known of a scan whose visitor nobody can tell. */
export const NOT_NEW = { newVisitorDay: false, newNetworkDay: false } as const;

export interface NotedVisit {
  visits: string;
  /** This visitor's first scan of this stamp on this day. */
  newVisitorDay: boolean;
  /** Its network's first scan of this stamp on this day. */
  newNetworkDay: boolean;
}

/**
 * `visits` with this one noted, or null where it repeats one of less than REPEAT_MS before (or comes late, after one
 * noted since), or where the day's list is full.
 */
export function noteVisit(visits: string, day: Day, visitor: string, atMs: number): NotedVisit | null {
  const line = lineOf(day, visitor, atMs);
  if (visits === NO_VISITS) return { visits: line, newVisitorDay: true, newNetworkDay: true };

  const start = startOf(visits, `${day} ${visitor} `);
  if (start === -1) {
    const room = withinBounds(visits, day);
    if (room === null) return null;
    const newNetworkDay = startOf(visits, `${day} ${visitor.slice(0, NETWORK_SYMBOLS)}`) === -1;
    return { visits: room + line, newVisitorDay: true, newNetworkDay };
  }
  const end = visits.indexOf('\n', start) + 1;
  const lastMs = instantIn(visits.slice(start, end));
  if (atMs < lastMs + REPEAT_MS) return null;
  return { visits: visits.slice(0, start) + visits.slice(end) + line, newVisitorDay: false, newNetworkDay: false };
}

/** `visits` with the instant of a repeat, if it is the latest; no other repeat is measured from it. */
export function noteRepeat(visits: string, day: Day, atMs: number): string {
  if ((latestVisitMs(visits) ?? -Infinity) >= atMs) return visits;
  const others = linesOf(visits).filter((line) => !line.startsWith(`${day} ${REPEAT_MARK} `));
  return (withinBounds(others.join(''), day) ?? others.join('')) + lineOf(day, REPEAT_MARK, atMs);
}

/** `visits` without the days before `day`. */
export function forgetDaysBefore(visits: string, day: Day): string {
  return linesOf(visits)
    .filter((line) => line.slice(0, day.length) >= day)
    .join('');
}

/** The first day with a remembered visitor, or null. */
export function firstVisitDay(visits: string): Day | null {
  const days = linesOf(visits).map((line) => line.slice(0, line.indexOf(' ')));
  return days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first));
}

/** The latest remembered instant of a visitor's scan, in milliseconds, or null. */
export function latestVisitMs(visits: string): number | null {
  const instants = linesOf(visits).filter(isVisit).map(instantIn);
  return instants.length === 0 ? null : Math.max(...instants);
}

/** Position of the line with this beginning, or -1. */
function startOf(visits: string, beginning: string): number {
  if (visits.startsWith(beginning)) return 0;
  const before = visits.indexOf(`\n${beginning}`);
  return before === -1 ? -1 : before + 1;
}

/** `visits` with room for one more on this day, at the cost of earlier ones; null: the day is full. */
function withinBounds(visits: string, day: Day): string | null {
  if (visits.length < VISITS_MAX * LINE_SYMBOLS) return visits;
  // Counted in place: on a crowded day every scan comes here.
  let known = 0;
  let isAllToday = true;
  for (let at = 0; at < visits.length; at = visits.indexOf('\n', at) + 1) {
    if (visits[at + day.length + 1] === PIN_MARK) continue;
    known += 1;
    if (isAllToday && !visits.startsWith(day, at)) isAllToday = false;
  }
  if (known < VISITS_MAX) return visits;
  return isAllToday ? null : withoutEarlier(visits, day);
}

/** Without visits of earlier days. Tries of PINs have a bound of their own, and no flood makes them forgotten. */
function withoutEarlier(visits: string, day: Day): string | null {
  const lines = linesOf(visits);
  const left = lines.filter((line) => !isVisit(line) || line.slice(0, day.length) >= day);
  return left.length === lines.length ? null : left.join('');
}

function isVisit(line: string): boolean {
  return line[line.indexOf(' ') + 1] !== PIN_MARK;
}

function lineOf(day: Day, visitor: string, atMs: number): string {
  return `${day} ${visitor} ${atMs.toString(36)}\n`;
}

/** Each line with its line break. */
export function linesOf(visits: string): string[] {
  return visits.match(/[^\n]+\n/g) ?? [];
}

function instantIn(line: string): number {
  return Number.parseInt(line.slice(line.lastIndexOf(' ') + 1), 36);
}
