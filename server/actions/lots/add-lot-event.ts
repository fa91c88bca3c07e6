// Adds a critical tracking event to a lot's journey: harvested, packed, shipped; with a photograph where there is one.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot, LotEvent } from '../../domain/lots/lot.ts';
import { ok } from '../../domain/problem.ts';
import { changeJourney, tooManyEvents } from './change-journey.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { gln, instant, text } from '../kit/fields.ts';
import { shrinkPhoto } from '../kit/photo.ts';
import { reach } from '../kit/reach.ts';
import { newId } from '../kit/save.ts';

export const addLotEventInput = z.strictObject({
  at: instant,
  step: text(80),
  place: text(160).nullable().default(null),
  gln: gln.nullable().default(null),
  by: text(160).nullable().default(null),
  note: text(600, true).nullable().default(null),
  public: z.boolean().default(true),
});

/**
 * The lot with the event; events of two callers at once are both kept.
 * @param input `photo`: a picture's bytes as they came
 */
export async function addLotEvent(
  actor: Actor,
  input: { id: Id; event: z.output<typeof addLotEventInput>; photo?: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const found = await reach(ctx.store.lots, actor, 'keep-lot', input.id);
  if (!found.ok) return found;
  let photoFileId: Id | null = null;
  if (input.photo !== undefined) {
    const photo = await shrinkPhoto(actor, input.photo);
    if (!photo.ok) return photo;
    photoFileId = newId(ctx);
    await ctx.store.files.put(photoFileId, 'image/webp', photo.value);
  }
  const event: LotEvent = {
    id: newId(ctx),
    ...input.event,
    photoFileId,
    copiedFrom: null,
    recordedAt: ctx.now().toISOString(),
  };
  const plan = (lot: Lot): ReturnType<Parameters<typeof changeJourney>[1]['plan']> => {
    const events = [...lot.events, event];
    return tooManyEvents(events) ?? ok({ events, values: { event } });
  };
  return changeJourney(actor, { id: input.id, action: 'add-lot-event', created: true, plan }, ctx);
}
