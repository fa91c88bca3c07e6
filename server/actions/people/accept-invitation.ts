// Uses an invitation's link, once: creates the account it is for, sets a new password, or creates the first admin and
// office.
//
// An account made by a link has an id derived from the link's, and the first admin has a fixed one. The store refuses a
// second record of the same id, so two uses cannot both succeed, even if the server stops between the two writes.

import { z } from 'zod';
import type { Actor, User } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { isOpenInvitation, type Invitation } from '../../domain/people/invitation.ts';
import { fail, ok, type Problem, type Result } from '../../domain/problem.ts';
import { personOf } from './person-of.ts';
import { endSessionsOf } from './change-user.ts';
import type { ActionContext } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { secretHash } from './identify-key.ts';
import { invitationShown, type InvitationShown } from './invite.ts';
import { makeOffice, makeOfficeInput } from '../registry/make-office.ts';
import { makerOf, mayAnswerFor } from './maker.ts';
import { login } from './make-user.ts';
import { hashPassword, password } from './password.ts';
import { endPasswordLinks } from './passwords/end-password-links.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { soundRecord, soundUser } from './sound-credential.ts';

const FIRST_ADMIN_ID = 'first-admin';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export const acceptAccountInput = z.strictObject({ login, name: text(120), password });
export const acceptPasswordInput = z.strictObject({ password });
export const acceptFirstAdminInput = z.strictObject({
  login,
  name: text(120),
  password,
  office: makeOfficeInput.nullable(),
});

/** What an open link allows, with the login of the account whose password it sets. */
export interface OpenInvitation extends InvitationShown {
  login: string | null;
  /** The first admin also creates the first office if there is none. */
  needsOffice: boolean;
}

/** Problems: not-found, for a link that is unknown, used, withdrawn or expired. */
export async function readInvitation(token: string, ctx: ActionContext): Promise<Result<OpenInvitation>> {
  const found = await openInvitation(token, ctx);
  if (!found.ok) return found;
  const { userId, purpose } = found.value;
  const user = userId === null ? null : await soundUser(ctx.store, userId);
  const offices = purpose === 'first-admin' ? await ctx.store.offices.list({}, { limit: 1, after: null }) : null;
  return ok({
    ...invitationShown(found.value),
    login: user?.login ?? null,
    needsOffice: offices !== null && offices.items.length === 0,
  });
}

/** Problems: not-found, taken (login). Returns the account, which may now sign in. */
export async function acceptAccount(
  token: string,
  input: z.output<typeof acceptAccountInput>,
  ctx: ActionContext,
): Promise<Result<User>> {
  const found = await openInvitation(token, ctx);
  if (!found.ok) return found;
  if (found.value.purpose !== 'account') return gone();
  return makeAccount(found.value, `user-${found.value.id}`, input, ctx);
}

/** Problems: not-found, taken (login, or the office's name). */
export async function acceptFirstAdmin(
  token: string,
  input: z.output<typeof acceptFirstAdminInput>,
  ctx: ActionContext,
): Promise<Result<User>> {
  const found = await openInvitation(token, ctx);
  if (!found.ok) return found;
  const { items } = await ctx.store.users.list({}, { limit: 1, after: null });
  if (found.value.purpose !== 'first-admin' || items.length > 0) return gone();
  const made = await makeAccount(found.value, FIRST_ADMIN_ID, input, ctx);
  if (!made.ok || input.office === null) return made;
  const office = await makeOffice(personOf(made.value), input.office, { ...ctx, request: null });
  return office.ok ? made : office;
}

/** Sets the password; the account's sessions end. Problems: not-found. */
export async function acceptPassword(
  token: string,
  input: z.output<typeof acceptPasswordInput>,
  ctx: ActionContext,
): Promise<Result<User>> {
  const found = await openInvitation(token, ctx);
  if (!found.ok) return found;
  const before = found.value.userId === null ? null : await soundUser(ctx.store, found.value.userId);
  if (found.value.purpose !== 'password' || before === null || before.disabledAt !== null) return gone();
  const used = await markUsed(personOf(before), found.value, ctx);
  if (!used.ok) return used;
  const doc = nextVersion(ctx, before, { passwordHash: await hashPassword(input.password, ctx.random) });
  // Ended before the change, so that a crash leaves no session open; and again after it, for a session that was begun
  // meanwhile with the old password.
  await endSessionsOf(personOf(before), before.id, ctx);
  await endPasswordLinks(personOf(before), before, ctx);
  const saved = await saveChange({ ...ctx, request: null }, personOf(before), {
    collection: 'users',
    before,
    doc,
    action: 'set-password-by-link',
    answer: null,
    values: {},
  });
  if (!saved.ok) return saved;
  await endSessionsOf(personOf(before), before.id, ctx);
  return ok(doc);
}

async function makeAccount(
  invitation: Invitation,
  userId: Id,
  input: Pick<z.output<typeof acceptAccountInput>, 'login' | 'name' | 'password'>,
  ctx: ActionContext,
): Promise<Result<User>> {
  const { officeId, producerId, role } = invitation;
  const passwordHash = await hashPassword(input.password, ctx.random);
  const user: User = {
    ...newEntity(ctx, userId),
    officeId,
    producerId,
    role,
    login: input.login,
    name: input.name,
    passwordHash,
    disabledAt: null,
    twoFactor: null,
  };
  const saved = await saveNew({ ...ctx, request: null }, personOf(user), {
    collection: 'users',
    doc: user,
    action: 'accept-invitation',
    answer: null,
  });
  if (!saved.ok) return saved.problem.errors?.some(({ path }) => path[0] === 'id') === true ? gone() : saved;
  // Only for the list: the account's id already prevents a second use of the link.
  await markUsed(personOf(user), invitation, ctx);
  return ok(user);
}

async function markUsed(actor: Actor, before: Invitation, ctx: ActionContext): Promise<Result<null>> {
  const doc = nextVersion(ctx, before, { usedAt: ctx.now().toISOString() });
  const saved = await saveChange({ ...ctx, request: null }, actor, {
    collection: 'invitations',
    before,
    doc,
    action: 'use-invitation',
    answer: null,
  });
  return saved.ok ? ok(null) : saved.problem.code === 'version-conflict' ? gone() : saved;
}

async function openInvitation(token: string, ctx: ActionContext): Promise<Result<Invitation>> {
  const { invitations } = ctx.store;
  const read = (): Promise<Invitation | null> => invitations.findBy('tokenHash', [secretHash(token)]);
  const found = TOKEN.test(token) ? await soundRecord(ctx.store, 'invitations', read) : null;
  if (found === null || !isOpenInvitation(found, ctx.now())) return gone();
  const maker = await makerOf('invitation', found, ctx);
  return maker !== null && mayAnswerFor(maker, found) ? ok(found) : gone();
}

function gone(): { ok: false; problem: Problem } {
  return fail('not-found', 'This link is not open: it was used, taken back, or is older than 72 hours.');
}
