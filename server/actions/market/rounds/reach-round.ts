// The round, or the item, that a phone names: by the phone's own id, which is the account's, so that a second phone
// of the same inspector means the same round; or by the id of a round of the office.

import type { Inspection } from '../../../domain/market/inspection.ts';
import type { Round } from '../../../domain/market/round.ts';
import type { Actor } from '../../../domain/people/account.ts';
import type { Id } from '../../../domain/entity.ts';
import { fail, ok, type Result } from '../../../domain/problem.ts';
import type { ActionContext } from '../../kit/context.ts';
import { everyOf } from '../../kit/every-of.ts';
import { decide, reachOf } from '../../kit/rights.ts';
import { actorId, idOfText } from '../../kit/save.ts';

export function roundIdOf(actor: Actor, clientId: string): Id {
  return idOfText(`round\n${actorId(actor)}\n${clientId}`);
}

export function itemIdOf(actor: Actor, clientId: string): Id {
  return idOfText(`item\n${actorId(actor)}\n${clientId}`);
}

/** A round that the actor may write into. Problems: not-allowed, not-found. */
export async function reachRound(actor: Actor, ref: string, ctx: ActionContext): Promise<Result<Round>> {
  const may = decide(actor, 'make-round', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { rounds } = ctx.store;
  const found = (await rounds.get(roundIdOf(actor, ref))) ?? (await rounds.get(ref)) ?? (await openOf(actor, ref, ctx));
  if (found === null || decide(actor, 'make-round', { ...found, producerId: null }).kind === 'refused')
    return fail('not-found', 'There is no such round.');
  const isOwn = found.by === actorId(actor) || found.inspectors.includes(actorId(actor));
  const isOffice = actor.kind === 'person' && actor.role !== 'inspector';
  return isOwn || isOffice ? ok(found) : fail('not-allowed', 'This round is another inspector’s.');
}

/** A planned round that a phone opened under an id of its own. */
async function openOf(actor: Actor, ref: string, ctx: ActionContext): Promise<Round | null> {
  for await (const round of everyOf(ctx.store.rounds, { ...reachOf(actor), state: 'open' }))
    if (round.clientId === ref && round.inspectors.includes(actorId(actor))) return round;
  return null;
}

/** An item of a round that the actor may write into. Problems: not-allowed, not-found. */
export async function reachItem(
  actor: Actor,
  ref: string,
  ctx: ActionContext,
): Promise<Result<{ item: Inspection; round: Round }>> {
  const { inspections } = ctx.store;
  const item = (await inspections.get(itemIdOf(actor, ref))) ?? (await inspections.get(ref));
  const roundId = item?.roundId ?? null;
  if (item === null || roundId === null) return fail('not-found', 'There is no such item.');
  const round = await reachRound(actor, roundId, ctx);
  return round.ok ? ok({ item, round: round.value }) : round;
}
