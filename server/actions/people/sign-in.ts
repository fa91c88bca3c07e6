// Signs a person in with login and password, and a code of their phone's app if they have set one up. An unknown login,
// a wrong password and a disabled account take the same time and get the same answer.
//
// Nothing is stored between the two steps: a ticket, sealed under our key, says whose password was right and until when
// it is valid.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { AppDevice, User } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { beginSession, type SignedIn } from './begin-session.ts';
import { personOf } from './person-of.ts';
import type { ActionContext } from '../kit/context.ts';
import { checkCode, checkPassword, type TriedFrom } from './check-password.ts';
import { twoFactorOf } from './make-user.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { soundRecord, soundUser } from './sound-credential.ts';
import { acceptCode } from './two-factor-code.ts';

/** Time to enter the code after the password was right. */
const TICKET_MS_MAX = 10 * 60_000;
/** The longest login (make-user.ts); a longer text cannot be one. */
const LOGIN_MAX = 64;
/** An id, an instant and a MAC. */
const TICKET_MAX = 200;

export type PasswordAccepted = ({ kind: 'signed-in' } & SignedIn) | { kind: 'second-step'; ticket: string };

/** Problems: not-signed-in, too-many-requests; not-allowed for an app that the account may not use. */
export async function signIn(
  input: { login: string; password: string; device?: string | null; from: TriedFrom; app?: AppDevice },
  ctx: ActionContext,
): Promise<Result<PasswordAccepted>> {
  const login = input.login.trim().toLowerCase().slice(0, LOGIN_MAX);
  const { store } = ctx;
  const user = await soundRecord(store, 'users', () => store.users.findBy('login', [login]));
  const checked = await checkPassword({ user, login, typed: input.password }, input.from, ctx);
  if (!checked.ok) return checked;
  if (!checked.value || user === null) return fail('not-signed-in', 'Login and password do not belong together.');
  if (input.app !== undefined && user.role === 'producer')
    return fail('not-allowed', 'The app is for inspectors and their office.');
  if (twoFactorOf(user) !== null)
    return ok({ kind: 'second-step', ticket: ticketOf(user, ctx.now().getTime() + TICKET_MS_MAX, ctx) });
  const begun = await beginSession(user, input.device ?? null, ctx, input.app);
  return begun.ok ? ok({ kind: 'signed-in', ...begun.value }) : begun;
}

/**
 * The second step: a code of the app, or a recovery code, which is then used up. An invalid ticket is refused before
 * anything is counted, so that no stranger can use up another person's tries.
 * Problems: not-signed-in (a ticket that has expired, or whose account changed meanwhile), invalid at `code`,
 * too-many-requests.
 */
export async function finishSignIn(
  input: { ticket: string; code: string; device: string | null; from: TriedFrom; app?: AppDevice },
  ctx: ActionContext,
): Promise<Result<SignedIn>> {
  const user = await ownerOfTicket(input.ticket, ctx);
  if (user === null) {
    return fail('not-signed-in', 'Sign in again: it took too long, or the account changed meanwhile.');
  }
  const accepted = await checkCode(user, input.from, ctx, () => acceptCode(user, input.code, ctx));
  if (!accepted.ok) return accepted;
  if (accepted.value === null) {
    const message = 'This code is not right, or was used already.';
    return fail('invalid', message, { errors: [{ path: ['code'], code: 'wrong-code', message }] });
  }
  // The code is used up before the person is let in, so that of two uses at the same moment one fails here.
  const doc = nextVersion(ctx, user, { twoFactor: accepted.value.twoFactor });
  const values = { secondStep: accepted.value.by };
  const saved = await saveChange({ ...ctx, request: null }, personOf(user), {
    collection: 'users',
    before: user,
    doc,
    action: 'use-second-step',
    answer: null,
    values,
  });
  return saved.ok ? beginSession(doc, input.device, ctx, input.app) : saved;
}

/** The account whose password was right; null: the ticket is invalid, has expired, or was made before a change. */
async function ownerOfTicket(ticket: string, ctx: ActionContext): Promise<User | null> {
  const [userId = '', expires = '', ...rest] = ticket.slice(0, TICKET_MAX).split('~');
  if (rest.length !== 1 || !/^\d{13}$/.test(expires) || Number(expires) <= ctx.now().getTime()) return null;
  const user = await soundUser(ctx.store, userId);
  if (user === null || user.disabledAt !== null) return null;
  return isEqual(ticket, ticketOf(user, Number(expires), ctx)) ? user : null;
}

/** Bound to the password and the app of that moment: changing either invalidates it. */
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
