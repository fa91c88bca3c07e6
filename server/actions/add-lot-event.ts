// Adds a critical tracking event to a lot's journey: harvested, packed, shipped.

import { z } from 'zod';
import type { Actor } from '../domain/account.ts';
import type { Id } from '../domain/entity.ts';
import type { Lot, LotEvent } from '../domain/lot.ts';
import { fieldProblem } from '../domain/problem.ts';
import type { ActionContext, Outcome } from './context.ts';
import { gln, instant, text } from './fields.ts';
import { reach } from './reach.ts';
import { newId, nextVersion, saveChange } from './save.ts';

/** A journey has a dozen steps. The lot is read for every scan of its stamps, so it must stay small. */
export const LOT_EVENTS_MAX = 200;
/** Rounds of read and write before giving way to others' changes of the same lot. */
const ROUNDS_MAX = 8;

export const addLotEventInput = z.strictObject({
  at: instant,
  step: text(80),
  place: text(160).nullable().default(null),
  gln: gln.nullable().default(null),
  by: text(160).nullable().default(null),
  note: text(600, true).nullable().default(null),
  public: z.boolean().default(true),
});

/** The lot with the event; events of two callers at once are both kept. */
export async function addLotEvent(
  actor: Actor,
  input: { id: Id; event: z.output<typeof addLotEventInput> },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const event: LotEvent = { id: newId(ctx), ...input.event, recordedAt: ctx.now().toISOString() };
  for (let round = 1; ; round += 1) {
    const found = await reach(ctx.store.lots, actor, 'keep-lot', input.id);
    if (!found.ok) return found;
    const before = found.value.doc;
    if (before.events.length >= LOT_EVENTS_MAX) {
      return fieldProblem('invalid', 'step', 'too-many-events', `A lot holds at most ${LOT_EVENTS_MAX} events.`);
    }
    const doc = nextVersion(ctx, before, { events: [...before.events, event] });
    const saved = await saveChange(ctx, actor, {
      collection: 'lots', before, doc, action: 'add-lot-event', answer: doc, created: true, values: { event },
    });
    if (saved.ok || saved.problem.code !== 'version-conflict' || round === ROUNDS_MAX) return saved;
  }
}
