// The office's answer to a change that waits, and its withdrawal by the producer who asked. Approving performs the change as the office, under the request's own key,
// and then marks the request. A crash between the two leaves it waiting; approving it again applies nothing twice.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { ChangeRequest } from '../../domain/registry/change-request.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, type Problem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { REQUESTED_ACTIONS } from './requested-actions.ts';
import { runAction } from '../kit/run-action.ts';
import { actorId, nextVersion, saveChange } from '../kit/save.ts';
import { inTurn } from '../kit/turns.ts';

export const decideRequestInput = z.strictObject({ note: text(600, true).nullable().default(null) });

interface Decide {
  id: Id;
  note: string | null;
}

/** Problems: already-decided, version-conflict (the record has changed since), and those of the requested action. */
export async function approveRequest(actor: Actor, input: Decide, ctx: ActionContext): Promise<Outcome<ChangeRequest>> {
  const found = await reach(ctx.store.requests, actor, 'decide-request', input.id);
  if (!found.ok) return found;
  return inTurn(ctx, turnOf(input.id), async (stillMine) => {
    const request = await ctx.store.requests.get(input.id);
    if (request?.state !== 'waiting') return alreadyDecided();
    await stillMine();
    const applied = await runAction(REQUESTED_ACTIONS[request.action], actor, request, {
      ...ctx,
      request: ownKey(request.id),
    });
    if (!applied.ok) return applied;
    if (applied.value.kind === 'waiting') throw new TypeError('the office does not ask itself');
    return mark(actor, request, { state: 'approved', note: input.note, resultId: applied.value.value.id }, ctx);
  });
}

/** Problems: already-decided, also if an approval was interrupted after it had applied the change. */
export async function declineRequest(actor: Actor, input: Decide, ctx: ActionContext): Promise<Outcome<ChangeRequest>> {
  const found = await reach(ctx.store.requests, actor, 'decide-request', input.id);
  if (!found.ok) return found;
  return inTurn(ctx, turnOf(input.id), async () => {
    const request = await ctx.store.requests.get(input.id);
    if (request?.state !== 'waiting') return alreadyDecided();
    const applied = await ctx.store.findRequest(ownKey(request.id).key);
    if (applied !== null)
      return fail('already-decided', 'This was approved and done, only not marked yet. Approve it again to mark it.');
    return mark(actor, request, { state: 'declined', note: input.note, resultId: null }, ctx);
  });
}

/** A producer takes its own request back while nobody has decided it. Problems: already-decided. */
export async function withdrawRequest(
  actor: Actor,
  input: { id: Id },
  ctx: ActionContext,
): Promise<Outcome<ChangeRequest>> {
  const found = await reach(ctx.store.requests, actor, 'withdraw-request', input.id);
  if (!found.ok) return found;
  return inTurn(ctx, turnOf(input.id), async () => {
    const request = await ctx.store.requests.get(input.id);
    if (request?.state !== 'waiting') return alreadyDecided();
    if ((await ctx.store.findRequest(ownKey(request.id).key)) !== null) return alreadyDecided();
    return mark(actor, request, { state: 'withdrawn', note: null, resultId: null }, ctx);
  });
}

async function mark(
  actor: Actor,
  before: ChangeRequest,
  decision: { state: 'approved' | 'declined' | 'withdrawn'; note: string | null; resultId: Id | null },
  ctx: ActionContext,
): Promise<Outcome<ChangeRequest>> {
  const { state, note, resultId } = decision;
  const doc = nextVersion(ctx, before, {
    state,
    decision: { at: ctx.now().toISOString(), by: actorId(actor), note, resultId },
  });
  const action = ({ approved: 'approve-request', declined: 'decline-request', withdrawn: 'withdraw-request' } as const)[
    state
  ];
  const saved = await saveChange(ctx, actor, { collection: 'requests', before, doc, action, answer: doc });
  return saved.ok || saved.problem.code !== 'version-conflict' ? saved : alreadyDecided();
}

/** Cannot collide with a caller's key: those are hashes (web/api/router.ts). */
function ownKey(requestId: Id): { key: string; bodyHash: string } {
  return { key: turnOf(requestId), bodyHash: requestId };
}

function turnOf(requestId: Id): string {
  return `request:${requestId}`;
}

function alreadyDecided(): { ok: false; problem: Problem } {
  return fail('already-decided', 'This request was decided already.');
}
