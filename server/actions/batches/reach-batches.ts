// The batches of an overview, from an office's facts: a producer's own batches, all of an office, or those of one
// producer in it.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import type { BatchFact, OfficeFacts } from '../kit/office-facts.ts';
import { programmeOffice } from '../programme/programme-office.ts';

export interface BatchFilter {
  /** Needed from an admin if there are several offices. */
  officeId?: Id | undefined;
  producerId?: Id | undefined;
  productId?: Id | undefined;
  batchId?: Id | undefined;
}

export interface ReachedBatches {
  officeId: Id;
  facts: OfficeFacts;
  /** Newest first. */
  batches: BatchFact[];
}

/** Filtering by another producer's id, product or batch gives an empty result. */
export async function reachBatches(
  actor: Actor,
  filter: BatchFilter,
  ctx: ActionContext,
): Promise<Result<ReachedBatches>> {
  const office = await programmeOffice(actor, 'read-batch', filter.officeId, ctx);
  if (!office.ok) return office;
  const facts = await ctx.officeFacts.of(office.value);
  const own = actor.kind === 'person' && actor.role === 'producer' ? (actor.producerId ?? '') : null;
  const batches = [...facts.batches.values()].filter(
    ({ id, producerId, productId }) =>
      (own === null || producerId === own) &&
      (filter.producerId === undefined || producerId === filter.producerId) &&
      (filter.productId === undefined || productId === filter.productId) &&
      (filter.batchId === undefined || id === filter.batchId),
  );
  batches.sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : a.issuedAt > b.issuedAt ? -1 : a.id < b.id ? 1 : -1));
  return ok({ officeId: office.value, facts, batches });
}
