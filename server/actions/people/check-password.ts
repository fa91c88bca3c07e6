// The only place that checks a password, wherever it is asked for: at the sign-in, before a change of the password,
// before the second step is set up, renewed or ended. The tries are counted before the hash is computed. Codes of the
// second step have the same bounds.

import type { User } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { knownDevice } from './known-device.ts';
import { noteRefusal } from './note-refusal.ts';
import { isPassword, PASSWORD_MAX } from './password.ts';
import type { Try } from './sign-in-guard.ts';

/** Where a password is typed. */
export interface TriedFrom {
  /** An address, or an IPv6 /64. */
  network: string;
  /** Marks in the device's cookie; null: it has no cookie. */
  marks: string | null;
}

/**
 * Whether this is the password of the account. For an unknown login and for a disabled account the answer is false
 * after the same time. Problems: too-many-requests, with the seconds to wait.
 *
 * @param login as typed, or as the account has it
 */
export async function checkPassword(
  { user, login, typed }: { user: User | null; login: string; typed: string },
  from: TriedFrom,
  ctx: ActionContext,
): Promise<Result<boolean>> {
  const hash = user === null || user.disabledAt !== null ? null : user.passwordHash;
  return guarded('password', { user, login }, from, ctx, () => isPassword(typed.slice(0, PASSWORD_MAX + 1), hash));
}

/**
 * As checkPassword, for a code of the second step. @param accept returns what the code gives; null: the code is wrong
 */
export async function checkCode<T>(
  user: User,
  from: TriedFrom,
  ctx: ActionContext,
  accept: () => T | null,
): Promise<Result<T | null>> {
  let accepted: T | null = null;
  const checked = await guarded('code', { user, login: `code ${user.id}` }, from, ctx, () => {
    accepted = accept();
    return accepted !== null;
  });
  return checked.ok ? ok(accepted) : checked;
}

async function guarded(
  what: 'password' | 'code',
  { user, login }: { user: User | null; login: string },
  { network, marks }: TriedFrom,
  ctx: ActionContext,
  check: () => boolean | Promise<boolean>,
): Promise<Result<boolean>> {
  const one: Try = { login, network, device: user === null ? null : knownDevice(marks, user.id, ctx) };
  const { guard } = ctx.signIns;
  const seconds = guard.take(one, ctx.now().getTime());
  if (seconds !== null) {
    noteRefusal({ what, of: user, locked: true }, ctx);
    return fail('too-many-requests', 'Too many wrong passwords or codes. Wait before the next try.', {
      details: { retryAfterSeconds: seconds },
    });
  }
  const isRight = await check();
  if (isRight) guard.succeeded(one, ctx.now().getTime());
  else noteRefusal({ what, of: user, locked: false }, ctx);
  return ok(isRight);
}
