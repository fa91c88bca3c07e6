// Finds the person of a session's token. A session that was not used for twelve hours has ended. A person who must
// first set up a second step reaches only that page.

import type { Actor, Person, Session } from '../../domain/people/account.ts';
import { personOf } from './person-of.ts';
import type { ActionContext } from '../kit/context.ts';
import { secretHash } from './identify-key.ts';
import { twoFactorOf } from './make-user.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { soundRecord, soundUser } from './sound-credential.ts';
import { isTwoFactorRequired } from './two-factor-required.ts';

const SESSION_IDLE_MS_MAX = 12 * 3_600_000;
/** How often a use is stored: a session ends between 11 and 12 hours after its last use. */
const NOTE_USE_MS = 3_600_000;

interface OpenSession {
  actor: Person;
  session: Session;
  /** The deployment requires a second step of this role, and this person has none yet. */
  mustSetUpTwoFactor: boolean;
}

/** The actor of a valid session whose role may act; else null. */
export async function identifySession(token: string, ctx: ActionContext): Promise<Actor | null> {
  const open = await openSession(token, ctx);
  return open === null || open.mustSetUpTwoFactor ? null : open.actor;
}

/** A valid session, or null. */
export async function openSession(token: string, ctx: ActionContext): Promise<OpenSession | null> {
  const { store } = ctx;
  const session = await soundRecord(store, 'sessions', () => store.sessions.findBy('tokenHash', [secretHash(token)]));
  // A session of the app is a phone's, and opens no page (phones/app-session.ts).
  if (session === null || session.app !== undefined || !isInForce(session, ctx.now())) return null;
  const user = await soundUser(store, session.userId);
  if (user === null || user.disabledAt !== null) return null;
  const actor = personOf(user);
  if (ctx.now().getTime() - Date.parse(session.lastSeenAt) >= NOTE_USE_MS) await noteUse(actor, session, ctx);
  return { actor, session, mustSetUpTwoFactor: isTwoFactorRequired(user, ctx) && twoFactorOf(user) === null };
}

/** Not revoked, not too old, not idle for too long. */
export function isInForce({ revokedAt, expiresAt, lastSeenAt, app }: Session, now: Date): boolean {
  const nowMs = now.getTime();
  // A phone without network is not idle.
  const isIdle = app === undefined && nowMs - Date.parse(lastSeenAt) >= SESSION_IDLE_MS_MAX;
  return revokedAt === null && nowMs < Date.parse(expiresAt) && !isIdle;
}

/** Of several requests at the same moment one writes; the others' conflicts can be ignored. */
async function noteUse(actor: Actor, session: Session, ctx: ActionContext): Promise<void> {
  const doc = nextVersion(ctx, session, { lastSeenAt: ctx.now().toISOString() });
  await saveChange({ ...ctx, request: null }, actor, {
    collection: 'sessions',
    before: session,
    doc,
    action: 'use-session',
    answer: null,
  });
}
