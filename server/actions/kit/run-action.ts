// Runs an action so that one request key acts once, even if two calls with it arrive at the same moment.
//
// An action that changes something stores the key with its change. The key of an action that changed nothing, or was a
// dry run, is stored here, because a retry must not act later, when there may be something to change. An answer that is
// shown once is neither stored nor replaced.

import type { Actor } from '../../domain/people/account.ts';
import type { ActionContext, Outcome } from './context.ts';
import { replay } from './save.ts';

type Action<I, T> = (actor: Actor, input: I, ctx: ActionContext) => Promise<Outcome<T>>;

/** As `action`, but a known request key gets the answer of its first call. */
export async function runAction<I, T>(
  action: Action<I, T>,
  actor: Actor,
  input: I,
  ctx: ActionContext,
): Promise<Outcome<T>> {
  if (ctx.request === null) return action(actor, input, ctx);
  const seen = await ctx.store.findRequest(ctx.request.key);
  if (seen !== null) return replay<T>(ctx, seen);
  const outcome = await action(actor, input, ctx);
  if (outcome.ok) return remember(outcome, ctx, ctx.request);
  // A call with the same key may have won between our check and our write. Then its answer is ours, not the conflict
  // that it caused.
  const twin = await ctx.store.findRequest(ctx.request.key);
  return twin === null ? outcome : replay<T>(ctx, twin);
}

async function remember<T>(
  outcome: Outcome<T> & { ok: true },
  ctx: ActionContext,
  request: NonNullable<ActionContext['request']>,
): Promise<Outcome<T>> {
  const answer = outcome.value;
  if (answer.kind === 'done' && (answer.created || answer.shownOnce === true)) return outcome;
  const kept =
    (await ctx.store.findRequest(request.key)) ??
    (await ctx.store.keepRequest({ ...request, answer }, ctx.now().toISOString()));
  return kept === null ? outcome : replay<T>(ctx, kept);
}
