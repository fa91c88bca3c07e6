// Reads rounds and their items.

import { z } from 'zod';
import { dayIn } from '../../../domain/calendar.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Inspection } from '../../../domain/market/inspection.ts';
import { countsOfItems, ROUND_STATES, type Round, type RoundCounts } from '../../../domain/market/round.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { ok, type Result } from '../../../domain/problem.ts';
import type { Page } from '../../../store/store.ts';
import type { ActionContext } from '../../kit/context.ts';
import { day, id, pageQuery } from '../../kit/fields.ts';
import { listInReach, pageOf, readInReach } from '../../kit/reach.ts';
import { readItems } from './round-work.ts';

export const listRoundsQuery = pageQuery.extend({
  state: z.enum(ROUND_STATES).optional(),
  inspectorId: id.optional().meta({ description: 'One of those who go.' }),
  from: day.optional().meta({ description: 'Planned or opened on this day or later.' }),
  to: day.optional(),
});

export const listItemsQuery = pageQuery;

export type RoundShown = Round & { counts: RoundCounts };

/** Newest first. A page that is filtered by person or day may be shorter than its limit although more follow. */
export async function listRounds(
  actor: Actor,
  query: z.output<typeof listRoundsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<RoundShown>>> {
  const { limit, after, state, inspectorId, from, to } = query;
  const filter = state === undefined ? {} : { state };
  const found = await listInReach(ctx.store.rounds, actor, 'read-round', filter, { limit, after });
  if (!found.ok) return found;
  const items: RoundShown[] = [];
  for (const round of found.value.items) {
    const on = dayOf(round, ctx);
    if (inspectorId !== undefined && !round.inspectors.includes(inspectorId)) continue;
    if ((from !== undefined && on < from) || (to !== undefined && on > to)) continue;
    items.push(await roundShown(round, ctx));
  }
  return ok({ items, next: found.value.next });
}

export async function readRound(actor: Actor, roundId: Id, ctx: ActionContext): Promise<Result<RoundShown>> {
  const found = await readInReach(ctx.store.rounds, actor, 'read-round', roundId);
  return found.ok ? ok(await roundShown(found.value, ctx)) : found;
}

/** Newest first, as they arrived. */
export async function listItems(
  actor: Actor,
  input: { id: Id; query: z.output<typeof listItemsQuery> },
  ctx: ActionContext,
): Promise<Result<Page<Inspection>>> {
  const found = await readInReach(ctx.store.rounds, actor, 'read-round', input.id);
  if (!found.ok) return found;
  return pageOf(() => ctx.store.inspections.list({ roundId: input.id }, input.query));
}

export async function roundShown(round: Round, ctx: ActionContext): Promise<RoundShown> {
  return { ...round, counts: countsOfItems(await readItems(round.id, ctx)) };
}

/** When it took place, or is to. */
function dayOf({ openedAt, plannedOn, createdAt }: Round, ctx: ActionContext): string {
  return openedAt === null
    ? (plannedOn ?? dayIn(ctx.settings.timeZone, createdAt))
    : dayIn(ctx.settings.timeZone, openedAt);
}
