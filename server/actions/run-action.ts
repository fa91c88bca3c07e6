// Runs an action so that the same request key acts once, also when two calls with it arrive at the same moment.

import type { Actor } from '../domain/account.ts';
import type { ActionContext, Outcome } from './context.ts';
import { replay } from './save.ts';

export type Action<I, T> = (actor: Actor, input: I, ctx: ActionContext) => Promise<Outcome<T>>;

/** As `action`, but a key seen before answers what it answered then. */
export async function runAction<I, T>(action: Action<I, T>, actor: Actor, input: I, ctx: ActionContext): Promise<Outcome<T>> {
  if (ctx.request === null) return action(actor, input, ctx);
  const seen = await ctx.store.findRequest(ctx.request.key);
  if (seen !== null) return replay<T>(ctx, seen);
  const outcome = await action(actor, input, ctx);
  if (outcome.ok) return outcome;
  // A twin may have won between the look and the write: then its answer is ours, not the conflict it made.
  const twin = await ctx.store.findRequest(ctx.request.key);
  return twin === null ? outcome : replay<T>(ctx, twin);
}
