// Sessions of the inspector's app: signed in once a day by password (and the second step), bound to the phone's own
// key, locked from the office at once. The phone encrypts what it keeps under a key of its own; besides the PIN, a
// secret of this server (`escrow`) wraps that key, so that a forgotten PIN loses nothing. Decision:
// docs/decisions/0046-app-session.md.

import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { AppDevice, Person, Session, User } from '../../../domain/people/account.ts';
import { deviceKeyOf, isProofOf } from '../../../domain/people/device-proof.ts';
import type { Id, Instant } from '../../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../../domain/problem.ts';
import type { ActionContext } from '../../kit/context.ts';
import { text } from '../../kit/fields.ts';
import { idOfText } from '../../kit/save.ts';
import { isInForce } from '../identify-session.ts';
import { secretHash } from '../identify-key.ts';
import { twoFactorOf } from '../make-user.ts';
import type { TriedFrom } from '../check-password.ts';
import { personOf } from '../person-of.ts';
import { finishSignIn, signIn } from '../sign-in.ts';
import { soundRecord, soundUser } from '../sound-credential.ts';
import { isTwoFactorRequired } from '../two-factor-required.ts';

const ESCROW_BYTES = 32;
const PASSWORD_LETTERS_MAX = 1_024;

export const appSignInInput = z.strictObject({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(PASSWORD_LETTERS_MAX),
  code: z.string().min(1).max(32).nullable().default(null),
  device: z.strictObject({
    publicKey: z.string().min(1).max(256).meta({ description: 'ECDSA P-256, SPKI, base64.' }),
    name: text(80),
  }),
});

export interface AppSession {
  device: { id: Id; name: string };
  person: { id: Id; name: string; role: User['role']; officeId: Id | null };
  office: { id: Id; name: string; province: string } | null;
  signedInAt: Instant;
  expiresAt: Instant;
  serverTime: Instant;
  origin: string;
  timeZone: string;
}

export interface AppSignedIn {
  token: string;
  session: AppSession;
  /**
   * Wraps the phone's data key besides its PIN; the same for this phone and account for ever. Never kept by the phone.
   */
  escrow: string;
}

/** Problems: not-signed-in, second-step, not-allowed, invalid, too-many-requests. */
export async function signInToApp(
  input: z.output<typeof appSignInInput>,
  from: TriedFrom,
  ctx: ActionContext,
): Promise<Result<AppSignedIn>> {
  const { publicKey, name } = input.device;
  if (deviceKeyOf(publicKey) === null)
    return fieldProblem('invalid', 'device.publicKey', 'format', 'This is no ECDSA P-256 key in SPKI form.');
  const app: AppDevice = { deviceId: deviceIdOf(publicKey), publicKey, name };
  const accepted = await signIn({ login: input.login, password: input.password, device: name, from, app }, ctx);
  if (!accepted.ok) return accepted;
  if (accepted.value.kind === 'signed-in') return signedIn(accepted.value.token, app, ctx);
  if (input.code === null) return fail('second-step', 'Send the code that your authenticator app shows as well.');
  const finished = await finishSignIn(
    { ticket: accepted.value.ticket, code: input.code, device: name, from, app },
    ctx,
  );
  if (finished.ok) return signedIn(finished.value.token, app, ctx);
  return finished.problem.code === 'invalid'
    ? fail('second-step', 'This code is not right, or was used already.')
    : finished;
}

/**
 * Whose request it is. Problems: not-signed-in (it ended: the phone keeps all and asks for the password),
 * device-proof (not from the phone that signed in, or its clock is off), device-shut (the office locked it: the phone
 * removes all).
 */
export async function identifyApp(
  token: string,
  request: { method: string; path: string; proof: string | undefined },
  ctx: ActionContext,
): Promise<Result<{ actor: Person; session: Session; user: User }>> {
  const { store } = ctx;
  const session = await soundRecord(store, 'sessions', () => store.sessions.findBy('tokenHash', [secretHash(token)]));
  if (session?.app === undefined) return fail('not-signed-in', 'This session has ended. Sign in again.');
  const user = await soundUser(store, session.userId);
  if ((session.shutAt ?? null) !== null || user === null || user.disabledAt !== null)
    return fail('device-shut', 'The office locked this device, or its account. Remove what it holds.');
  if (!isInForce(session, ctx.now()) || (isTwoFactorRequired(user, ctx) && twoFactorOf(user) === null))
    return fail('not-signed-in', 'This session has ended. Sign in again.');
  if (!isProofOf(session.app.publicKey, request.proof, request, ctx.now().getTime()))
    return fail('device-proof', 'Sign the request with this device’s key, and the server’s time.', {
      details: { serverTime: ctx.now().toISOString() },
    });
  return ok({ actor: personOf(user), session, user });
}

/** What the app shows of its session. */
export async function appSessionOf(session: Session, user: User, ctx: ActionContext): Promise<AppSession> {
  const office = user.officeId === null ? null : await ctx.store.offices.get(user.officeId);
  return {
    device: { id: session.app?.deviceId ?? '', name: session.app?.name ?? '' },
    person: { id: user.id, name: user.name, role: user.role, officeId: user.officeId },
    office: office === null ? null : { id: office.id, name: office.name, province: office.province },
    signedInAt: session.createdAt,
    expiresAt: session.expiresAt,
    serverTime: ctx.now().toISOString(),
    origin: ctx.settings.publicOrigin,
    timeZone: ctx.settings.timeZone,
  };
}

async function signedIn(token: string, app: AppDevice, ctx: ActionContext): Promise<Result<AppSignedIn>> {
  const session = await ctx.store.sessions.findBy('tokenHash', [secretHash(token)]);
  const user = session === null ? null : await soundUser(ctx.store, session.userId);
  if (session === null || user === null) return fail('not-signed-in', 'Sign in again: the account changed meanwhile.');
  const info = `temtrace/1/phone\n${app.deviceId}\n${user.id}`;
  const escrow = Buffer.from(hkdfSync('sha256', ctx.keys.wrap, '', info, ESCROW_BYTES)).toString('base64');
  return ok({ token, session: await appSessionOf(session, user, ctx), escrow });
}

/** The same key is the same phone, whoever signs in on it. */
function deviceIdOf(publicKey: string): Id {
  return idOfText(`device\n${publicKey}`);
}
