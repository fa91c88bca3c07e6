// The simulator's assumptions about the world, each value with its source and the values of its sweep. For most of them
// nothing is published: those say "unknown", and the sweep shows what depends on them. Change this file only when a
// better source is found, never to make a rule look better (docs/decisions/0036-copies.md).

export interface Parameter {
  base: number;
  /** Other values to run the base case with, one parameter at a time. */
  sweep: readonly number[];
  /** What it counts. */
  what: string;
  source: string;
}

export const PARAMETERS = {
  scannedShare: {
    base: 0.1,
    sweep: [0.05, 0.2],
    what: 'share of sold packs that their buyer scans',
    source: '1-2 of 10 customers (Vietnamese press, 2019); 10 % of buyers (Sproxil); 14 % in campaigns (vendors)',
  },
  repeatShare: {
    base: 0.22,
    sweep: [0.1, 0.4],
    what: "share of repeats among a stamp's scans",
    source: 'one vendor\'s example; "above 25 % is unusual"; weak',
  },
  shopScans: {
    base: 1,
    sweep: [0, 2, 5],
    what: 'mean scans before sale, by shop and browsing customers',
    source: 'unknown, 0-5',
  },
  browsingShare: {
    base: 0.5,
    sweep: [0.2, 1],
    what: 'share of the scans before sale that customers make who do not buy',
    source: 'unknown',
  },
  cupboardDays: {
    base: 540,
    sweep: [30],
    what: 'longest time between two honest scans, from minutes on, log-uniform',
    source: 'unknown, minutes to 18 months',
  },
  familyPhones: { base: 3, sweep: [1, 6], what: 'most phones in a family, uniform from one', source: 'unknown' },
  wifiShare: { base: 0.4, sweep: [0.1, 0.8], what: 'share of scans over a fixed line', source: 'unknown' },
  phonesAtAddress: {
    base: 150,
    sweep: [100, 1_000],
    what: 'phones behind one IPv4 address of a carrier',
    source: 'more than 100 (Cloudflare on carrier NAT, 2025)',
  },
  gatewayShare: {
    base: 0.15,
    sweep: [0, 0.5],
    what: 'share of markets and shops whose phones are all behind one address',
    source: 'unknown',
  },
  frozenAgents: {
    base: 0.35,
    sweep: [0.1, 0.8],
    what: 'share of phones with the commonest agent family',
    source: 'unknown; browsers freeze their agent strings',
  },
  placeWrong: {
    base: 0.2,
    sweep: [0.05, 0.4],
    what: "share of mobile scans placed at a carrier's gateway city",
    source: 'common, by region; no Vietnamese figure',
  },
  placesKnown: {
    base: 1,
    sweep: [0],
    what: 'whether a trusted proxy states the province (PLACE_HEADER)',
    source: "the operator's choice",
  },
  tourists: {
    base: 0.05,
    sweep: [0, 0.2],
    what: 'share of buyers who carry the pack to another province',
    source: 'unknown',
  },
  producerTries: {
    base: 0.01,
    sweep: [0.05],
    what: 'share of scanned stamps that the producer tried before, not signed in',
    source: 'unknown',
  },
  fairs: {
    base: 50,
    sweep: [0, 200],
    what: 'stamps of 100,000 scanned that lie at a fair for 1-3 days: 5-60 visitors',
    source: 'unknown',
  },
  shownInPublic: {
    base: 20,
    sweep: [0, 60],
    what: 'stamps of 100,000 scanned that a livestream or post shows legibly',
    source: 'unknown',
  },
  viewersMax: {
    base: 300,
    sweep: [1_000],
    what: 'most viewers who scan a shown stamp, from 3 on, log-uniform',
    source: 'unknown',
  },
  unmarkedDisplays: {
    base: 10,
    sweep: [0, 30],
    what: 'stamps of 100,000 scanned that stand on show for 30-180 days and that nobody marked as display',
    source: 'unknown',
  },
  pinUsed: {
    base: 0.2,
    sweep: [0.6],
    what: 'share of scanned stamps whose PIN the buyer scratches off',
    source: 'unknown',
  },
  copyDaysMin: { base: 3, sweep: [90], what: 'shortest time over which copies are sold, in days', source: 'unknown' },
  copyDaysMax: {
    base: 365,
    sweep: [7],
    what: 'longest time over which copies are sold, in days, log-uniform',
    source: 'unknown',
  },
  copyProvincesOne: {
    base: 0.4,
    sweep: [0, 1],
    what: 'share of copiers who sell in one province; half of the others in 2-4, half in all',
    source: 'unknown',
  },
  sabotageDays: {
    base: 7,
    sweep: [1, 14, 30],
    what: 'longest time a rival stays at it, in days, log-uniform from one',
    source: 'unknown',
  },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof PARAMETERS;
export type Settings = Record<ParameterName, number>;

/** Copies made of one code, log-uniform: 780 refilled bottles (Wuhan), one code on 754,000 bottles (CCTV, 2015). */
export const COPIES_MIN = 20;
export const COPIES_MAX = 1_000_000;

/** A rival: thirty addresses, each with 152 agent families, on forty stamps of a shelf (a trial of November 2026). */
export const SABOTAGE = { addresses: 30, agentFamilies: 152, stamps: 40 } as const;

/** The goals: per 100,000 honest stamps scanned, and within this many scans of copies. */
export const TARGETS = {
  falseAlarms: 30,
  falseCases: 300,
  noticedShare: 0.95,
  noticedWithin: 25,
  copiedFrom: 50,
  missedPointsShare: 0.1,
} as const;

/** The base case with some values changed. */
export function settingsWith(changed: Partial<Settings> = {}): Settings {
  const base = Object.fromEntries(Object.entries(PARAMETERS).map(([name, { base: value }]) => [name, value]));
  return { ...(base as Settings), ...changed };
}

/** The base case, and one point for each value of each sweep. */
export function sweepPoints(): { name: string; changed: Partial<Settings> }[] {
  return [
    { name: 'base', changed: {} },
    ...Object.entries(PARAMETERS).flatMap(([name, { sweep }]) =>
      (sweep as readonly number[]).map((value) => ({ name: `${name} = ${value}`, changed: { [name]: value } })),
    ),
  ];
}
