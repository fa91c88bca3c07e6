// Changes or removes an event of a lot's journey. Until a buyer could have read the event, this leaves a trace only in
// the log. Afterwards it can only be corrected, and the public page says when.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot, LotEvent } from '../../domain/lots/lot.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { addLotEventInput, checkedMoment } from './add-lot-event.ts';
import { changeJourney } from './change-journey.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { reach } from '../kit/reach.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';

type Planned = ReturnType<Parameters<typeof changeJourney>[1]['plan']>;

export const changeLotEventInput = z.strictObject({
  at: addLotEventInput.shape.at.optional(),
  step: addLotEventInput.shape.step.optional(),
  stepEn: addLotEventInput.shape.stepEn.removeDefault().optional(),
  place: addLotEventInput.shape.place.removeDefault().optional(),
  gln: addLotEventInput.shape.gln.removeDefault().optional(),
  by: addLotEventInput.shape.by.removeDefault().optional(),
  note: addLotEventInput.shape.note.removeDefault().optional(),
  public: z.boolean().optional(),
});

/** Problems: not-found, invalid, event-seen (hiding what a buyer may have read). */
export async function changeLotEvent(
  actor: Actor,
  input: { id: Id; eventId: Id; change: z.output<typeof changeLotEventInput> },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const seen = await seenEvent(actor, input, ctx);
  if (!seen.ok) return seen;
  const { at, ...words } = withoutUndefined(input.change);
  const plan = (lot: Lot): Planned => {
    const before = eventOf(lot, input.eventId);
    if (before === null) return NO_SUCH_EVENT;
    if (seen.value && words.public === false) return EVENT_SEEN;
    const moment = checkedMoment(at ?? before.day ?? before.at, lot, ctx);
    if (!moment.ok) return moment;
    const now = ctx.now().toISOString();
    const marks = seen.value ? { correctedAt: now } : { recordedAt: now };
    const event: LotEvent = { ...before, ...words, ...moment.value, ...marks };
    return ok({ events: lot.events.map((one) => (one === before ? event : one)), values: { before, event } });
  };
  return changeJourney(actor, { id: input.id, action: 'change-lot-event', created: false, plan }, ctx);
}

/** Problems: not-found, event-seen. */
export async function removeLotEvent(
  actor: Actor,
  input: { id: Id; eventId: Id },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const seen = await seenEvent(actor, input, ctx);
  if (!seen.ok) return seen;
  const plan = (lot: Lot): Planned => {
    const removed = eventOf(lot, input.eventId);
    if (removed === null) return NO_SUCH_EVENT;
    return seen.value ? EVENT_SEEN : ok({ events: lot.events.filter((one) => one !== removed), values: { removed } });
  };
  return changeJourney(actor, { id: input.id, action: 'remove-lot-event', created: false, plan }, ctx);
}

/**
 * Whether a buyer could have read the event: a stamp of the lot was scanned while it was public. Problems: not-found.
 */
async function seenEvent(
  actor: Actor,
  { id, eventId }: { id: Id; eventId: Id },
  ctx: ActionContext,
): Promise<Result<boolean>> {
  const found = await reach(ctx.store.lots, actor, 'keep-lot', id);
  if (!found.ok) return found;
  const lot = found.value.doc;
  const event = eventOf(lot, eventId);
  if (event === null) return NO_SUCH_EVENT;
  if (!event.public || event.copiedFrom !== null || lot.firstActivatedAt === null) return ok(false);
  if (event.correctedAt != null) return ok(true);
  for await (const { id: batchId, activations } of everyOf(ctx.store.batches, { producerId: lot.producerId }))
    for (const { from, to, lotId } of activations)
      if (lotId === lot.id && (await ctx.store.scans.scannedSince(batchId, from, to, event.recordedAt)) !== null)
        return ok(true);
  return ok(false);
}

function eventOf({ events }: Lot, eventId: Id): LotEvent | null {
  return events.find(({ id }) => id === eventId) ?? null;
}

const NO_SUCH_EVENT = fail('not-found', 'This lot has no such event.');
const EVENT_SEEN = fail(
  'event-seen',
  'A buyer may have read this event. It can be set right, and its page says when; it is not taken away.',
);
