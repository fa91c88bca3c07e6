// Adds something within the day's quota (day-quotas.ts), or says when to go on.

import { addDays, startOfDay } from '../../domain/calendar.ts';
import type { Day } from '../../domain/entity.ts';
import { fail, type Problem } from '../../domain/problem.ts';
import type { ActionContext } from './context.ts';
import { DAY_QUOTAS, type QuotaName } from './day-quotas.ts';
import { todayOf } from './today.ts';

/** Adds something where the day has room for it; what was not added does not count. Problems: quota-reached. */
export async function withinQuota<R extends { ok: true } | { ok: false; problem: Problem }>(
  ctx: ActionContext,
  name: QuotaName,
  of: string,
  add: () => Promise<R>,
): Promise<R | { ok: false; problem: Problem }> {
  const day = todayOf(ctx);
  if (!ctx.quotas.take(name, of, day)) return quotaReached(ctx, name, day);
  let isAdded = false;
  try {
    const outcome = await add();
    isAdded = outcome.ok;
    return outcome;
  } finally {
    if (!isAdded) ctx.quotas.giveBack(name, of, day);
  }
}

function quotaReached(ctx: ActionContext, name: QuotaName, day: Day): { ok: false; problem: Problem } {
  const { max, each, what } = DAY_QUOTAS[name];
  const nextDayMs = startOfDay(ctx.settings.timeZone, addDays(day, 1)).getTime();
  const retryAfterSeconds = Math.max(1, Math.ceil((nextDayMs - ctx.now().getTime()) / 1_000));
  const detail = `${what[0]?.toUpperCase()}${what.slice(1)}: at most ${max} a day for each ${each}. Go on tomorrow.`;
  return fail('quota-reached', detail, { details: { quota: name, max, retryAfterSeconds } });
}
