// Reads complaints. A producer reads those about its own stamps, without who complained or what the office noted.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Complaint } from '../../domain/market/report.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listComplaintsQuery = pageQuery.extend({
  producerId: id.optional(),
  batchId: id.optional(),
  state: z.enum(['new', 'looking', 'closed']).optional(),
});

export async function readComplaint(actor: Actor, complaintId: Id, ctx: ActionContext): Promise<Result<Complaint>> {
  const found = await reach(ctx.store.complaints, actor, 'read-findings', complaintId);
  return found.ok ? ok(complaintFor(actor, found.value.doc)) : found;
}

/** Newest first. */
export async function listComplaints(
  actor: Actor,
  query: z.output<typeof listComplaintsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Complaint>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.complaints, actor, 'read-findings', given(filter), { limit, after });
  return found.ok
    ? ok({ items: found.value.items.map((complaint) => complaintFor(actor, complaint)), next: found.value.next })
    : found;
}

/** A complaint as this actor may see it. */
function complaintFor(actor: Actor, complaint: Complaint): Complaint {
  const isProducer = actor.kind !== 'person' || actor.role === 'producer';
  return isProducer ? { ...complaint, contact: null, where: null, note: null } : complaint;
}
