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
  /** The batch if it is among them. An office may have hundreds of thousands, so few callers need them all. */
  batchOf: (id: Id) => BatchFact | undefined;
  /** All of them, newest first. */
  batches: () => BatchFact[];
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
  const isReached = ({ id, producerId, productId }: BatchFact): boolean =>
    (own === null || producerId === own) &&
    (filter.producerId === undefined || producerId === filter.producerId) &&
    (filter.productId === undefined || productId === filter.productId) &&
    (filter.batchId === undefined || id === filter.batchId);
  const batchOf = (id: Id): BatchFact | undefined => {
    const batch = facts.batches.get(id);
    return batch !== undefined && isReached(batch) ? batch : undefined;
  };
  const batches = (): BatchFact[] => {
    const only = filter.batchId === undefined ? undefined : batchOf(filter.batchId);
    const reached = filter.batchId === undefined ? [...facts.batches.values()].filter(isReached) : only ? [only] : [];
    // They were read in nearly this order, and sorting hundreds of thousands takes its time.
    return reached.every((batch, i) => i === 0 || byIssue(reached[i - 1] ?? batch, batch) <= 0)
      ? reached
      : reached.sort(byIssue);
  };
  return ok({ officeId: office.value, facts, batchOf, batches });
}

function byIssue(a: BatchFact, b: BatchFact): number {
  return a.issuedAt < b.issuedAt ? 1 : a.issuedAt > b.issuedAt ? -1 : a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
