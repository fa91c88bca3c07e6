// Changes an account: its name, a new password, or whether it is disabled. A new password and disabling end its
// sessions. Disabling also ends the keys, invitations and links that the account answered for, unless they are handed
// over in the same step.

import { z } from 'zod';
import type { Actor, User } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, text } from '../kit/fields.ts';
import { endHeld, handOver, heldBy } from './held-credentials.ts';
import { userShown, type UserShown } from './make-user.ts';
import { endSession } from './own-sessions.ts';
import { hashPassword, password } from './password.ts';
import { endPasswordLinks } from './passwords/end-password-links.ts';
import { reach, reachInBody } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export const changeUserInput = z.strictObject({
  name: text(120).optional(),
  password: password.optional(),
  disabled: z.boolean().optional(),
  /** With `disabled: true`: the account that takes over its keys, invitations and links. */
  handOverTo: id.optional(),
});

/** @param input `version` is the version that the caller read */
export async function changeUser(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeUserInput> },
  ctx: ActionContext,
): Promise<Outcome<UserShown>> {
  const found = await reach(ctx.store.users, actor, 'keep-accounts', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this account meanwhile. Read it again.');
  const { name, password: newPassword, disabled, handOverTo } = input.change;
  const handed = handOverTo === undefined ? done(null) : await handAllOver(actor, before, input.change, ctx);
  if (!handed.ok) return handed;
  const doc = nextVersion(ctx, before, {
    name: name ?? before.name,
    passwordHash: newPassword === undefined ? before.passwordHash : await hashPassword(newPassword, ctx.random),
    disabledAt:
      disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? ctx.now().toISOString()) : null,
  });
  const endsSessions = newPassword !== undefined || disabled === true;
  // Ended before the change, so that a crash leaves no session open; and again after it, for a session that was begun
  // meanwhile with the old password.
  if (endsSessions) {
    await endSessionsOf(actor, before.id, ctx);
    await endPasswordLinks(actor, before, ctx);
  }
  const saved = await saveChange(ctx, actor, {
    collection: 'users',
    before,
    doc,
    action: 'change-user',
    answer: userShown(doc),
  });
  if (endsSessions && saved.ok) await endSessionsOf(actor, before.id, ctx);
  if (disabled === true && saved.ok) await endHeld(actor, before, ctx);
  return saved;
}

/** Handed over before the account is disabled, so that after a crash someone still answers for everything. */
async function handAllOver(
  actor: Actor,
  from: User,
  { disabled, handOverTo = '' }: z.output<typeof changeUserInput>,
  ctx: ActionContext,
): Promise<Outcome<null>> {
  if (disabled !== true || handOverTo === from.id)
    return fieldProblem('invalid', 'handOverTo', 'not-shut', 'Credentials go to another account when one is shut.');
  const to = await reachInBody(ctx.store.users, actor, 'keep-accounts', handOverTo, 'handOverTo');
  if (!to.ok) return to;
  if (to.value.doc.disabledAt !== null)
    return fieldProblem('invalid', 'handOverTo', 'shut', 'This account is shut itself.');
  return handOver(actor, await heldBy(from, ctx), to.value.doc, ctx);
}

/** Ends every open session of an account. */
export async function endSessionsOf(actor: Actor, userId: Id, ctx: ActionContext): Promise<void> {
  for await (const session of everyOf(ctx.store.sessions, { userId })) {
    if (session.revokedAt === null && session.expiresAt > ctx.now().toISOString())
      await endSession(actor, session, ctx);
  }
}
