// Reads producers: an office its own, a producer itself.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { PRODUCER_KINDS, type Producer } from '../../domain/registry/producer.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, onlyPage } from '../kit/reach.ts';
import { reachProducer } from '../kit/reach-producer.ts';

export const listProducersQuery = pageQuery.extend({
  kind: z.enum(PRODUCER_KINDS).optional(),
  officeId: id.optional(),
});

export async function readProducer(actor: Actor, producerId: Id, ctx: ActionContext): Promise<Result<Producer>> {
  const found = await reachProducer(actor, 'read-registry', producerId, ctx);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listProducers(
  actor: Actor,
  query: z.output<typeof listProducersQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Producer>>> {
  const { limit, after, ...filter } = query;
  if (actor.kind === 'person' && actor.role === 'producer')
    return listItself(actor.producerId, given(filter), { limit, after }, ctx);
  return listInReach(ctx.store.producers, actor, 'read-registry', given(filter), { limit, after });
}

/** A producer's list is itself, where the filter lets it through. */
async function listItself(
  producerId: Id | null,
  filter: { kind?: string; officeId?: Id },
  page: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<Producer>>> {
  const itself = producerId === null ? null : await ctx.store.producers.get(producerId);
  const shown =
    itself !== null &&
    (filter.kind ?? itself.kind) === itself.kind &&
    (filter.officeId ?? itself.officeId) === itself.officeId;
  return onlyPage(shown ? itself : null, page);
}
