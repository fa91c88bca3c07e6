// Plays the scans of one stamp through the product's own visits, fold and rule, as a store and a look-up do. Reports at
// which scan of a copy the office and the buyer learn of it.

import { countsOf, ON_GOODS, suspicionOf, type SuspectContext } from '../../server/domain/stamp/suspect.ts';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import { foldScan } from '../../server/domain/stamp/tally-fold.ts';
import type { BatchTally, StampTally } from '../../server/domain/stamp/tally.ts';
import { PROVINCES } from '../../server/domain/places.ts';
import { foldPinTry } from '../../server/store/pin-tries.ts';
import { forgetDaysBefore, NETWORK_SYMBOLS, NO_VISITS, noteVisit } from '../../server/store/visits.ts';
import { DAY_MS, type Look } from './people.ts';

/** Start of the simulated year. */
const BEGIN_MS = Date.parse('2026-01-01T00:00:00.000Z');
/** Visits are kept for up to three days (DESIGN §6). */
const VISIT_DAYS = 3;
/** The curves go up to this crowd and heat. */
export const CURVE_MAX = 64;

export interface Replayed {
  tally: StampTally | null;
  /**
   * Scans of copies up to and including the one that raised it; Infinity: never. For an honest life alone: 0 if raised.
   */
  caseAt: number;
  pageAt: number;
  /** The case raised for another reason than the crowd. */
  otherAt: number;
  /** For each whole crowd and heat: the scan of a copy that first reached it. */
  crowdAt: number[];
  heatAt: number[];
  /** Scans of copies; all scans. */
  copied: number;
  scans: number;
}

const days = new Map<number, string>();
const names = new Map<number, string>();

/** @param looks sorted by time @param batch tally of the stamp's batch; null: the stamp is scanned alone */
export function replay(
  looks: readonly Look[],
  batch: BatchTally | null,
  context: SuspectContext = ON_GOODS,
  isActive = true,
): Replayed {
  let tally: StampTally | null = null;
  let visits = NO_VISITS;
  let lastDay = -VISIT_DAYS;
  const done: Replayed = {
    tally: null,
    caseAt: Infinity,
    pageAt: Infinity,
    otherAt: Infinity,
    crowdAt: [],
    heatAt: [],
    copied: 0,
    scans: 0,
  };
  for (const look of looks) {
    const day = Math.floor(look.ms / DAY_MS);
    const dayText = textOfDay(day);
    if (day - lastDay >= VISIT_DAYS) visits = NO_VISITS;
    else if (day !== lastDay) visits = forgetDaysBefore(visits, textOfDay(day - VISIT_DAYS + 1));
    lastDay = day;
    const atMs = BEGIN_MS + look.ms;
    const at = new Date(atMs).toISOString();
    if (look.kind !== 'scan') {
      const right = look.kind === 'pin';
      const attempt = { batchId: 'COPIES', serial: 1, at, day: dayText, network: nameOf(look.network), right };
      ({ tally, visits } = foldPinTry(tally, visits, attempt));
      continue;
    }
    done.scans += 1;
    if (look.copied) done.copied += 1;
    const visitor = nameOf(look.network) + look.agent.toString(36).padStart(4, '0');
    const noted = noteVisit(visits, dayText, visitor, atMs);
    if (noted === null) continue;
    visits = noted.visits;
    const scan: Scan = {
      id: '',
      batchId: 'COPIES',
      serial: 1,
      at,
      day: dayText,
      visitor,
      province: look.province < 0 ? null : (PROVINCES[look.province] ?? null),
      verdict: isActive ? 'valid' : 'not-activated',
      unlessSuspect: null,
      signedIn: false,
    };
    tally = foldScan(tally, scan, { ...noted, repeat: false });
    note(done, tally, batch, context);
  }
  done.tally = tally;
  return done;
}

function note(done: Replayed, tally: StampTally, batch: BatchTally | null, context: SuspectContext): void {
  const { copied, crowdAt, heatAt } = done;
  const { crowd, heat } = countsOf(tally);
  while (crowdAt.length <= Math.min(crowd, CURVE_MAX)) crowdAt.push(copied);
  while (heatAt.length <= Math.min(heat, CURVE_MAX)) heatAt.push(copied);
  if (done.caseAt !== Infinity && done.pageAt !== Infinity && done.otherAt !== Infinity) return;
  const { forConsumer, forOffice } = suspicionOf(tally, batch, context);
  if (forOffice.length > 0 && done.caseAt === Infinity) done.caseAt = copied;
  if (done.otherAt === Infinity && forOffice.some((reason) => reason !== 'many-visitors')) done.otherAt = copied;
  if (forConsumer !== null && done.pageAt === Infinity) done.pageAt = copied;
}

function textOfDay(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    text = new Date(BEGIN_MS + day * DAY_MS).toISOString().slice(0, 10);
    days.set(day, text);
  }
  return text;
}

/** As long as a network's part of a visitor's name. */
function nameOf(network: number): string {
  if (network >= 1_000_000_000) return network.toString(36).padStart(NETWORK_SYMBOLS, 'x');
  let name = names.get(network);
  if (name === undefined) {
    name = network.toString(36).padStart(NETWORK_SYMBOLS, 'c');
    names.set(network, name);
  }
  return name;
}
