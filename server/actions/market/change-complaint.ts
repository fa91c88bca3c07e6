// Handles a complaint: its state (being looked into, closed), what was found out, and what its consumer reads.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { Complaint } from '../../domain/market/complaint.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';

export const changeComplaintInput = z.strictObject({
  state: z.enum(['new', 'looking', 'closed']).optional(),
  note: text(2_000, true).nullable().optional(),
  reply: text(2_000, true)
    .nullable()
    .optional()
    .meta({ description: 'The consumer reads it on the complaint’s page.' }),
});

/** @param input `version` is the version that the caller read */
export async function changeComplaint(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeComplaintInput> },
  ctx: ActionContext,
): Promise<Outcome<Complaint>> {
  const found = await reach(ctx.store.complaints, actor, 'handle-complaint', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this complaint meanwhile. Read it again.');
  const doc = nextVersion(ctx, before, withoutUndefined(input.change));
  if (doc.state === 'closed' && before.state !== 'closed' && (doc.note ?? '') === '' && (doc.reply ?? '') === '')
    return fieldProblem('invalid', 'note', 'required', 'Say what was found, or answer the consumer, to close it.');
  return saveChange(ctx, actor, { collection: 'complaints', before, doc, action: 'change-complaint', answer: doc });
}
