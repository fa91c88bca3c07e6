// Withdraws the links that could still set an account's password. After the password has changed, a person who finds an
// older link in a mail or a chat must not be able to change it again.

import type { Actor, User } from '../../../domain/people/account.ts';
import { INVITATION_MS_MAX, isOpenInvitation } from '../../../domain/people/invitation.ts';
import type { ActionContext } from '../../kit/context.ts';
import { nextVersion, saveChange } from '../../kit/save.ts';
import { madeSince } from '../held-credentials.ts';

/** Before the new password is kept: what stops in between leaves no link open. One that is used meanwhile is used. */
export async function endPasswordLinks(actor: Actor, user: User, ctx: ActionContext): Promise<void> {
  const now = ctx.now();
  const place = { purpose: 'password', ...(user.officeId === null ? {} : { officeId: user.officeId }) };
  for (const before of await madeSince(ctx.store.invitations, place, now.getTime() - INVITATION_MS_MAX)) {
    if (before.userId !== user.id || !isOpenInvitation(before, now)) continue;
    await saveChange({ ...ctx, request: null }, actor, {
      collection: 'invitations',
      before,
      doc: nextVersion(ctx, before, { withdrawnAt: now.toISOString() }),
      action: 'withdraw-invitation',
      answer: null,
    });
  }
}
