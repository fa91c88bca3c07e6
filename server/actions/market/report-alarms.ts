// Reports of stamps that are not ours, as alarms: grouped by what reports of the same stamps share (stamp-report.ts
// sourceOf), so that an address or an invented code that several people met stands out of single letters.

import type { Actor } from '../../domain/people/account.ts';
import { addDays, startOfDay } from '../../domain/calendar.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { NO_SOURCE, type StampReport } from '../../domain/market/stamp-report.ts';
import type { Page } from '../../store/store.ts';
import type { Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { todayOf } from '../kit/today.ts';
import { listStampReports } from './read-stamp-reports.ts';

/** Days back from today. */
export const REPORT_DAYS = 30;
/** One report may be a mistake; two of one source are not. */
export const REPORTS_MIN = 2;
const PAGE_SIZE = 200;
/** Reports that are read, the newest first. A source has at most 100 a day (day-quotas.ts). */
const REPORTS_MAX = 2_000;
/** Sources shown, those with the most reports first. */
const SOURCES_MAX = 50;

export interface SourceAlarm {
  /** `host:tem-la.vn` */
  source: string;
  count: number;
  lastAt: Instant;
}

export interface ReportAlarms {
  shown: SourceAlarm[];
  sources: number;
}

/** Those that the actor may read; a producer reads none. */
export async function reportAlarms(actor: Actor, officeId: Id, ctx: ActionContext): Promise<ReportAlarms> {
  const since = startOfDay(ctx.settings.timeZone, addDays(todayOf(ctx), 1 - REPORT_DAYS)).toISOString();
  const found = new Map<string, SourceAlarm>();
  let after: string | null = null;
  for (let read = 0; read < REPORTS_MAX; read += PAGE_SIZE) {
    const page: Result<Page<StampReport>> = await listStampReports(actor, { limit: PAGE_SIZE, after }, ctx);
    if (!page.ok) break;
    const { items, next } = page.value;
    for (const { source, createdAt, officeId: of } of items) {
      if (createdAt < since || source === NO_SOURCE || of !== officeId) continue;
      const known = found.get(source);
      found.set(source, { source, count: (known?.count ?? 0) + 1, lastAt: known?.lastAt ?? createdAt });
    }
    after = next;
    if (after === null || (items.at(-1)?.createdAt ?? '') < since) break;
  }
  const alarms = [...found.values()].filter(({ count }) => count >= REPORTS_MIN);
  return { shown: alarms.sort((a, b) => b.count - a.count).slice(0, SOURCES_MAX), sources: alarms.length };
}
