// Looks up the producer that a record is for. The place of a producer's own record is that producer.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem, type Result } from '../../domain/problem.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import type { ActionContext } from './context.ts';
import { reach, reachInBody } from './reach.ts';
import { decide, type Place, type Right } from './rights.ts';

type Reached = Result<{ doc: Producer; mustAsk: boolean }>;

export function placeOfProducer(producer: Producer): Place {
  return { officeId: producer.officeId, producerId: producer.id };
}

export function reachProducer(actor: Actor, right: Right, id: Id, ctx: ActionContext): Promise<Reached> {
  return reach(ctx.store.producers, actor, right, id, placeOfProducer);
}

/** The producer that a body names; if it names none, a producer's user means their own. */
export async function reachProducerInBody(
  actor: Actor,
  right: Right,
  id: Id | undefined,
  ctx: ActionContext,
): Promise<Reached> {
  const may = decide(actor, right, null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const own = actor.kind === 'person' && actor.role === 'producer' ? actor.producerId : null;
  const producerId = id ?? own;
  if (producerId === null) return fieldProblem('invalid', 'producerId', 'required', 'Say whose it is.');
  return reachInBody(ctx.store.producers, actor, right, producerId, 'producerId', placeOfProducer);
}
