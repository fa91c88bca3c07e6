// One's own second step: offering it, confirming it with a first code, renewing its recovery codes, and ending it with
// the password. The office can end it for a person who has lost both phone and paper.

import type { Actor, User } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { userShown, twoFactorOf, type UserShown } from './make-user.ts';
import { checkPassword, type TriedFrom } from './check-password.ts';
import { endOtherSessions } from './own-sessions.ts';
import { isTwoFactorRequired } from './two-factor-required.ts';
import { ownUser } from './own-user.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import {
  appAddress,
  appSecretText,
  newAppSecret,
  newRecoveryCodes,
  openAppSecret,
  sealAppSecret,
  stepOfCode,
} from './two-factor-code.ts';

export interface TwoFactorOffer {
  /** Travels through the form and comes back with the first code, because nothing is stored before that. */
  sealed: string;
  /** For the app's camera. */
  address: string;
  /** For typing it into the app. */
  secret: string;
}

/** A new secret for a phone's app. @param issuer the name under which the app shows it */
export async function offerTwoFactor(
  actor: Actor,
  issuer: string,
  ctx: ActionContext,
): Promise<Result<TwoFactorOffer>> {
  const user = await ownUser(actor, ctx);
  if (!user.ok) return user;
  const secret = newAppSecret(ctx);
  return ok(offerOf(secret, user.value, issuer, ctx));
}

/** The same offer again, after a wrong code. Null: we did not make it. */
export async function offerAgain(
  actor: Actor,
  sealed: string,
  issuer: string,
  ctx: ActionContext,
): Promise<Result<TwoFactorOffer>> {
  const user = await ownUser(actor, ctx);
  if (!user.ok) return user;
  const secret = openAppSecret(sealed, user.value.id, ctx);
  return secret === null ? offerTwoFactor(actor, issuer, ctx) : ok(offerOf(secret, user.value, issuer, ctx));
}

/** `recoveryCodes` is null in the answer to a retry: make new ones. */
export interface MadeRecoveryCodes {
  recoveryCodes: string[] | null;
}

/** The password, typed again, and where. */
export interface Proof {
  password: string;
  from: TriedFrom;
}

/**
 * Begins the second step, and ends all other sessions, because an intruder may be using one of them.
 * Problems: invalid at `password` or `code`, too-many-requests. @param input `token` of the session that is kept
 */
export async function confirmTwoFactor(
  actor: Actor,
  input: Proof & { sealed: string; code: string; token: string | null },
  ctx: ActionContext,
): Promise<Outcome<MadeRecoveryCodes>> {
  const found = await provenUser(actor, input, ctx);
  if (!found.ok) return found;
  const before = found.value;
  const secret = openAppSecret(input.sealed, before.id, ctx);
  const step = secret === null ? null : stepOfCode(secret, input.code, ctx.now().getTime(), 0);
  if (step === null)
    return fieldProblem('invalid', 'code', 'wrong-code', 'This is not the code that the app shows now.');
  const { codes, hashes } = newRecoveryCodes(ctx);
  const twoFactor = {
    sealedSecret: input.sealed,
    since: ctx.now().toISOString(),
    lastStep: step,
    recoveryHashes: hashes,
  };
  const doc = nextVersion(ctx, before, { twoFactor });
  // Ended before the change, so that a crash leaves no session open; and again after it, for a session that was begun
  // meanwhile with the password alone.
  const ended = await endOtherSessions(actor, input.token, ctx);
  if (!ended.ok) return ended;
  const saved = await saveChange<'users', MadeRecoveryCodes>(ctx, actor, {
    collection: 'users',
    before,
    doc,
    action: 'set-second-step',
    answer: { recoveryCodes: null },
    shownOnce: { recoveryCodes: codes },
    values: { twoFactor: 'on' },
  });
  if (!saved.ok) return saved;
  const endedAfter = await endOtherSessions(actor, input.token, ctx);
  return endedAfter.ok ? saved : endedAfter;
}

/** New recovery codes; the old ones stop working. Problems: invalid at `password`. */
export async function renewRecoveryCodes(
  actor: Actor,
  input: Proof,
  ctx: ActionContext,
): Promise<Outcome<MadeRecoveryCodes>> {
  const found = await provenUser(actor, input, ctx);
  if (!found.ok) return found;
  const before = found.value;
  const twoFactor = twoFactorOf(before);
  if (twoFactor === null) return fail('not-found', 'There is no second step.');
  const { codes, hashes } = newRecoveryCodes(ctx);
  const doc = nextVersion(ctx, before, { twoFactor: { ...twoFactor, recoveryHashes: hashes } });
  return saveChange<'users', MadeRecoveryCodes>(ctx, actor, {
    collection: 'users',
    before,
    doc,
    action: 'renew-recovery-codes',
    answer: { recoveryCodes: null },
    shownOnce: { recoveryCodes: codes },
    values: {},
  });
}

/** Problems: invalid at `password`; not-allowed if the deployment requires a second step of this role. */
export async function endOwnTwoFactor(actor: Actor, input: Proof, ctx: ActionContext): Promise<Outcome<null>> {
  const found = await provenUser(actor, input, ctx);
  if (!found.ok) return found;
  if (isTwoFactorRequired(found.value, ctx))
    return fail('not-allowed', 'This deployment requires a second step of your role.');
  return switchOff(actor, found.value, ctx, null);
}

/** Problems: not-allowed, not-found, version-conflict. @param input `version` is the version that the caller read */
export async function endTwoFactorOf(
  actor: Actor,
  input: { id: Id; version: number },
  ctx: ActionContext,
): Promise<Outcome<UserShown>> {
  const found = await reach(ctx.store.users, actor, 'keep-accounts', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this account meanwhile. Read it again.');
  const after = userShown({ ...before, twoFactor: null });
  return twoFactorOf(before) === null ? done(userShown(before)) : switchOff(actor, before, ctx, after);
}

function switchOff<A>(actor: Actor, before: User, ctx: ActionContext, answer: A): Promise<Outcome<A>> {
  const doc = nextVersion(ctx, before, { twoFactor: null });
  return saveChange(ctx, actor, {
    collection: 'users',
    before,
    doc,
    action: 'end-second-step',
    answer,
    values: { twoFactor: 'off' },
  });
}

function offerOf(secret: Uint8Array, { id, login }: User, issuer: string, ctx: ActionContext): TwoFactorOffer {
  return {
    sealed: sealAppSecret(secret, id, ctx),
    address: appAddress(secret, login, issuer),
    secret: appSecretText(secret),
  };
}

/**
 * One's own account, after the password was typed again: an open browser must not be enough to change how one signs in.
 */
async function provenUser(actor: Actor, { password, from }: Proof, ctx: ActionContext): Promise<Result<User>> {
  const user = await ownUser(actor, ctx);
  if (!user.ok) return user;
  const tried = { user: user.value, login: user.value.login, typed: password };
  const checked = await checkPassword(tried, from, ctx);
  if (!checked.ok) return checked;
  return checked.value ? user : fieldProblem('invalid', 'password', 'wrong-password', 'This is not your password.');
}

/** One's own second step; null: there is none. */
export async function readTwoFactor(
  actor: Actor,
  ctx: ActionContext,
): Promise<Result<{ since: string; recoveryCodesLeft: number } | null>> {
  const user = await ownUser(actor, ctx);
  if (!user.ok) return user;
  const twoFactor = twoFactorOf(user.value);
  return ok(twoFactor === null ? null : { since: twoFactor.since, recoveryCodesLeft: twoFactor.recoveryHashes.length });
}
