// Runs an action so that the same request key acts once, also when two calls with it arrive at the same moment.
//
// An action that changes something stores the key with its change. An action that found nothing to change, or was a dry
// run, is remembered here: a retry must not act later, when there is something to change again. An answer that is shown
// once is neither stored nor replaced.

import type { Actor } from '../../domain/people/account.ts';
import type { ActionContext, Outcome } from './context.ts';
import { replay } from './save.ts';

type Action<I, T> = (actor: Actor, input: I, ctx: ActionContext) => Promise<Outcome<T>>;

/** As `action`, but a key seen before answers what it answered then. */
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
  // A twin may have won between the look and the write: then its answer is ours, not the conflict it made.
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
