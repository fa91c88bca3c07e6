// Days and instants. A day (`2026-11-24`) has no time zone. Which day an instant falls on depends on TIME_ZONE, never
// on the zone the process runs in. Days compare as strings. Also runs in browsers.

import { BoundedMap } from '../kit/bounded-map.ts';
import type { Day, Instant } from './entity.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/**
 * Since 1972 every zone is a whole number of quarter-hours off UTC, so all instants of a quarter-hour have the same day
 * and Intl is asked at most four times an hour.
 */
const QUARTER_MS = 900_000;
/** Quarters remembered per zone: more than a year of them. */
const QUARTERS_MAX = 40_000;

interface Zone {
  format: Intl.DateTimeFormat;
  days: Map<number, Day>;
}

const zones = new Map<string, Zone>();

/** The day an instant falls on in a time zone. @throws RangeError for an unknown zone or an invalid instant */
export function dayIn(timeZone: string, instant: Date | Instant): Day {
  const at = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  const zone = zones.get(timeZone) ?? openZone(timeZone);
  const quarter = Math.floor(at / QUARTER_MS);
  const known = zone.days.get(quarter);
  if (known !== undefined) return known;
  const day = dayOfParts(zone.format.formatToParts(at));
  zone.days.set(quarter, day);
  return day;
}

/** The first instant of a day in a time zone; if clocks skip midnight, the first instant after it. */
export function startOfDay(timeZone: string, day: Day): Date {
  // Zones lie between UTC-12 and UTC+14: the first quarter of the day is found by halving between safe ends.
  const utcMidnight = dayNumber(day) * DAY_MS;
  let before = Math.floor((utcMidnight - 15 * 3_600_000) / QUARTER_MS);
  let within = Math.floor((utcMidnight + 13 * 3_600_000) / QUARTER_MS);
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayIn(timeZone, new Date(middle * QUARTER_MS)) < day) before = middle;
    else within = middle;
  }
  return new Date(within * QUARTER_MS);
}

/**
 * The instant at which clocks of the zone show this minute of the day (0 to 1439): the first one if clocks are set
 * back, null if they skip it.
 */
export function instantAt(timeZone: string, day: Day, minute: number): Date | null {
  const start = startOfDay(timeZone, day).getTime();
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const shown = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  // Clocks move by whole quarters of an hour, by three hours at most (Antarctica/Troll moves two).
  for (let quarters = -12; quarters <= 12; quarters += 1) {
    const at = new Date(start + minute * MINUTE_MS + quarters * QUARTER_MS);
    if (dayIn(timeZone, at) === day && format.format(at) === shown) return at;
  }
  return null;
}

/** The minute of its day that an instant falls in, as clocks of the zone show it. */
export function minuteOfDay(timeZone: string, at: Instant): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [hour = '0', minute = '0'] = format.format(new Date(at)).split(':');
  return Number(hour) * 60 + Number(minute);
}

/** Whether the text is a day of the calendar; `2026-02-29` is not. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** The day this many days later; earlier, when negative. */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

/** The same date this many months later; the month's last day if it is shorter (2024-01-31 + 1 = 2024-02-29). */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(dayNumber(day) * DAY_MS);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0); // the last day of the month meant
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return date.toISOString().slice(0, 10);
}

/** Days from the first to the second; negative when the second lies before. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

function openZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const zone = { format, days: new BoundedMap<number, Day>(QUARTERS_MAX) };
  zones.set(timeZone, zone);
  return zone;
}

function dayOfParts(parts: Intl.DateTimeFormatPart[]): Day {
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
}

function dayNumber(day: Day): number {
  const at = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(at)) throw new RangeError(`not a day: ${day}`);
  return at / DAY_MS;
}

function dayOfNumber(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
