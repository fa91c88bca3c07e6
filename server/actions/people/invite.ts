// Invites a person by a link that works once: to create an account of a given place and role, or to set a new password.
// The link is shown to the inviting person, who passes it on; only a hash of its secret part is stored.

import { z } from 'zod';
import { SYSTEM, type Actor, type Role } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { INVITATION_MS_MAX, type Invitation } from '../../domain/people/invitation.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import { accountPlace, placeFields } from './account-place.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { secretHash } from './identify-key.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

const TOKEN_BYTES = 32;

export const inviteInput = z.strictObject({ ...placeFields, name: text(120) });

/** An invitation as it is shown. */
export type InvitationShown = Omit<Invitation, 'tokenHash'>;
/** `token` is the link's secret part; null in the answer to a retry: withdraw that link and make another. */
export interface MadeInvitation {
  invitation: InvitationShown;
  token: string | null;
}

/** Problems: not-allowed, invalid, absent-reference. */
export async function invite(
  actor: Actor,
  input: z.output<typeof inviteInput>,
  ctx: ActionContext,
): Promise<Outcome<MadeInvitation>> {
  const place = await accountPlace(actor, input, ctx);
  if (!place.ok) return place;
  return makeLink(actor, { ...place.value, purpose: 'account', role: input.role, name: input.name, userId: null }, ctx);
}

/** A link that sets a new password of an account. Problems: not-allowed, not-found. */
export async function invitePassword(
  actor: Actor,
  input: { userId: Id },
  ctx: ActionContext,
): Promise<Outcome<MadeInvitation>> {
  const found = await reach(ctx.store.users, actor, 'keep-accounts', input.userId);
  if (!found.ok) return found;
  const { officeId, producerId, role, name, id } = found.value.doc;
  return makeLink(actor, { officeId, producerId, purpose: 'password', role, name, userId: id }, ctx);
}

/** The link that creates the first admin; null if there is an account already. */
export async function inviteFirstAdmin(ctx: ActionContext): Promise<string | null> {
  const { items } = await ctx.store.users.list({}, { limit: 1, after: null });
  if (items.length > 0) return null;
  const made = await makeLink(
    SYSTEM,
    { officeId: null, producerId: null, purpose: 'first-admin', role: 'admin', name: 'admin', userId: null },
    ctx,
  );
  if (!made.ok || made.value.kind === 'waiting') throw new TypeError('the first invitation waits for nobody');
  return made.value.value.token;
}

/** Withdraws a link; one that was used stays used. */
export async function withdrawInvitation(
  actor: Actor,
  input: { id: Id },
  ctx: ActionContext,
): Promise<Outcome<InvitationShown>> {
  const found = await reach(ctx.store.invitations, actor, 'keep-accounts', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.withdrawnAt !== null || before.usedAt !== null) return done(invitationShown(before));
  const doc = nextVersion(ctx, before, { withdrawnAt: ctx.now().toISOString() });
  return saveChange(ctx, actor, {
    collection: 'invitations',
    before,
    doc,
    action: 'withdraw-invitation',
    answer: invitationShown(doc),
  });
}

/** Newest first. */
export async function listInvitations(
  actor: Actor,
  page: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<InvitationShown>>> {
  const found = await listInReach(ctx.store.invitations, actor, 'keep-accounts', {}, page);
  return found.ok ? ok({ items: found.value.items.map(invitationShown), next: found.value.next }) : found;
}

async function makeLink(
  actor: Actor,
  link: Pick<Invitation, 'purpose' | 'officeId' | 'producerId' | 'name' | 'userId'> & { role: Role },
  ctx: ActionContext,
): Promise<Outcome<MadeInvitation>> {
  const token = Buffer.from(ctx.random(TOKEN_BYTES)).toString('base64url');
  const expiresAt = new Date(ctx.now().getTime() + INVITATION_MS_MAX).toISOString();
  const doc: Invitation = {
    ...newEntity(ctx),
    ...link,
    tokenHash: secretHash(token),
    expiresAt,
    usedAt: null,
    withdrawnAt: null,
    by: actorId(actor),
  };
  const kept: MadeInvitation = { invitation: invitationShown(doc), token: null };
  const shownOnce = { ...kept, token };
  return saveNew(ctx, actor, { collection: 'invitations', doc, action: 'invite', answer: kept, shownOnce });
}

export function invitationShown(invitation: Invitation): InvitationShown {
  const { tokenHash: _tokenHash, ...shown } = invitation;
  return shown;
}
