// What an office looks at before it answers a case: the stamp's scans by day and by province, the stamps beside it on
// the sheet, and the batch's other cases.

import type { Actor } from '../../domain/people/account.ts';
import { addDays, dayIn } from '../../domain/calendar.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page, StoredScan } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { todayOf } from '../kit/today.ts';
import { listCases, type CaseRow } from './find-cases.ts';

/** Of one stamp; the tally counts all, and by then the picture is plain. */
const SCANS_MAX = 1_000;
const PAGE_SIZE = 200;
/** The timeline's length. */
const DAYS = 60;
/** Stamps on either side: a row of the usual sheets. */
const NEIGHBOURS = 4;
/** Other cases of the batch, the most urgent first; the list of cases has them all. */
const OTHERS_MAX = 10;

export interface CaseEvidence {
  /** The last days, in order, each with its scans. */
  days: { day: Day; scans: number }[];
  scans: number;
  /** By province, the most scans first; those without a place are left out. */
  provinces: { province: string; scans: number }[];
  /** By serial; the stamp itself is among them. */
  neighbours: { serial: number; scans: number; visitorDays: number }[];
  /** Networks of the last day counted. */
  networks: number;
  others: CaseRow[];
  /** How many other cases the batch has. */
  othersCount: number;
}

/** Problems: not-found. */
export async function caseEvidence(
  actor: Actor,
  { batchId, serial }: { batchId: Id; serial: number },
  ctx: ActionContext,
): Promise<Result<CaseEvidence>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
  if (!found.ok) return found;
  const batch = found.value.doc;
  const listed = await listCases(actor, { officeId: batch.officeId, batchId }, ctx);
  if (!listed.ok) return listed;
  const scans = await scansOf(batchId, serial, ctx);
  const others = listed.value.rows.filter((row) => row.serial !== serial);
  const tally = await ctx.store.scans.tallyOf(batchId, serial);
  return ok({
    ...daysOf(scans, ctx),
    provinces: provincesOf(scans),
    neighbours: await neighboursOf(batchId, serial, batch.quantity, ctx),
    networks: tally?.signs?.networks ?? 0,
    others: others.slice(0, OTHERS_MAX),
    othersCount: others.length,
  });
}

/** Those that counted, newest first. */
async function scansOf(batchId: Id, serial: number, ctx: ActionContext): Promise<StoredScan[]> {
  const scans: StoredScan[] = [];
  let after: string | null = null;
  do {
    const page: Page<StoredScan> = await ctx.store.scans.list(
      { batchId, serial, from: null, to: null },
      { limit: PAGE_SIZE, after },
    );
    scans.push(...page.items.filter(({ counted }) => counted));
    after = page.next;
  } while (after !== null && scans.length < SCANS_MAX);
  return scans;
}

function daysOf(scans: readonly StoredScan[], ctx: ActionContext): Pick<CaseEvidence, 'days' | 'scans'> {
  const today = todayOf(ctx);
  const counts = new Map<Day, number>();
  for (const { at } of scans) {
    const day = dayIn(ctx.settings.timeZone, at);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = Array.from({ length: DAYS }, (_, i) => {
    const day = addDays(today, i + 1 - DAYS);
    return { day, scans: counts.get(day) ?? 0 };
  });
  return { days, scans: days.reduce((sum, day) => sum + day.scans, 0) };
}

function provincesOf(scans: readonly StoredScan[]): CaseEvidence['provinces'] {
  const counts = new Map<string, number>();
  for (const { province } of scans) if (province !== null) counts.set(province, (counts.get(province) ?? 0) + 1);
  return [...counts].map(([province, count]) => ({ province, scans: count })).sort((a, b) => b.scans - a.scans);
}

async function neighboursOf(
  batchId: Id,
  serial: number,
  quantity: number,
  ctx: ActionContext,
): Promise<CaseEvidence['neighbours']> {
  const first = Math.max(1, serial - NEIGHBOURS);
  const last = Math.min(quantity, serial + NEIGHBOURS);
  const serials = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return Promise.all(
    serials.map(async (one) => {
      const tally = await ctx.store.scans.tallyOf(batchId, one);
      return { serial: one, scans: tally?.count ?? 0, visitorDays: tally?.visitorDays ?? 0 };
    }),
  );
}
