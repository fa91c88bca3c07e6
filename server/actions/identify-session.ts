// Reads a session's token as the person who signed in. A session that nobody used for twelve hours has ended.

import type { Actor, Session } from '../domain/account.ts';
import type { ActionContext } from './context.ts';
import { secretHash } from './identify-key.ts';
import { nextVersion, saveChange } from './save.ts';

export const SESSION_IDLE_MS_MAX = 12 * 3_600_000;
/** How often a use is written down: a session ends between 11 and 12 hours after its last use. */
const NOTE_USE_MS = 3_600_000;

/** The actor of a session in force, or null. */
export async function identifySession(token: string, ctx: ActionContext): Promise<Actor | null> {
  const session = await ctx.store.sessions.findBy('tokenHash', [secretHash(token)]);
  if (session === null || session.revokedAt !== null) return null;
  const nowMs = ctx.now().getTime();
  const idleMs = nowMs - Date.parse(session.lastSeenAt);
  if (nowMs >= Date.parse(session.expiresAt) || idleMs >= SESSION_IDLE_MS_MAX) return null;
  const user = await ctx.store.users.get(session.userId);
  if (user === null || user.disabledAt !== null) return null;
  const actor: Actor = { kind: 'person', id: user.id, role: user.role, officeId: user.officeId, producerId: user.producerId };
  if (idleMs >= NOTE_USE_MS) await noteUse(actor, session, ctx);
  return actor;
}

/** Of requests at the same moment one writes; the others' conflict says the same. */
async function noteUse(actor: Actor, session: Session, ctx: ActionContext): Promise<void> {
  const doc = nextVersion(ctx, session, { lastSeenAt: ctx.now().toISOString() });
  await saveChange({ ...ctx, request: null }, actor, { collection: 'sessions', before: session, doc, action: 'use-session', answer: null });
}
