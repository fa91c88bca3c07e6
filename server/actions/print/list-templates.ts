// What anyone signed in may print on: the templates that come with the program, the pages a printer is measured with, and the
// office's own.

import type { Actor } from '../../domain/people/account.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { templateSummary, testGridSummary, type TemplateSummary } from '../../sheet/template/template-fit.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { ownTemplates } from './own-templates.ts';
import { decide } from '../kit/rights.ts';

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
