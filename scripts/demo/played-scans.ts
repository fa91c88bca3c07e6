// The scans of the demo's weeks, made from a fixed seed: buyers near and far, a fair, a homestay's sign, and a stamp
// whose copies are sold in six provinces. A visitor is an address and a phone. The real rules give the verdict.

import { ACTIVATED, BATCHES, COPIED_SERIAL, DISPLAY, SAMPLE_SERIALS, VOIDED, type PlannedBatch } from './story.ts';

export interface PlayedScan {
  at: Date;
  key: string;
  serial: number;
  province: string;
  address: string;
  userAgent: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SEED = 20_261_124;
/** People scan by day: hours after midnight in Vietnam. */
const FIRST_HOUR = 7;
const LAST_HOUR = 21;
const VIETNAM_OFFSET_MS = 7 * HOUR_MS;

/** Where buyers are: mostly in the home province and Hà Nội. */
const BUYERS_IN: readonly [province: string, weight: number][] = [
  ['Phú Thọ', 45],
  ['Hà Nội', 30],
  ['Ninh Bình', 6],
  ['Hải Phòng', 5],
  ['Thái Nguyên', 4],
  ['Bắc Ninh', 4],
  ['Quảng Ninh', 3],
  ['Hồ Chí Minh', 3],
];
/** Where the copies of one stamp are sold, in the order of a day. */
const COPIES_IN = ['Hà Nội', 'Hồ Chí Minh', 'Đà Nẵng', 'Cần Thơ', 'Lâm Đồng', 'Hải Phòng'];
const COPY_DAYS = 16;
/** Time between two scans of a day's copies: too short to travel between the places. */
const COPY_STEP_MS = 35 * MINUTE_MS;

const PHONES = [
  'Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 11; RMX3231) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36',
];

/**
 * All scans, in order of time.
 *
 * @param batches what was issued: quantity and moment by the story's key
 */
export function playedScans(
  batches: ReadonlyMap<string, { quantity: number; issuedAt: Date }>,
  end: Date,
): PlayedScan[] {
  const random = seeded(SEED);
  const scans: PlayedScan[] = [];
  for (const planned of BATCHES) {
    const batch = batches.get(planned.key);
    if (batch === undefined) throw new RangeError(`no batch ${planned.key} was issued`);
    scans.push(...buyersOf(planned, batch, end, random));
  }
  scans.push(...visitorsOfTheFair(end, random), ...copiesOf(end, random));
  return scans.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function buyersOf(
  planned: PlannedBatch,
  batch: { quantity: number; issuedAt: Date },
  end: Date,
  random: () => number,
): PlayedScan[] {
  const serials = planned.kind === 'plaque' ? [] : sellable(planned, batch.quantity, random);
  const scans: PlayedScan[] = [];
  for (let n = 0; n < planned.scans; n += 1) {
    const at = dayTime(batch.issuedAt, end, random);
    const scan: PlayedScan = {
      at,
      key: planned.key,
      serial: serials[n] ?? 1,
      province: buyerProvince(random),
      ...someone(random),
    };
    scans.push(scan);
    // Every fifth buyer scans it again at home the next day.
    const later = new Date(at.getTime() + DAY_MS);
    if (n % 5 === 0 && later < end) scans.push({ ...scan, at: later, ...someone(random) });
  }
  return scans;
}

/** Serials that may be sold, in a random order: not samples, void, on display or copied. */
function sellable(planned: PlannedBatch, quantity: number, random: () => number): number[] {
  const last = planned.kind === 'blank' ? ACTIVATED.to : quantity;
  const kept = Object.values(SAMPLE_SERIALS)
    .flat()
    .filter(({ key }) => key === planned.key);
  const isKept = (serial: number): boolean =>
    kept.some((sample) => sample.serial === serial) ||
    (planned.key === 'orange-link' && serial <= DISPLAY.to) ||
    (planned.key === 'herbal-tea' && serial >= VOIDED.from);
  const serials = Array.from({ length: last }, (_, at) => at + 1).filter((serial) => !isKept(serial));
  return serials
    .map((serial) => ({ serial, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ serial }) => serial);
}

/** Two days on a table in Hà Nội: many people, one stamp. */
function visitorsOfTheFair(end: Date, random: () => number): PlayedScan[] {
  return Array.from({ length: 64 }, (_, n) => ({
    at: dayTime(
      new Date(end.getTime() - (n < 40 ? 4 : 3) * DAY_MS),
      new Date(end.getTime() - (n < 40 ? 3 : 2) * DAY_MS),
      random,
    ),
    key: 'orange-link',
    serial: DISPLAY.from,
    province: 'Hà Nội',
    ...someone(random),
  }));
}

function copiesOf(end: Date, random: () => number): PlayedScan[] {
  return Array.from({ length: COPY_DAYS }, (_, day) => {
    const morning = vietnamMidnight(end) - (day + 1) * DAY_MS + 9 * HOUR_MS;
    return COPIES_IN.map((province, n) => ({
      at: new Date(morning + n * COPY_STEP_MS),
      key: 'honey',
      serial: COPIED_SERIAL,
      province,
      ...someone(random),
    }));
  }).flat();
}

/** A moment between the two at which people are awake; more likely in the later half, as goods spread. */
function dayTime(from: Date, to: Date, random: () => number): Date {
  const share = Math.max(random(), random());
  const moment = from.getTime() + share * (to.getTime() - from.getTime());
  const midnight = vietnamMidnight(new Date(moment));
  const awake = midnight + (FIRST_HOUR + random() * (LAST_HOUR - FIRST_HOUR)) * HOUR_MS;
  return new Date(Math.min(Math.max(awake, from.getTime() + MINUTE_MS), to.getTime() - MINUTE_MS));
}

function vietnamMidnight(at: Date): number {
  return Math.floor((at.getTime() + VIETNAM_OFFSET_MS) / DAY_MS) * DAY_MS - VIETNAM_OFFSET_MS;
}

function buyerProvince(random: () => number): string {
  let left = random() * BUYERS_IN.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [province, weight] of BUYERS_IN) {
    left -= weight;
    if (left < 0) return province;
  }
  return 'Phú Thọ';
}

/** An address in the range reserved for carriers' networks (RFC 6598), and a phone. */
function someone(random: () => number): { address: string; userAgent: string } {
  const part = (): number => Math.floor(random() * 256);
  return {
    address: `100.${64 + (part() & 63)}.${part()}.${part()}`,
    userAgent: PHONES[Math.floor(random() * PHONES.length)] ?? '',
  };
}

/** mulberry32: small, even enough for a story, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
