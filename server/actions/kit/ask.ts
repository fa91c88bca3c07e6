// Stores a change that the office must decide: the action's checked input, and the fields as they were.

import type { Actor } from '../../domain/people/account.ts';
import type { ChangeRequest, RequestedAction } from '../../domain/registry/change-request.ts';
import type { Id } from '../../domain/entity.ts';
import type { ActionContext, Outcome, Waiting } from './context.ts';
import { actorId, newEntity, saveRequest } from './save.ts';

/** Saves the request; nothing else changes until the office approves it (decide-request.ts). */
export async function askOffice(
  ctx: ActionContext,
  actor: Actor,
  ask: {
    officeId: Id;
    producerId: Id;
    action: RequestedAction;
    subject: ChangeRequest['subject'];
    input: unknown;
    before: Record<string, unknown> | null;
  },
): Promise<Outcome<never>> {
  const doc: ChangeRequest = { ...newEntity(ctx), ...ask, state: 'waiting', askedBy: actorId(actor), decision: null };
  const waiting: Waiting = { kind: 'waiting', requestId: doc.id };
  return saveRequest(ctx, actor, doc, waiting);
}
