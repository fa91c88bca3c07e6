// Copies the journey of an earlier lot of the same product, at the same distance from this lot's first day. Each event
// is marked until somebody has checked it. Copying again creates no second copy, even after the first ones were
// checked.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { copiedEvents } from '../../domain/lots/journey.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { fieldProblem, ok } from '../../domain/problem.ts';
import { changeJourney, tooManyEvents } from './change-journey.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { reachInBody } from '../kit/reach.ts';
import { newId } from '../kit/save.ts';

const copyJourneyInput = z.strictObject({ from: id });

/** Problems: absent-reference (also for a lot of another product), invalid if that lot has no events. */
export async function copyJourney(
  actor: Actor,
  input: { id: Id; copy: z.output<typeof copyJourneyInput> },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const found = await reachInBody(ctx.store.lots, actor, 'keep-lot', input.copy.from, 'from');
  if (!found.ok) return found;
  const from = found.value.doc;
  const now = ctx.now().toISOString();
  const plan = (lot: Lot): ReturnType<Parameters<typeof changeJourney>[1]['plan']> => {
    if (lot.productId !== from.productId || lot.id === from.id)
      return fieldProblem('absent-reference', 'from', 'absent', 'There is no such record.');
    const fresh = copiedEvents(from, lot, ctx.settings.timeZone, now, () => newId(ctx));
    if (fresh.length === 0)
      return fieldProblem('invalid', 'from', 'no-events', 'That lot has no events that this one lacks.');
    const events = [...lot.events, ...fresh];
    return tooManyEvents(events) ?? ok({ events, values: { from: from.id, events: fresh } });
  };
  return changeJourney(actor, { id: input.id, action: 'copy-journey', created: false, plan }, ctx);
}
