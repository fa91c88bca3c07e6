// Reads a session's token as the person who signed in.

import type { Actor } from '../domain/account.ts';
import type { ActionContext } from './context.ts';
import { secretHash } from './identify-key.ts';

/** The actor of a session in force, or null. */
export async function identifySession(token: string, ctx: ActionContext): Promise<Actor | null> {
  const session = await ctx.store.sessions.findBy('tokenHash', [secretHash(token)]);
  if (session === null || session.revokedAt !== null || session.expiresAt <= ctx.now().toISOString()) return null;
  const user = await ctx.store.users.get(session.userId);
  if (user === null || user.disabledAt !== null) return null;
  return { kind: 'person', id: user.id, role: user.role, officeId: user.officeId, producerId: user.producerId };
}
