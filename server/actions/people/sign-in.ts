// Signs a person in with login and password, and a code of their phone's app where they have set one up. A login that
// nobody has, a wrong password and a shut account take the same time and read alike.
//
// Between the two steps nothing is stored: a ticket, sealed under a key of ours, says whose password was right and
// until when.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { User } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { beginSession, type SignedIn } from './begin-session.ts';
import { personOf } from './person-of.ts';
import type { ActionContext } from '../kit/context.ts';
import { twoFactorOf } from './make-user.ts';
import { isPassword, PASSWORD_MAX } from './password.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { acceptCode } from './two-factor-code.ts';

/** How long a code may be looked for after the password was right. */
const TICKET_MS_MAX = 10 * 60_000;

export type PasswordAccepted = ({ kind: 'signed-in' } & SignedIn) | { kind: 'second-step'; ticket: string };

/** Problems: not-signed-in. */
export async function signIn(
  input: { login: string; password: string; device?: string | null },
  ctx: ActionContext,
): Promise<Result<PasswordAccepted>> {
  const user = await ctx.store.users.findBy('login', [input.login.trim().toLowerCase().slice(0, 64)]);
  const isOpen = user !== null && user.disabledAt === null;
  const isRight = await isPassword(input.password.slice(0, PASSWORD_MAX + 1), isOpen ? user.passwordHash : null);
  if (!isOpen || !isRight) return fail('not-signed-in', 'Login and password do not belong together.');
  if (twoFactorOf(user) !== null)
    return ok({ kind: 'second-step', ticket: ticketOf(user, ctx.now().getTime() + TICKET_MS_MAX, ctx) });
  const begun = await beginSession(user, input.device ?? null, ctx);
  return begun.ok ? ok({ kind: 'signed-in', ...begun.value }) : begun;
}

/** Whose ticket this is, for counting tries: the account's id, or null for one that is not ours or too old. */
export function ownerOfTicket(ticket: string, ctx: ActionContext): string | null {
  const [userId = '', expires = '', ...rest] = ticket.split('~');
  if (rest.length !== 1 || !/^\d{13}$/.test(expires) || Number(expires) <= ctx.now().getTime()) return null;
  return userId;
}

/**
 * The second step: a code of the app, or a recovery code, which is then used up.
 * Problems: not-signed-in (a ticket that is too old, or whose account changed meanwhile), invalid at `code`.
 */
export async function finishSignIn(
  input: { ticket: string; code: string; device: string | null },
  ctx: ActionContext,
): Promise<Result<SignedIn>> {
  const user = await ctx.store.users.get(ownerOfTicket(input.ticket, ctx) ?? '');
  const expires = Number(input.ticket.split('~')[1]);
  if (user === null || user.disabledAt !== null || !isEqual(input.ticket, ticketOf(user, expires, ctx))) {
    return fail('not-signed-in', 'Sign in again: it took too long, or the account changed meanwhile.');
  }
  const accepted = acceptCode(user, input.code, ctx);
  if (accepted === null) {
    const message = 'This code is not right, or was used already.';
    return fail('invalid', message, { errors: [{ path: ['code'], code: 'wrong-code', message }] });
  }
  // The code is used up before it lets in: two at the same moment, and one of them fails here.
  const doc = nextVersion(ctx, user, { twoFactor: accepted.twoFactor });
  const values = { secondStep: accepted.by };
  const saved = await saveChange({ ...ctx, request: null }, personOf(user), {
    collection: 'users',
    before: user,
    doc,
    action: 'use-second-step',
    answer: null,
    values,
  });
  return saved.ok ? beginSession(doc, input.device, ctx) : saved;
}

/** Bound to the password and the app of that moment: a change of either ends it. */
function ticketOf(user: User, expiresMs: number, ctx: ActionContext): string {
  const key = new Uint8Array(hkdfSync('sha256', ctx.keys.wrap, '', 'temtrace/1/sign-in-ticket', 32));
  const mac = createHmac('sha256', key)
    .update(JSON.stringify([user.id, expiresMs, user.passwordHash, twoFactorOf(user)?.since ?? null]))
    .digest('base64url');
  return `${user.id}~${expiresMs}~${mac}`;
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
