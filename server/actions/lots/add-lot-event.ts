// Adds a critical tracking event to a lot's journey: harvested, packed, shipped; with a photograph if there is one.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { JOURNEY_YEARS_MAX, momentFault, momentOf, type EventMoment } from '../../domain/lots/journey.ts';
import type { Lot, LotEvent } from '../../domain/lots/lot.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { changeJourney, tooManyEvents } from './change-journey.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { day, gln, instant, text } from '../kit/fields.ts';
import { keepPhoto, type KeptPhoto } from '../kit/keep-photo.ts';
import { reach } from '../kit/reach.ts';
import { newId } from '../kit/save.ts';

/** An instant, or a day if no time is known. */
export const eventAt = z.union([instant, day]).meta({
  description: 'An instant, or a day (2026-11-24) where no time is known.',
  example: '2026-11-24T03:15:00.000Z',
});

export const addLotEventInput = z.strictObject({
  at: eventAt,
  step: text(80),
  stepEn: text(80).nullable().default(null).meta({ description: 'In English, for a step that we do not offer.' }),
  place: text(160).nullable().default(null),
  gln: gln.nullable().default(null),
  by: text(160).nullable().default(null),
  note: text(600, true).nullable().default(null),
  public: z.boolean().default(true),
});

/**
 * The lot with the event; if two callers add events at once, both are kept.
 * @param input `photo`: the uploaded bytes of a picture
 */
export async function addLotEvent(
  actor: Actor,
  input: { id: Id; event: z.output<typeof addLotEventInput>; photo?: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const found = await reach(ctx.store.lots, actor, 'keep-lot', input.id);
  if (!found.ok) return found;
  const moment = checkedMoment(input.event.at, found.value.doc, ctx);
  if (!moment.ok) return moment;
  let photo: KeptPhoto | { photoFileId: null } = { photoFileId: null };
  if (input.photo !== undefined) {
    const kept = await keepPhoto(ctx, actor, input.photo, found.value.doc.producerId);
    if (!kept.ok) return kept;
    photo = kept.value;
  }
  const event: LotEvent = {
    id: newId(ctx),
    ...input.event,
    ...moment.value,
    ...photo,
    copiedFrom: null,
    sourceId: null,
    correctedAt: null,
    recordedAt: ctx.now().toISOString(),
  };
  const plan = (lot: Lot): ReturnType<Parameters<typeof changeJourney>[1]['plan']> => {
    const events = [...lot.events, event];
    return tooManyEvents(events) ?? ok({ events, values: { event } });
  };
  return changeJourney(actor, { id: input.id, action: 'add-lot-event', created: true, plan }, ctx);
}

/** Problems: invalid at `at`, if it is in the future or before the lot's first possible day. */
export function checkedMoment(at: string, lot: Pick<Lot, 'producedOn'>, ctx: ActionContext): Result<EventMoment> {
  const { timeZone } = ctx.settings;
  const moment = momentOf(at, timeZone);
  switch (momentFault(moment, lot, timeZone, ctx.now().toISOString())) {
    case 'future':
      return fieldProblem('invalid', 'at', 'future', 'An event is what happened.');
    case 'too-early':
      return fieldProblem(
        'invalid',
        'at',
        'too-early',
        `This lies more than ${JOURNEY_YEARS_MAX} years before the lot was produced.`,
      );
    case null:
      return ok(moment);
  }
}
