// Reads complaints and findings. A producer reads those about its own stamps, but not who complained, who inspected and
// what the office noted (CONTRACT §5 Rights).

import { z } from 'zod';
import type { Id } from '../../domain/entity.ts';
import { COMPLAINT_STATES, type Complaint } from '../../domain/market/complaint.ts';
import { FINDINGS, type Inspection } from '../../domain/market/inspection.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { StoreError, type Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listComplaintsQuery = pageQuery.extend({
  producerId: id.optional(),
  batchId: id.optional(),
  state: z.enum(COMPLAINT_STATES).optional(),
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
  const found = await listInReach(ctx.store.complaints, actor, 'read-findings', withoutUndefined(filter), {
    limit,
    after,
  });
  return found.ok
    ? ok({ items: found.value.items.map((complaint) => complaintFor(actor, complaint)), next: found.value.next })
    : found;
}

/** A complaint as this actor may see it. */
function complaintFor(actor: Actor, complaint: Complaint): Complaint {
  const isProducer = actor.kind !== 'person' || actor.role === 'producer';
  return isProducer ? { ...complaint, contact: null, where: null, note: null } : complaint;
}

export const listInspectionsQuery = pageQuery.extend({
  producerId: id.optional(),
  batchId: id.optional(),
  finding: z.enum(FINDINGS).optional(),
});

/** `by`, `clientId`, `roundId` and `position` are null for a producer. */
export type FindingShown = Omit<Inspection, 'by'> & { by: Id | null };

export async function readInspection(
  actor: Actor,
  inspectionId: Id,
  ctx: ActionContext,
): Promise<Result<FindingShown>> {
  const found = await reach(ctx.store.inspections, actor, 'read-findings', inspectionId);
  return found.ok ? ok(findingFor(actor, found.value.doc)) : found;
}

/**
 * A photograph of a finding, for anyone who may read the finding. Problems: not-found, also for another finding's
 * photograph.
 */
export async function readInspectionPhoto(
  actor: Actor,
  input: { id: Id; photo: Id },
  ctx: ActionContext,
): Promise<Result<{ mediaType: string; bytes: Uint8Array }>> {
  const found = await reach(ctx.store.inspections, actor, 'read-findings', input.id);
  if (!found.ok) return found;
  if (!found.value.doc.photoFileIds.includes(input.photo)) return fail('not-found', 'There is no such record.');
  const file = await ctx.store.files.get(input.photo);
  if (file === null) throw new StoreError('tampered', `file ${input.photo} is missing`);
  return ok(file);
}

/** Newest first. */
export async function listInspections(
  actor: Actor,
  query: z.output<typeof listInspectionsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<FindingShown>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.inspections, actor, 'read-findings', withoutUndefined(filter), {
    limit,
    after,
  });
  return found.ok
    ? ok({ items: found.value.items.map((finding) => findingFor(actor, finding)), next: found.value.next })
    : found;
}

/** A finding as this actor may see it. */
export function findingFor(actor: Actor, finding: Inspection): FindingShown {
  const isProducer = actor.kind !== 'person' || actor.role === 'producer';
  return isProducer ? { ...finding, by: null, clientId: null, roundId: null, position: null } : finding;
}
