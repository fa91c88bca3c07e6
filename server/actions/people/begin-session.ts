// Begins a session for a person who has proved who they are: a random token for the cookie, of which only the hash is
// stored.

import type { AppDevice, Session, User } from '../../domain/people/account.ts';
import type { Instant } from '../../domain/entity.ts';
import { fail, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { secretHash } from './identify-key.ts';
import { userShown, type UserShown } from './make-user.ts';
import { personOf } from './person-of.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { soundUser } from './sound-credential.ts';

/** A session of the app lasts a working day, however often it is used. */
export const APP_SESSION_MS_MAX = 14 * 3_600_000;
/** A session ends this long after the sign-in, whether it was used or not. */
export const SESSION_MS_MAX = 7 * 24 * 3_600_000;
const TOKEN_BYTES = 32;

export interface SignedIn {
  token: string;
  expiresAt: Instant;
  user: UserShown;
}

/**
 * Problems: not-signed-in if the account was disabled or got another password meanwhile.
 *
 * @param user   as its password was checked
 * @param device browser and system family, if known
 * @param app    the phone of the inspector's app; without it, it is a browser's session
 */
export async function beginSession(
  user: User,
  device: string | null,
  ctx: ActionContext,
  app?: AppDevice,
): Promise<Result<SignedIn>> {
  const token = Buffer.from(ctx.random(TOKEN_BYTES)).toString('base64url');
  const head = newEntity(ctx);
  const session: Session = {
    ...head,
    userId: user.id,
    tokenHash: secretHash(token),
    expiresAt: new Date(ctx.now().getTime() + (app === undefined ? SESSION_MS_MAX : APP_SESSION_MS_MAX)).toISOString(),
    lastSeenAt: head.createdAt,
    revokedAt: null,
    device,
    ...(app === undefined ? {} : { app }),
  };
  const saved = await saveNew({ ...ctx, request: null }, personOf(user), {
    collection: 'sessions',
    doc: session,
    action: 'sign-in',
    answer: null,
  });
  if (!saved.ok) return saved;
  // Changing the password or disabling the account meanwhile ended all sessions except this one, which did not exist
  // yet.
  const now = await soundUser(ctx.store, user.id);
  if (now !== null && now.disabledAt === null && now.passwordHash === user.passwordHash) {
    return { ok: true, value: { token, expiresAt: session.expiresAt, user: userShown(user) } };
  }
  const ended = nextVersion(ctx, session, { revokedAt: ctx.now().toISOString() });
  await saveChange({ ...ctx, request: null }, personOf(user), {
    collection: 'sessions',
    before: session,
    doc: ended,
    action: 'end-session',
    answer: null,
  });
  return fail('not-signed-in', 'Sign in again: the account changed meanwhile.');
}
