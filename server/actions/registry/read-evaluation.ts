// Reads evaluations: an office those of its producers, a producer its own.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Evaluation } from '../../domain/registry/evaluation.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery, text } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listEvaluationsQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  productId: id.optional(),
  round: text(40).optional(),
});

export async function readEvaluation(actor: Actor, evaluationId: Id, ctx: ActionContext): Promise<Result<Evaluation>> {
  const found = await reach(ctx.store.evaluations, actor, 'read-registry', evaluationId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listEvaluations(
  actor: Actor,
  query: z.output<typeof listEvaluationsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Evaluation>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.evaluations, actor, 'read-registry', given(filter), { limit, after });
}
