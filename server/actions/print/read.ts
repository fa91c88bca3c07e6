// Reads print jobs, printers and templates. A printer is shown under the id by which this actor finds it
// (printer-keys.ts).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { OwnTemplate } from '../../domain/print/own-template.ts';
import { PRINT_JOB_STATES, type PrintJob } from '../../domain/print/print-job.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { templateSummary, testGridSummary, type TemplateSummary } from '../../sheet/template/template-fit.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { officeOf } from '../kit/office-of.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { decide, reachOf } from '../kit/rights.ts';
import { findPrinter, keeperOf, shownTo } from './printer-keys.ts';
import { ownTemplates, templatesOf, wholeTemplateId, type Templates } from './templates.ts';

export const listPrintJobsQuery = pageQuery.extend({
  batchId: id.optional(),
  producerId: id.optional(),
  state: z.enum(PRINT_JOB_STATES).optional(),
});

export async function readPrintJob(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Result<PrintJob>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
  return found.ok ? ok(found.value.doc) : found;
}

/** Newest first. */
export function listPrintJobs(
  actor: Actor,
  query: z.output<typeof listPrintJobsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<PrintJob>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.printJobs, actor, 'work-batch', withoutUndefined(filter), { limit, after });
}

export const listPrintersQuery = pageQuery.extend({ producerId: id.optional() });

/** Under the id by which this actor finds it. */
export async function readPrinter(actor: Actor, printerId: Id, ctx: ActionContext): Promise<Result<Printer>> {
  const found = await findPrinter(actor, printerId, ctx);
  return found.ok ? ok(shownTo(await keeperOf(actor, undefined, ctx), found.value)) : found;
}

/** Newest first, under the ids by which this actor finds them. */
export async function listPrinters(
  actor: Actor,
  query: z.output<typeof listPrintersQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Printer>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.printers, actor, 'keep-printer', withoutUndefined(filter), {
    limit,
    after,
  });
  if (!found.ok) return found;
  const keeper = await keeperOf(actor, undefined, ctx);
  return ok({ items: found.value.items.map((printer) => shownTo(keeper, printer)), next: found.value.next });
}

/** The templates for stamps of this office, by id. If the actor cannot reach the office, only the built-in ones. */
export async function readTemplates(actor: Actor, officeId: Id, ctx: ActionContext): Promise<Templates> {
  const reached = reachOf(actor).officeId;
  return reached === undefined || reached === officeId ? templatesOf(ctx, officeId) : ctx.templates;
}

/** An own template of the actor's office. */
export async function readOwnTemplate(actor: Actor, key: Id, ctx: ActionContext): Promise<Result<OwnTemplate>> {
  const may = decide(actor, 'read-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await officeOf(actor, undefined, ctx);
  const found = office.ok ? await ctx.store.templates.get(wholeTemplateId(office.value, key)) : null;
  return found === null ? fail('not-found', 'There is no such template of your own.') : ok(found);
}

/** @param page `after` is the id of the last template seen */
export async function listTemplates(
  actor: Actor,
  { limit, after }: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<TemplateSummary>>> {
  const may = decide(actor, 'read-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const own = await ownTemplates(actor, ctx);
  const left = [
    ...[...ctx.templates.values(), ...own].map(({ template }) => templateSummary(template)),
    ...[...ctx.testGrids.values()].map(testGridSummary),
  ]
    .filter(({ id }) => after === null || id > after)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const items = left.slice(0, limit);
  return ok({ items, next: left.length > limit ? (items.at(-1)?.id ?? null) : null });
}
