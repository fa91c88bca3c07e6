// Reads recalls, including withdrawn ones: an office those of its producers' goods, a producer those of its own.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Recall } from '../../domain/recalls/recall.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listRecallsQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  productId: id.optional(),
  lotId: id.optional(),
  batchId: id.optional(),
});

export async function readRecall(actor: Actor, recallId: Id, ctx: ActionContext): Promise<Result<Recall>> {
  const found = await reach(ctx.store.recalls, actor, 'read-registry', recallId);
  return found.ok ? ok(found.value.doc) : found;
}

/** The filters match what the recall names: a lot's list does not include recalls of its product. */
export async function listRecalls(
  actor: Actor,
  query: z.output<typeof listRecallsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Recall>>> {
  const { limit, after, productId, lotId, batchId, ...rest } = query;
  const filter = withoutUndefined({
    ...rest,
    'scope.productId': productId,
    'scope.lotId': lotId,
    'scope.batchId': batchId,
  });
  return listInReach(ctx.store.recalls, actor, 'read-registry', filter, { limit, after });
}
