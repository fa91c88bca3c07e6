// Settles an event that was copied from an earlier lot, once somebody has checked it: it is confirmed, with corrected
// day and words, or dropped. For events that a person recorded: change-lot-event.ts.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { fail, ok } from '../../domain/problem.ts';
import { checkedMoment, eventAt } from './add-lot-event.ts';
import { changeJourney } from './change-journey.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id, text } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';

export const settleLotEventInput = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('holds'),
    eventId: id,
    at: eventAt.optional(),
    place: text(160).nullable().optional(),
    note: text(600, true).nullable().optional(),
  }),
  z.strictObject({ outcome: z.literal('dropped'), eventId: id }),
]);

/** Problems: not-found if the lot has no such event to be checked. */
export async function settleLotEvent(
  actor: Actor,
  input: { id: Id; settling: z.output<typeof settleLotEventInput> },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const { settling } = input;
  const plan = (lot: Lot): ReturnType<Parameters<typeof changeJourney>[1]['plan']> => {
    const event = lot.events.find(({ id: eventId, copiedFrom }) => eventId === settling.eventId && copiedFrom !== null);
    if (event === undefined) return fail('not-found', 'This lot has no such event that waits to be looked at.');
    const others = lot.events.filter((one) => one !== event);
    if (settling.outcome === 'dropped') return ok({ events: others, values: { dropped: event } });
    const { at, place, note } = settling;
    const moment = checkedMoment(at ?? event.day ?? event.at, lot, ctx);
    if (!moment.ok) return moment;
    const settled = {
      ...event,
      ...moment.value,
      ...withoutUndefined({ place, note }),
      copiedFrom: null,
      recordedAt: ctx.now().toISOString(),
    };
    return ok({ events: lot.events.map((one) => (one === event ? settled : one)), values: { event: settled } });
  };
  return changeJourney(actor, { id: input.id, action: 'settle-lot-event', created: false, plan }, ctx);
}
