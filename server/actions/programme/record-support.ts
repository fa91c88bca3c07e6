// The ledger of support given to producers: packaging and labels, stamps, registrations of intellectual property. Lines
// are added and struck out, never changed or deleted.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import { SUPPORT_KINDS, type Support } from '../../domain/programme/programme.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { day, id, text } from '../kit/fields.ts';
import { programmeOffice } from './programme-office.ts';
import { reach, reachInBody } from '../kit/reach.ts';
import { placeOfProducer } from '../kit/reach-producer.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';

const QUANTITY_MAX = 100_000_000;

export const recordSupportInput = z.strictObject({
  kind: z.enum(SUPPORT_KINDS),
  producerId: id.nullable().default(null),
  quantity: z.int().min(1).max(QUANTITY_MAX),
  givenOn: day,
  note: text(300).nullable().default(null),
});
export const strikeSupportInput = z.strictObject({ reason: text(300) });

/** The line's year is that of the day on which the support was given. Problems: invalid, absent-reference. */
export async function recordSupport(
  actor: Actor,
  input: { officeId?: Id | undefined; support: z.output<typeof recordSupportInput> },
  ctx: ActionContext,
): Promise<Outcome<Support>> {
  const { support } = input;
  const office = await programmeOffice(actor, 'keep-programme', input.officeId, ctx);
  if (!office.ok) return office;
  if (support.givenOn > todayOf(ctx))
    return fieldProblem('invalid', 'givenOn', 'in-future', 'This day is yet to come.');
  if (support.producerId !== null) {
    const producer = await reachInBody(
      ctx.store.producers,
      actor,
      'keep-programme',
      support.producerId,
      'producerId',
      placeOfProducer,
    );
    if (!producer.ok) return producer;
    if (producer.value.doc.officeId !== office.value)
      return fieldProblem('absent-reference', 'producerId', 'absent', 'There is no such record.');
  }
  const doc: Support = {
    ...newEntity(ctx),
    officeId: office.value,
    year: Number(support.givenOn.slice(0, 4)),
    ...support,
    struck: null,
  };
  return saveNew(ctx, actor, { collection: 'supports', doc, action: 'record-support', answer: doc });
}

/** Problems: already-decided, if the line is struck out already. */
export async function strikeSupport(
  actor: Actor,
  input: { id: Id; reason: string },
  ctx: ActionContext,
): Promise<Outcome<Support>> {
  const found = await reach(ctx.store.supports, actor, 'keep-programme', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.struck !== null) return fail('already-decided', 'This line is struck out already.');
  const doc = nextVersion(ctx, before, { struck: { on: todayOf(ctx), by: actorId(actor), reason: input.reason } });
  return saveChange(ctx, actor, { collection: 'supports', before, doc, action: 'strike-support', answer: doc });
}
