// Records what was done about a lapsing certificate: its producer was reminded, or the file for a new evaluation was
// received.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem } from '../../domain/problem.ts';
import { FOLLOW_UP_KINDS, type FollowUp } from '../../domain/programme/lapsing.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { day, text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';

export const recordFollowUpInput = z.strictObject({
  kind: z.enum(FOLLOW_UP_KINDS),
  on: day,
  note: text(300).nullable().default(null),
});

/** Problems: invalid, for a future day. */
export async function recordFollowUp(
  actor: Actor,
  input: { certificateId: Id; followUp: z.output<typeof recordFollowUpInput> },
  ctx: ActionContext,
): Promise<Outcome<FollowUp>> {
  const found = await reach(ctx.store.certificates, actor, 'keep-programme', input.certificateId);
  if (!found.ok) return found;
  const { officeId, producerId } = found.value.doc;
  if (input.followUp.on > todayOf(ctx)) return fieldProblem('invalid', 'on', 'in-future', 'This day is yet to come.');
  const doc: FollowUp = {
    ...newEntity(ctx),
    officeId,
    producerId,
    certificateId: input.certificateId,
    ...input.followUp,
    by: actorId(actor),
  };
  return saveNew(ctx, actor, { collection: 'followUps', doc, action: 'record-follow-up', answer: doc });
}
