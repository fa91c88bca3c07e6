// Reads what waits, or waited, for the office: an office its own, a producer what was asked for it.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { ChangeRequest } from '../../domain/registry/change-request.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listRequestsQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  state: z.enum(['waiting', 'approved', 'declined']).optional(),
});

export async function readRequest(actor: Actor, requestId: Id, ctx: ActionContext): Promise<Result<ChangeRequest>> {
  const found = await reach(ctx.store.requests, actor, 'read-request', requestId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listRequests(
  actor: Actor,
  query: z.output<typeof listRequestsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<ChangeRequest>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.requests, actor, 'read-request', given(filter), { limit, after });
}
