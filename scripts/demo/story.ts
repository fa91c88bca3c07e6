// What happens in the demo, as data: which lots get which stamps, and which scans come in. Nothing is executed here.
//
// The lots are those of the sample registry. The weeks before today are generated from a fixed seed, so that every
// folder has the same content except for its secrets.

import { dayIn, startOfDay } from '../../server/domain/calendar.ts';
import type { SerialRange } from '../../server/domain/batches/intervals.ts';

export const TIME_ZONE = 'Asia/Ho_Chi_Minh';
/** Weeks that are played back. */
const STORY_DAYS = 42;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

export interface PlannedBatch {
  /** The name used in this file. */
  key: string;
  /** The sample's reference of the product; for blank stamps, of the producer. */
  product: string;
  /** The sample's lot number; null for blank stamps and plaques. */
  lot: string | null;
  kind: 'goods' | 'blank' | 'plaque';
  /** Null: the count given for the lot. */
  quantity: number | null;
  carrier: 'short' | 'digital-link';
  pin: boolean;
  template: 'a4-65' | 'roll-50x30';
  /** Counted scans, spread over the weeks. */
  scans: number;
}

const GOODS = { kind: 'goods', quantity: null, carrier: 'short', pin: false, template: 'a4-65' } as const;

export const BATCHES: readonly PlannedBatch[] = [
  {
    ...GOODS,
    key: 'orange-link',
    product: 'S01',
    lot: 'CMT-2611-01',
    carrier: 'digital-link',
    template: 'roll-50x30',
    scans: 60,
  },
  { ...GOODS, key: 'orange-past', product: 'S01', lot: 'CMT-2610-02', scans: 90 },
  { ...GOODS, key: 'fish', product: 'S04', lot: 'CTD-2609-03', scans: 110 },
  { ...GOODS, key: 'honey', product: 'S07', lot: 'MO-2605-01', scans: 150 },
  { ...GOODS, key: 'tea-with-pins', product: 'S09', lot: 'SST-2604-01', pin: true, scans: 120 },
  { ...GOODS, key: 'scarf', product: 'S11', lot: 'TC-2608-01', scans: 25 },
  { ...GOODS, key: 'pomelo', product: 'S15', lot: 'BD-2611-02', scans: 130 },
  { ...GOODS, key: 'herbal-tea', product: 'S19', lot: 'GCL-2603-01', scans: 160 },
  { ...GOODS, key: 'spirit', product: 'S22', lot: 'RMH-2512-01', scans: 50 },
  { ...GOODS, key: 'oil', product: 'S25', lot: 'TDC-2602-01', scans: 60 },
  { ...GOODS, key: 'rice', product: 'S30', lot: 'NC-2611-01', scans: 40 },
  {
    ...GOODS,
    key: 'pomelo-roll',
    product: 'S15',
    lot: null,
    kind: 'blank',
    quantity: 1_000,
    template: 'roll-50x30',
    scans: 30,
  },
  {
    ...GOODS,
    key: 'homestay',
    product: 'S14',
    lot: null,
    kind: 'plaque',
    quantity: 2,
    template: 'roll-50x30',
    scans: 70,
  },
];

/** Serials of the roll that are activated, for the pomelo lot. */
export const ACTIVATED: SerialRange = { from: 1, to: 500 };
/** Oranges on a fair's table. */
export const DISPLAY: SerialRange = { from: 1, to: 3 };
/** Sheets of the herbal tea that got wet before they were used. */
export const VOIDED: SerialRange = { from: 4_876, to: 5_000 };
/** The honey stamp that is copied: somebody photographed and reprinted it. */
export const COPIED_SERIAL = 777;

/**
 * Stamps that the story does not scan, one for each verdict; `valid` takes the first whose lot has not passed its date.
 */
export const SAMPLE_SERIALS = {
  valid: [
    { key: 'rice', serial: 590 },
    { key: 'herbal-tea', serial: 4_000 },
    { key: 'scarf', serial: 240 },
  ],
  suspect: { key: 'honey', serial: COPIED_SERIAL },
  recalled: { key: 'fish', serial: 1_100 },
  void: { key: 'herbal-tea', serial: 4_900 },
  expired: { key: 'orange-past', serial: 290 },
  'not-activated': { key: 'pomelo-roll', serial: 900 },
} as const;

/** The story's clock, which actions and look-ups read. */
export interface StoryClock {
  at: Date;
}

/** The moments of the story, all before `now`. */
export interface StoryTimes {
  start: Date;
  end: Date;
  /** When a batch is issued: the morning after its lot was made, or the first day of the story. */
  issuedAt: (producedOn: string | null) => Date;
  /** This many hours before the end. */
  hoursAgo: (hours: number) => Date;
}

export function storyTimes(now: Date): StoryTimes {
  const today = startOfDay(TIME_ZONE, dayIn(TIME_ZONE, now));
  const start = new Date(today.getTime() - STORY_DAYS * DAY_MS + 8 * HOUR_MS);
  const end = new Date(now.getTime() - 5 * MINUTE_MS);
  const hoursAgo = (hours: number): Date => new Date(end.getTime() - hours * HOUR_MS);
  const issuedAt = (producedOn: string | null): Date => {
    if (producedOn === null) return start;
    const morningAfter = startOfDay(TIME_ZONE, producedOn).getTime() + DAY_MS + 8 * HOUR_MS;
    return new Date(Math.min(Math.max(morningAfter, start.getTime()), hoursAgo(48).getTime()));
  };
  return { start, end, hoursAgo, issuedAt };
}
