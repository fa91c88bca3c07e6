// The label templates that anyone signed in may print on.

import type { Actor } from '../domain/account.ts';
import { ok, type Result } from '../domain/problem.ts';
import { templateSummary, type TemplateSummary } from '../sheet/template-fit.ts';
import type { ActionContext } from './context.ts';
import { decide } from './rights.ts';

export async function listTemplates(actor: Actor, ctx: ActionContext): Promise<Result<TemplateSummary[]>> {
  const may = decide(actor, 'read-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  return ok([...ctx.templates.values()].map(({ template }) => templateSummary(template)));
}
