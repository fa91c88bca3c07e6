// The account of the person who asks.

import type { Actor, User } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { soundUser } from './sound-credential.ts';

/** Problems: not-signed-in, also for an API key, which has no account. */
export async function ownUser(actor: Actor, ctx: ActionContext): Promise<Result<User>> {
  const user = actor.kind === 'person' ? await soundUser(ctx.store, actor.id) : null;
  return user === null ? fail('not-signed-in', 'Sign in first.') : ok(user);
}
