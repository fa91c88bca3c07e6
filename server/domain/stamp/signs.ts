// What a stamp's scans show of copies: a few numbers inside its tally, folded scan by scan and faded by the day, so
// that what lies long ago weighs little. Pure; both stores keep them as the same text. Why these numbers, and what
// they do on a year of scans: docs/decisions/0036-copies.md.
//
// A network is an IPv4 address or an IPv6 /48, named by the day's salt: it can be told apart within one day, and by
// nobody on the next.

import type { Day } from '../entity.ts';
import { PROVINCES } from '../places.ts';

export interface Signs {
  /** The last day counted, in days since 1970. */
  day: number;
  /** Networks of that day. */
  networks: number;
  /** Of that day: jumps between networks too far apart for the time between them (tally-fold.ts). */
  jumps: number;
  /** Visitor-days, faded, in hundredths. Agent families count, so it can be faked from a desk. */
  crowd: number;
  /** Networks beyond the first of each day, at most HEAT_DAY_MAX a day, faded, in hundredths. */
  heat: number;
  /** Days with a jump, faded, in hundredths. */
  far: number;
  /** The province in which the PIN was used first: its place in PROVINCES, from 1; 0: none. */
  home: number;
}

/** One scan, visitor, network or day in the faded numbers. */
export const WHOLE = 100;
/** After so many days half of a count is left: two seasons of a product, and a buyer's pack is eaten. */
const HALF_LIFE_DAYS = 90;
/**
 * What one day can add to the heat. So a rival needs weeks for what he could do in an hour, and the office has the case
 * from the first day. A network alone on its day adds nothing: it is the owner's.
 */
const HEAT_DAY_MAX = 3;
const DAY_MS = 86_400_000;
/** Counts stop here: no rule asks for more, and the tally stays small. */
const COUNT_MAX = 9_999 * WHOLE;

export const NO_SIGNS: Signs = Object.freeze({ day: 0, networks: 0, jumps: 0, crowd: 0, heat: 0, far: 0, home: 0 });

/** Days since 1970. */
export function dayNumber(day: Day): number {
  return Date.parse(day) / DAY_MS;
}

/** The place of a province in `Signs.home`. */
export function homeOf(province: string | null): number {
  return province === null ? 0 : PROVINCES.indexOf(province) + 1;
}

/** What is left of a count after some days. */
export function faded(count: number, days: number): number {
  return days <= 0 || count === 0 ? count : Math.round(count * 2 ** (-days / HALF_LIFE_DAYS));
}

/**
 * The signs after one more visitor-day. A scan that comes late, from an earlier day, counts for the last one.
 *
 * @param seen newNetwork: the network's first scan of this stamp on this day; jump: too far from the last scan
 */
export function signsAfter(old: Signs, day: number, seen: { newNetwork: boolean; jump: boolean }): Signs {
  const today = day <= old.day ? old : begun(old, day);
  const networks = today.networks + (seen.newNetwork ? 1 : 0);
  const isHeat = seen.newNetwork && networks > 1 && networks <= 1 + HEAT_DAY_MAX;
  return {
    day: today.day,
    networks: Math.min(networks, COUNT_MAX),
    jumps: Math.min(today.jumps + (seen.jump ? 1 : 0), COUNT_MAX),
    crowd: Math.min(today.crowd + WHOLE, COUNT_MAX),
    heat: today.heat + (isHeat ? WHOLE : 0),
    far: today.far + (seen.jump && today.jumps === 0 ? WHOLE : 0),
    home: today.home,
  };
}

function begun(old: Signs, day: number): Signs {
  const days = day - old.day;
  return {
    day,
    networks: 0,
    jumps: 0,
    crowd: faded(old.crowd, days),
    heat: faded(old.heat, days),
    far: faded(old.far, days),
    home: old.home,
  };
}

/** As seals cover them: numbers between spaces, without zeros at the end. Stores kept them so at first, too. */
export function signsText({ day, networks, jumps, crowd, heat, far, home }: Signs): string {
  if (home !== 0) return `${day} ${networks} ${jumps} ${crowd} ${heat} ${far} ${home}`;
  if (far !== 0) return `${day} ${networks} ${jumps} ${crowd} ${heat} ${far}`;
  return heat === 0 ? `${day} ${networks} ${jumps} ${crowd}` : `${day} ${networks} ${jumps} ${crowd} ${heat}`;
}

/** As stores keep them, in as few bytes as a text allows: in base 36 between commas, without zeros. */
export function signsKept({ day, networks, jumps, crowd, heat, far, home }: Signs): string {
  const start = `${day.toString(36)},${kept(networks)},${kept(jumps)},${kept(crowd)}`;
  if (home !== 0) return `${start},${kept(heat)},${kept(far)},${kept(home)}`;
  if (far !== 0) return `${start},${kept(heat)},${kept(far)}`;
  return heat === 0 ? start : `${start},${kept(heat)}`;
}

function kept(count: number): string {
  return count === 0 ? '' : count.toString(36);
}

/** Reads `signsKept`, and `signsText` where a store still has it. */
export function signsOfText(text: string): Signs {
  const numbers = text.includes(',')
    ? text.split(',').map((part) => (part === '' ? 0 : Number.parseInt(part, 36)))
    : text.split(' ').map(Number);
  const [day = 0, networks = 0, jumps = 0, crowd = 0, heat = 0, far = 0, home = 0] = numbers;
  return { day, networks, jumps, crowd, heat, far, home };
}
