// Runs one point: honest stamps, copied stamps and rivals, from a seed. It simulates one stamp at a time, so that
// memory does not grow. All rates are per honest stamp that was scanned, or per copied stamp.

import { ON_GOODS } from '../../server/domain/stamp/suspect.ts';
import type { BatchTally } from '../../server/domain/stamp/tally.ts';
import { chanceOf } from './chance.ts';
import { copying, refilled, rivalOf, sabotage, type RivalPlaces } from './copying.ts';
import { honestLife, type HonestKind } from './honest.ts';
import { SABOTAGE, TARGETS, type Settings } from './parameters.ts';
import { DAY_MS, People, type Look } from './people.ts';
import { CURVE_MAX, replay, type Replayed } from './replay.ts';
import type { RivalRule } from './rivals.ts';

export interface Size {
  /** Honest stamps that are scanned. */
  honest: number;
  copied: number;
  /** Number of rivals, each on forty stamps. */
  rivals: number;
  seed: number;
}

const ORIGINALS = ['sold', 'shelf', 'after a PIN', 'before a PIN'] as const;
type Original = (typeof ORIGINALS)[number];

/** As shares of the copied stamps. */
export interface Noticed {
  stamps: number;
  /** Noticed (case or page) within TARGETS.noticedWithin scans of copies. */
  inTime: number;
  byPage: number;
  /** As `inTime`, among those that had that many scans of copies at all. */
  scannedEnough: number;
  inTimeOfThose: number;
  byPageOfThose: number;
}

export interface Measured {
  honest: { stamps: number; cases: number; pages: number; byKind: Record<HonestKind, [cases: number, pages: number]> };
  copied: Record<Original, Noticed>;
  rivals: { seeds: number; stamps: number; pages: number; cases: number };
  stolen: { stamps: number; atFirst: number };
  refilled: { stamps: number; noticed: number };
  /** By threshold 0..CURVE_MAX: honest stamps that reach it, and copied ones that reach it in time. */
  curves: { crowdHonest: number[]; crowdCopied: number[]; heatHonest: number[]; heatCopied: number[]; copied: number };
  others: OtherMeasured[];
  /** The honest stamps simulated so far: the rule needs figures of the batch around a stamp. */
  batch: BatchTally;
  scans: number;
  cpuSeconds: number;
}

/** Simulated before anything is counted, so that the batch around the first stamps is not empty. */
const WARM_UP = 1_000;
/** Other rules are tried on the stamps of this many rivals; some take a thousand times as long as ours. */
const RIVALS_OF_RULES = 6;
/** Another rule on the same stamps. */
export interface OtherMeasured {
  name: string;
  honest: number;
  /** Stamps with enough copies, and how many of them were noticed in time. */
  stamps: number;
  strict: number;
  /** Of the stamps with enough scans of copies. */
  scannedEnough: number;
  inTime: number;
  /** Shelf stamps that a rival scanned, and how many of them the rule accuses. */
  attacked: number;
  blackened: number;
}

const YEAR_DAYS = 365;

export function measure(settings: Settings, size: Size, rules: readonly RivalRule[] = []): Measured {
  const before = process.cpuUsage();
  const people = new People(chanceOf(size.seed), settings);
  const done = emptyMeasured(rules);
  for (let i = 0; i < WARM_UP; i += 1) honest(people, done, []);
  const { batch } = done;
  Object.assign(done, emptyMeasured(rules), { batch });
  for (let i = 0; i < size.honest; i += 1) honest(people, done, rules);
  for (let i = 0; i < size.copied; i += 1) copied(people, done, rules, ORIGINALS[i % ORIGINALS.length] as Original);
  for (let i = 0; i < size.rivals; i += 1)
    rival(people, done, rules, (['one', 'many', 'lied'] as const)[i % 3] as RivalPlaces);
  for (let i = 0; i < size.copied / 10; i += 1) {
    stolen(people, done);
    refill(people, done);
  }
  const used = process.cpuUsage(before);
  done.cpuSeconds = (used.user + used.system) / 1e6;
  return done;
}

function begin(people: People): { home: number; fromMs: number } {
  return { home: people.province(), fromMs: people.chance.next() * YEAR_DAYS * DAY_MS };
}

function honest(people: People, done: Measured, rules: readonly RivalRule[]): void {
  const { home, fromMs } = begin(people);
  const life = honestLife(people, home, fromMs);
  const looks = sorted(life.looks);
  const played = play(done, looks);
  done.honest.stamps += 1;
  done.batch.stampsScanned += 1;
  done.batch.visitorDays += played.tally?.visitorDays ?? 0;
  const ofKind = done.honest.byKind[life.kind];
  if (played.caseAt !== Infinity) {
    done.honest.cases += 1;
    ofKind[0] += 1;
  }
  if (played.pageAt !== Infinity) {
    done.honest.pages += 1;
    ofKind[1] += 1;
  }
  const isOther = played.otherAt !== Infinity;
  for (let at = 0; at <= CURVE_MAX; at += 1) {
    if (isOther || played.crowdAt[at] !== undefined) add(done.curves.crowdHonest, at);
    if (played.heatAt[at] !== undefined) add(done.curves.heatHonest, at);
  }
  for (const [i, rule] of rules.entries())
    if (rule.alarmAt(looks) !== Infinity) (done.others[i] as { honest: number }).honest += 1;
}

function copied(people: People, done: Measured, rules: readonly RivalRule[], original: Original): void {
  const { chance } = people;
  const { home, fromMs } = begin(people);
  const life = honestLife(people, home, fromMs);
  // A copied stamp is an ordinary one: fairs and films are measured separately.
  if (life.kind !== 'bought') return;
  const usesPin = original === 'after a PIN' || original === 'before a PIN';
  const own = life.looks.filter(({ kind }) => kind !== 'pin');
  if (usesPin) own.push({ ...(own.at(-1) as Look), ms: life.soldMs + 2 * DAY_MS, kind: 'pin' });
  const isEarly = original === 'shelf' || original === 'before a PIN';
  const copiesFrom = isEarly ? fromMs : life.soldMs + (3 + chance.next() * 30) * DAY_MS;
  const { looks: added, copies } = copying(people, copiesFrom);
  if (copies < TARGETS.copiedFrom) return;
  const looks = sorted([...own, ...added]);
  const played = play(done, looks);
  const noticed = done.copied[original];
  const at = Math.min(played.caseAt, played.pageAt);
  const isInTime = at <= TARGETS.noticedWithin;
  const isTold = played.pageAt <= TARGETS.noticedWithin;
  noticed.stamps += 1;
  noticed.inTime += isInTime ? 1 : 0;
  noticed.byPage += isTold ? 1 : 0;
  for (const [i, rule] of rules.entries()) {
    const other = done.others[i] as OtherMeasured;
    const isNoticed = rule.alarmAt(looks) <= TARGETS.noticedWithin;
    other.stamps += 1;
    other.strict += isNoticed ? 1 : 0;
    if (played.copied < TARGETS.noticedWithin) continue;
    other.scannedEnough += 1;
    other.inTime += isNoticed ? 1 : 0;
  }
  if (played.copied < TARGETS.noticedWithin) return;
  noticed.scannedEnough += 1;
  noticed.inTimeOfThose += isInTime ? 1 : 0;
  noticed.byPageOfThose += played.pageAt === Infinity ? 0 : 1;
  done.curves.copied += 1;
  for (let t = 0; t <= CURVE_MAX; t += 1) {
    if (Math.min(played.otherAt, played.crowdAt[t] ?? Infinity) <= TARGETS.noticedWithin)
      add(done.curves.crowdCopied, t);
    if (played.heatAt[t] !== undefined) add(done.curves.heatCopied, t);
  }
}

function rival(people: People, done: Measured, rules: readonly RivalRule[], places: RivalPlaces): void {
  const attack = rivalOf(people, places);
  done.rivals.seeds += 1;
  for (let stamp = 0; stamp < SABOTAGE.stamps; stamp += 1) {
    const { home, fromMs } = begin(people);
    const life = honestLife(people, home, fromMs);
    // On the shelf: within the honest life's days before the sale.
    const looks = sorted([...life.looks, ...sabotage(people, Math.floor(fromMs / DAY_MS) * DAY_MS, attack)]);
    const played = play(done, looks);
    for (const [i, rule] of (done.rivals.seeds > RIVALS_OF_RULES ? [] : rules).entries()) {
      const other = done.others[i] as OtherMeasured;
      other.attacked += 1;
      other.blackened += rule.alarmAt(looks) === Infinity ? 0 : 1;
    }
    done.rivals.stamps += 1;
    if (played.caseAt !== Infinity) done.rivals.cases += 1;
    if (played.pageAt !== Infinity && life.kind === 'bought') done.rivals.pages += 1;
  }
}

/** A roll that was stolen before its activation: the first scanned pack of it. */
function stolen(people: People, done: Measured): void {
  const { home, fromMs } = begin(people);
  const look = people.look(people.phone(home), fromMs, true);
  const played = replay([look], null, { ...ON_GOODS, activatedAt: null }, false);
  done.stolen.stamps += 1;
  if (played.caseAt <= 1) done.stolen.atFirst += 1;
}

function refill(people: People, done: Measured): void {
  const { home, fromMs } = begin(people);
  const life = honestLife(people, home, fromMs);
  const played = play(done, sorted([...life.looks, ...refilled(people, life.soldMs + 30 * DAY_MS).looks]));
  done.refilled.stamps += 1;
  if (played.caseAt !== Infinity) done.refilled.noticed += 1;
}

function play(done: Measured, looks: readonly Look[]): Replayed {
  const played = replay(looks, done.batch);
  done.scans += played.scans;
  return played;
}

function sorted(looks: Look[]): Look[] {
  return looks.sort((a, b) => a.ms - b.ms);
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function emptyMeasured(rules: readonly RivalRule[]): Measured {
  const noticed = (): Noticed => ({
    stamps: 0,
    inTime: 0,
    byPage: 0,
    scannedEnough: 0,
    inTimeOfThose: 0,
    byPageOfThose: 0,
  });
  const zeros = (): number[] => Array.from({ length: CURVE_MAX + 1 }, () => 0);
  return {
    honest: {
      stamps: 0,
      cases: 0,
      pages: 0,
      byKind: { bought: [0, 0], fair: [0, 0], shown: [0, 0], 'on show': [0, 0] },
    },
    copied: { sold: noticed(), shelf: noticed(), 'after a PIN': noticed(), 'before a PIN': noticed() },
    rivals: { seeds: 0, stamps: 0, pages: 0, cases: 0 },
    stolen: { stamps: 0, atFirst: 0 },
    refilled: { stamps: 0, noticed: 0 },
    curves: { crowdHonest: zeros(), crowdCopied: zeros(), heatHonest: zeros(), heatCopied: zeros(), copied: 0 },
    others: rules.map(({ name }) => ({
      name,
      honest: 0,
      stamps: 0,
      strict: 0,
      scannedEnough: 0,
      inTime: 0,
      attacked: 0,
      blackened: 0,
    })),
    batch: { batchId: 'COPIES', count: 0, visitorDays: 0, stampsScanned: 0 },
    scans: 0,
    cpuSeconds: 0,
  };
}
