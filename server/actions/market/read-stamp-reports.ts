// Reads reports of stamps that are not ours, for the office of their place, its inspectors, and admins.

import { z } from 'zod';
import type { Id } from '../../domain/entity.ts';
import { COMPLAINT_STATES } from '../../domain/market/complaint.ts';
import { NO_SOURCE, type StampReport } from '../../domain/market/stamp-report.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { StoreError, type Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { listInReach, readInReach } from '../kit/reach.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';

export const listStampReportsQuery = pageQuery.extend({
  state: z.enum(COMPLAINT_STATES).optional(),
  source: z.string().min(1).max(300).optional().meta({ description: 'What reports of the same stamps share.' }),
  batchId: id.optional().meta({ description: 'The batch of ours whose id stands in the code that was read.' }),
});

export function readStampReport(actor: Actor, reportId: Id, ctx: ActionContext): Promise<Result<StampReport>> {
  return readInReach(ctx.store.stampReports, actor, 'handle-stamp-report', reportId);
}

/** Newest first. */
export function listStampReports(
  actor: Actor,
  query: z.output<typeof listStampReportsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<StampReport>>> {
  const { limit, after, ...filter } = query;
  const wanted = withoutUndefined(filter);
  return listInReach(ctx.store.stampReports, actor, 'handle-stamp-report', wanted, { limit, after });
}

/** Other reports of the same stamps, newest first, at most `limit`; `more`: there are further ones. */
export async function readReportsBeside(
  actor: Actor,
  report: StampReport,
  limit: number,
  ctx: ActionContext,
): Promise<Result<{ items: StampReport[]; more: boolean }>> {
  if (report.source === NO_SOURCE) return ok({ items: [], more: false });
  const page = await listStampReports(actor, { source: report.source, limit: limit + 1, after: null }, ctx);
  if (!page.ok) return page;
  const others = page.value.items.filter(({ id: other }) => other !== report.id);
  return ok({ items: others.slice(0, limit), more: others.length > limit || page.value.next !== null });
}

/** Problems: not-found, also for another report's photograph. */
export async function readStampReportPhoto(
  actor: Actor,
  input: { id: Id; photo: Id },
  ctx: ActionContext,
): Promise<Result<{ mediaType: string; bytes: Uint8Array }>> {
  const found = await readStampReport(actor, input.id, ctx);
  if (!found.ok) return found;
  const { stampFileIds, packFileIds } = found.value;
  if (![...stampFileIds, ...packFileIds].includes(input.photo)) return fail('not-found', 'There is no such record.');
  const file = await ctx.store.files.get(input.photo);
  if (file === null) throw new StoreError('tampered', `file ${input.photo} is missing`);
  return ok(file);
}
