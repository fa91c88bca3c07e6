// Reads batches: whole, in lists, without their secret.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { withoutSecret, type OpenBatch } from './sealed-batch.ts';

export const listBatchesQuery = pageQuery.extend({
  lotId: id.optional(),
  productId: id.optional(),
  producerId: id.optional(),
  kind: z.enum(['goods', 'blank', 'plaque']).optional(),
});

export async function readBatch(actor: Actor, batchId: Id, ctx: ActionContext): Promise<Result<OpenBatch>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
  return found.ok ? ok(withoutSecret(found.value.doc)) : found;
}

/** Newest first. */
export async function listBatches(
  actor: Actor,
  query: z.output<typeof listBatchesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<OpenBatch>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.batches, actor, 'read-batch', given(filter), { limit, after });
  return found.ok ? ok({ items: found.value.items.map(withoutSecret), next: found.value.next }) : found;
}
