// Changes an account: its name, a new password, or shut and opened again. A new password and a shut account end its
// sessions.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { text } from '../kit/fields.ts';
import { userShown, type UserShown } from './make-user.ts';
import { endSession } from './own-sessions.ts';
import { hashPassword, password } from './password.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export const changeUserInput = z.strictObject({
  name: text(120).optional(),
  password: password.optional(),
  disabled: z.boolean().optional(),
});

/** @param input `version` is the one the caller read */
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
  const { name, password: newPassword, disabled } = input.change;
  const doc = nextVersion(ctx, before, {
    name: name ?? before.name,
    passwordHash: newPassword === undefined ? before.passwordHash : await hashPassword(newPassword, ctx.random),
    disabledAt:
      disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? ctx.now().toISOString()) : null,
  });
  const endsSessions = newPassword !== undefined || disabled === true;
  // Before, so that a crash in between leaves none open; and after, for one that began meanwhile with the old password.
  if (endsSessions) await endSessionsOf(actor, before.id, ctx);
  const saved = await saveChange(ctx, actor, {
    collection: 'users',
    before,
    doc,
    action: 'change-user',
    answer: userShown(doc),
  });
  if (endsSessions && saved.ok) await endSessionsOf(actor, before.id, ctx);
  return saved;
}

/** Ends every session in force of an account. */
export async function endSessionsOf(actor: Actor, userId: Id, ctx: ActionContext): Promise<void> {
  for await (const session of everyOf(ctx.store.sessions, { userId })) {
    if (session.revokedAt === null && session.expiresAt > ctx.now().toISOString())
      await endSession(actor, session, ctx);
  }
}
