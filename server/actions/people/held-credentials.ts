// What an account answers for besides itself: keys, invitations and print shop links that it made or took over. All of
// it ends when the account is disabled, unless it is handed to another account in the same step (change-user.ts).
//
// It stops working as soon as the account is disabled, because each use checks the maker (maker.ts). Ending the records
// too keeps them closed if the account is enabled again.

import type { Actor, ApiKey, User } from '../../domain/people/account.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { INVITATION_MS_MAX, isOpenInvitation, type Invitation } from '../../domain/people/invitation.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { SHOP_LINK_MS_MAX, type ShopLink } from '../../domain/print/shop-link.ts';
import type { Collection } from '../../store/store.ts';
import { shopLinkShown, type ShopLinkShown } from '../print/shop-link/hand-to-shop.ts';
import { mayHandOut } from '../print/shop-link/shop-link-state.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { invitationShown, type InvitationShown } from './invite.ts';
import { hasEnded, makerIdOf, mayAnswerFor } from './maker.ts';
import { personOf } from './person-of.ts';
import { readKeyShown, type ApiKeyShown } from './read.ts';

export interface HeldCredentials {
  keys: ApiKey[];
  invitations: Invitation[];
  shopLinks: ShopLink[];
}

export interface HeldShown {
  keys: ApiKeyShown[];
  invitations: InvitationShown[];
  shopLinks: ShopLinkShown[];
}

/** What would end if this account were disabled now. Problems: not-found. */
export async function readHeldCredentials(
  actor: Actor,
  input: { id: Id },
  ctx: ActionContext,
): Promise<Result<HeldShown>> {
  const found = await reach(ctx.store.users, actor, 'keep-accounts', input.id);
  if (!found.ok) return found;
  const { keys, invitations, shopLinks } = await heldBy(found.value.doc, ctx);
  return ok({
    keys: await Promise.all(keys.map((key) => readKeyShown(key, ctx))),
    invitations: invitations.map(invitationShown),
    shopLinks: await Promise.all(shopLinks.map((link) => shopLinkShown(link, ctx))),
  });
}

/** Those that still work; an admin's may belong to any office. */
export async function heldBy({ id, officeId }: User, ctx: ActionContext): Promise<HeldCredentials> {
  const place = officeId === null ? {} : { officeId };
  const { apiKeys, invitations, shopLinks } = ctx.store;
  const now = ctx.now();
  const keys: ApiKey[] = [];
  for await (const key of everyOf(apiKeys, place)) {
    if (key.revokedAt !== null || hasEnded(key, ctx)) continue;
    if ((await makerIdOf('api-key', key, ctx)) === id) keys.push(key);
  }
  return {
    keys,
    invitations: (await madeSince(invitations, place, now.getTime() - INVITATION_MS_MAX)).filter(
      (invitation) => invitation.by === id && isOpenInvitation(invitation, now),
    ),
    shopLinks: (await madeSince(shopLinks, place, now.getTime() - SHOP_LINK_MS_MAX)).filter(
      ({ by, withdrawnAt, expiresAt }) =>
        by === id && (withdrawnAt ?? null) === null && Date.parse(expiresAt) > now.getTime(),
    ),
  };
}

/** Older ones have expired, and a list is newest first. */
export async function madeSince<T extends Entity>(
  collection: Collection<T>,
  place: { officeId?: Id; purpose?: string },
  sinceMs: number,
): Promise<T[]> {
  const made: T[] = [];
  for await (const doc of everyOf(collection, place)) {
    if (Date.parse(doc.createdAt) < sinceMs) break;
    made.push(doc);
  }
  return made;
}

/** Hands all of it to another account. Problems: invalid at `handOverTo`, if that account could not have made it. */
export async function handOver(
  actor: Actor,
  held: HeldCredentials,
  to: User,
  ctx: ActionContext,
): Promise<Outcome<null>> {
  const next = personOf(to);
  let may = [...held.keys, ...held.invitations].every((one) => mayAnswerFor(next, one));
  for (const link of held.shopLinks) {
    const job = await ctx.store.printJobs.get(link.printJobId);
    may &&= job !== null && (await mayHandOut(next, job, ctx));
  }
  if (!may)
    return fieldProblem(
      'invalid',
      'handOverTo',
      'may-not',
      'This account could not have made all of it. Choose one of the same office and role, or let it end.',
    );
  const own = { ...ctx, request: null };
  const save = { action: 'hand-over', answer: null };
  const by = to.id;
  for (const before of held.keys) {
    const doc = nextVersion(ctx, before, { by });
    const saved = await saveChange(own, actor, { ...save, collection: 'apiKeys', before, doc });
    if (!saved.ok) return saved;
  }
  for (const before of held.invitations) {
    const doc = nextVersion(ctx, before, { by });
    const saved = await saveChange(own, actor, { ...save, collection: 'invitations', before, doc });
    if (!saved.ok) return saved;
  }
  for (const before of held.shopLinks) {
    const doc = nextVersion(ctx, before, { by });
    const saved = await saveChange(own, actor, { ...save, collection: 'shopLinks', before, doc });
    if (!saved.ok) return saved;
  }
  return done(null);
}

/**
 * Ends all of it. A record that someone changes at this moment does not work either, because its maker's account is
 * disabled.
 */
export async function endHeld(actor: Actor, user: User, ctx: ActionContext): Promise<void> {
  const { keys, invitations, shopLinks } = await heldBy(user, ctx);
  const own = { ...ctx, request: null };
  const at = ctx.now().toISOString();
  const save = { action: 'end-with-account', answer: null };
  for (const before of keys) {
    const doc = nextVersion(ctx, before, { revokedAt: at });
    await saveChange(own, actor, { ...save, collection: 'apiKeys', before, doc });
  }
  for (const before of invitations) {
    const doc = nextVersion(ctx, before, { withdrawnAt: at });
    await saveChange(own, actor, { ...save, collection: 'invitations', before, doc });
  }
  for (const before of shopLinks) {
    const doc = nextVersion(ctx, before, { withdrawnAt: at });
    await saveChange(own, actor, { ...save, collection: 'shopLinks', before, doc });
  }
}
