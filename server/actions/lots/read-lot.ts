// Reads lots: an office those of its producers, a producer its own.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery, text } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listLotsQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  productId: id.optional(),
  number: text(40).optional(),
});

export async function readLot(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<Lot>> {
  const found = await reach(ctx.store.lots, actor, 'read-registry', lotId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listLots(
  actor: Actor,
  query: z.output<typeof listLotsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Lot>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.lots, actor, 'read-registry', given(filter), { limit, after });
}
