// How stamps are scanned over some weeks: by day and by province, first scans against repeats, batch by batch.

import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '../../domain/people/account.ts';
import { addDays, daysBetween } from '../../domain/calendar.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { BATCHES_ASKED_MAX, type ScanCountBy } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import type { BatchFact, OfficeFacts } from '../kit/office-facts.ts';
import { readPeriod } from '../kit/period.ts';
import { reachBatches, type BatchFilter } from '../batches/reach-batches.ts';

/** A chart by day has no room for more. */
const OVERVIEW_DAYS_MAX = 92;
/** Batches whose scans are added up. An office with more must choose a producer. */
const OVERVIEW_BATCHES_MAX = 2_000;

export interface BatchScans {
  batch: BatchFact;
  product: string | null;
  producer: string;
  /**
   * All-time totals: counted scans, and stamps scanned at least once. Scans beyond the first of each stamp are repeats.
   */
  scans: number;
  stampsScanned: number;
  visitorDays: number;
}

export interface ScanOverview {
  officeId: Id;
  from: Day;
  to: Day;
  /** Every day of the period, including days without a scan. */
  days: { day: Day; scans: number }[];
  /** Largest first; null: the place is not known. */
  provinces: { province: string | null; scans: number }[];
  scans: number;
  /** All-time totals of all these batches. */
  ever: { scans: number; stampsScanned: number; visitorDays: number; stamps: number };
  /** Batches that were scanned, the most scanned first, at most `rowsMax`. */
  batches: BatchScans[];
  batchesScanned: number;
  batchesInReach: number;
}

/** Problems: invalid, if the period ends before it begins or is too long, or too many batches are in reach. */
export async function scanOverview(
  actor: Actor,
  input: BatchFilter & { from: Day; to: Day; rowsMax?: number },
  ctx: ActionContext,
): Promise<Result<ScanOverview>> {
  const { from, to, rowsMax = 50 } = input;
  const length = daysBetween(from, to) + 1;
  if (length < 1) return fieldProblem('invalid', 'to', 'before-from', 'The period ends before it begins.');
  if (length > OVERVIEW_DAYS_MAX)
    return fieldProblem('invalid', 'to', 'too-long', `At most ${OVERVIEW_DAYS_MAX} days are shown at once.`);
  const reached = await reachBatches(actor, input, ctx);
  if (!reached.ok) return reached;
  const { officeId, facts } = reached.value;
  const batches = reached.value.batches();
  if (batches.length > OVERVIEW_BATCHES_MAX)
    return fieldProblem(
      'invalid',
      'producerId',
      'too-many',
      `More than ${OVERVIEW_BATCHES_MAX} batches: pick a producer.`,
    );
  const ids = batches.map(({ id }) => id);
  const [byDay, byProvince] = await Promise.all([
    countAll(ids, { from, to }, 'day', ctx),
    countAll(ids, { from, to }, 'province', ctx),
  ]);
  const days = Array.from({ length }, (_, i) => addDays(from, i)).map((day) => ({ day, scans: byDay.get(day) ?? 0 }));
  const rows = await scannedBatches(batches, facts, ctx);
  const sum = (of: (row: BatchScans) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return ok({
    officeId,
    from,
    to,
    days,
    provinces: [...byProvince].map(([province, scans]) => ({ province, scans })).sort((a, b) => b.scans - a.scans),
    scans: days.reduce((total, { scans }) => total + scans, 0),
    ever: {
      scans: sum(({ scans }) => scans),
      stampsScanned: sum(({ stampsScanned }) => stampsScanned),
      visitorDays: sum(({ visitorDays }) => visitorDays),
      stamps: batches.reduce((total, { quantity }) => total + quantity, 0),
    },
    batches: rows.sort((a, b) => b.scans - a.scans).slice(0, rowsMax),
    batchesScanned: rows.length,
    batchesInReach: batches.length,
  });
}

async function countAll(
  ids: readonly Id[],
  days: { from: Day; to: Day },
  by: ScanCountBy,
  ctx: ActionContext,
): Promise<Map<string | null, number>> {
  const { timeZone } = ctx.settings;
  const period = readPeriod(days, timeZone);
  const sums = new Map<string | null, number>();
  if (!period.ok) return sums;
  for (const some of portions(ids)) {
    for (const { key, scans } of await ctx.store.scans.countAll(some, period.value, by, timeZone))
      sums.set(key, (sums.get(key) ?? 0) + scans);
    await turn(); // the store reads on this thread, so let look-ups run in between
  }
  return sums;
}

async function scannedBatches(
  batches: readonly BatchFact[],
  facts: OfficeFacts,
  ctx: ActionContext,
): Promise<BatchScans[]> {
  const byId = new Map(batches.map((batch) => [batch.id, batch]));
  const rows: BatchScans[] = [];
  for (const some of portions([...byId.keys()])) {
    for (const { batchId, count, stampsScanned, visitorDays } of await ctx.store.scans.batchTalliesOf(some)) {
      const batch = byId.get(batchId);
      if (batch === undefined || count === 0) continue;
      const product = batch.productId === null ? null : (facts.products.get(batch.productId)?.name ?? null);
      rows.push({
        batch,
        product,
        producer: facts.producers.get(batch.producerId)?.name ?? '',
        scans: count,
        stampsScanned,
        visitorDays,
      });
    }
  }
  return rows;
}

/** Pieces of a list, each small enough for one query. */
export function* portions<T>(list: readonly T[], size = BATCHES_ASKED_MAX): Generator<T[], void, void> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
