// How many alarms were false, month by month, and alarms that are no stamp's own: wrong codes under a batch, visitors
// who try many codes, and stamps scanned before their activation, each grouped by batch.

import type { Actor } from '../../domain/people/account.ts';
import { addDays, dayIn } from '../../domain/calendar.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { isQuieting } from '../../domain/stamp/stamp-answer.ts';
import type { Refusals } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { todayOf } from '../kit/today.ts';
import { reachBatches } from '../batches/reach-batches.ts';
import { listCases } from './find-cases.ts';
import { reportAlarms, type ReportAlarms } from './report-alarms.ts';

/** Days over which wrong codes are added up. */
const CODE_DAYS = 7;
/** Wrong codes under one batch in that time that are an alarm: people who type codes make some dozens in a large one. */
export const WRONG_CODES_MIN = 20;
/** Kinds of refused look-ups that are read; the most frequent come first. */
const REFUSALS_MAX = 1_000;
/** Batches shown for each alarm, the most first. */
const BATCHES_MAX = 50;

export interface AlarmMonth {
  /** `2026-11` */
  month: string;
  opened: number;
  /** Closed as copied or stolen. */
  right: number;
  /** Closed as a mistake, a display, sabotage, or shown in public. */
  wrong: number;
  /** Still looked at, or closed before there were outcomes. */
  open: number;
}

export interface BatchAlarm {
  batchId: Id;
  count: number;
}

export interface BatchAlarms {
  /** The most first, at most BATCHES_MAX. */
  shown: BatchAlarm[];
  batches: number;
}

export interface Alarms {
  /** The latest first; months without a case are left out. */
  months: AlarmMonth[];
  wrongCodes: BatchAlarms;
  /** Visitors of a day who tried many wrong codes, some of them under this batch. */
  codesOfOne: BatchAlarms;
  /** Visitors of a day who looked up very many stamps of it. */
  stampsOfOne: BatchAlarms;
  beforeActivation: BatchAlarms;
  /** Stamps that are not ours, reported more than once. */
  reports: ReportAlarms;
}

/** Problems: invalid. */
export async function countAlarms(
  actor: Actor,
  input: { officeId?: Id | undefined },
  ctx: ActionContext,
): Promise<Result<Alarms>> {
  const reached = await reachBatches(actor, input, ctx);
  if (!reached.ok) return reached;
  const { batchOf, officeId } = reached.value;
  const isOwn = (id: Id | null): boolean => id !== null && batchOf(id) !== undefined;
  const today = todayOf(ctx);
  const days = { from: addDays(today, 1 - CODE_DAYS), to: today };
  const ofBatches = async (reasons: readonly Refusals['reason'][], least?: number): Promise<BatchAlarms> => {
    const refused = await ctx.store.scans.refusals(days, reasons, REFUSALS_MAX);
    const counts = refused.map(({ batchId, count }) => ({ batchId: batchId ?? '', count }));
    return byBatch(
      counts.filter(({ batchId }) => isOwn(batchId)),
      least,
    );
  };
  const cases = await listCases(actor, { ...input, state: 'new' }, ctx);
  if (!cases.ok) return cases;
  const early = cases.value.rows.filter(({ reasons }) => reasons.includes('scanned-before-activation'));
  return ok({
    months: await monthsOf(officeId, isOwn, ctx),
    wrongCodes: await ofBatches(['malformed', 'not-ours'], WRONG_CODES_MIN),
    codesOfOne: await ofBatches(['codes-of-one']),
    stampsOfOne: await ofBatches(['stamps-of-one']),
    beforeActivation: byBatch(early.map(({ batchId }) => ({ batchId, count: 1 }))),
    reports: await reportAlarms(actor, officeId, ctx),
  });
}

async function monthsOf(officeId: Id, isOwn: (id: Id) => boolean, ctx: ActionContext): Promise<AlarmMonth[]> {
  const months = new Map<string, AlarmMonth>();
  for await (const one of everyOf(ctx.store.cases, { officeId })) {
    if (!isOwn(one.batchId)) continue;
    const month = (one.openedOn ?? dayIn(ctx.settings.timeZone, one.createdAt)).slice(0, 'yyyy-mm'.length);
    const counts = months.get(month) ?? { month, opened: 0, right: 0, wrong: 0, open: 0 };
    const outcome = one.state === 'closed' ? (one.outcome ?? null) : null;
    const kind = outcome === null ? 'open' : isQuieting(outcome) ? 'wrong' : 'right';
    months.set(month, { ...counts, opened: counts.opened + 1, [kind]: counts[kind] + 1 });
  }
  return [...months.values()].sort((a, b) => (a.month < b.month ? 1 : -1));
}

/** Added up, the most first. @param least a batch with fewer is no alarm */
function byBatch(counts: readonly BatchAlarm[], least = 1): BatchAlarms {
  const sums = new Map<Id, number>();
  for (const { batchId, count } of counts) sums.set(batchId, (sums.get(batchId) ?? 0) + count);
  const found = [...sums].map(([batchId, count]) => ({ batchId, count })).filter(({ count }) => count >= least);
  return { shown: found.sort((a, b) => b.count - a.count).slice(0, BATCHES_MAX), batches: found.length };
}
