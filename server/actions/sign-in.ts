// Signs a person in with login and password: a random token, of which only the hash is kept. A login that nobody has, a wrong
// password and a shut account take the same time and read alike.

import type { Actor, Session, User } from '../domain/account.ts';
import type { Instant } from '../domain/entity.ts';
import { fail, type Result } from '../domain/problem.ts';
import type { ActionContext } from './context.ts';
import { secretHash } from './identify-key.ts';
import { userShown, type UserShown } from './make-user.ts';
import { isPassword, PASSWORD_MAX } from './password.ts';
import { newEntity, saveNew } from './save.ts';

/** A session ends so long after the sign-in, used or not. */
export const SESSION_MS_MAX = 7 * 24 * 3_600_000;
const TOKEN_BYTES = 32;

export interface SignedIn {
  token: string;
  expiresAt: Instant;
  user: UserShown;
}

/** Problems: not-signed-in. */
export async function signIn(input: { login: string; password: string }, ctx: ActionContext): Promise<Result<SignedIn>> {
  const user = await ctx.store.users.findBy('login', [input.login.trim().toLowerCase().slice(0, 64)]);
  const isOpen = user !== null && user.disabledAt === null;
  const isRight = await isPassword(input.password.slice(0, PASSWORD_MAX + 1), isOpen ? user.passwordHash : null);
  if (!isOpen || !isRight) return fail('not-signed-in', 'Login and password do not belong together.');
  const token = Buffer.from(ctx.random(TOKEN_BYTES)).toString('base64url');
  const head = newEntity(ctx);
  const session: Session = {
    ...head,
    userId: user.id,
    tokenHash: secretHash(token),
    expiresAt: new Date(ctx.now().getTime() + SESSION_MS_MAX).toISOString(),
    lastSeenAt: head.createdAt,
    revokedAt: null,
  };
  const saved = await saveNew(ctx, personOf(user), { collection: 'sessions', doc: session, action: 'sign-in', answer: null });
  return saved.ok ? { ok: true, value: { token, expiresAt: session.expiresAt, user: userShown(user) } } : saved;
}

function personOf(user: User): Actor {
  return { kind: 'person', id: user.id, role: user.role, officeId: user.officeId, producerId: user.producerId };
}
