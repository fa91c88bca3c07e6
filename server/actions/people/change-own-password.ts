// Changes one's own password. The old password is required, and every other session of the account ends.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { fieldProblem } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { checkPassword, type TriedFrom } from './check-password.ts';
import { endOtherSessions } from './own-sessions.ts';
import { ownUser } from './own-user.ts';
import { hashPassword, password } from './password.ts';
import { endPasswordLinks } from './passwords/end-password-links.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export const changeOwnPasswordInput = z.strictObject({ current: z.string().max(1_000), password });

/** Problems: not-signed-in, invalid at `current`, too-many-requests. @param token of the session that is kept */
export async function changeOwnPassword(
  actor: Actor,
  input: z.output<typeof changeOwnPasswordInput> & { token: string | null; from: TriedFrom },
  ctx: ActionContext,
): Promise<Outcome<null>> {
  const found = await ownUser(actor, ctx);
  if (!found.ok) return found;
  const before = found.value;
  const tried = { user: before, login: before.login, typed: input.current };
  const checked = await checkPassword(tried, input.from, ctx);
  if (!checked.ok) return checked;
  if (!checked.value) return fieldProblem('invalid', 'current', 'wrong-password', 'This is not your password.');
  const doc = nextVersion(ctx, before, { passwordHash: await hashPassword(input.password, ctx.random) });
  // Ended before the change, so that a crash leaves no session open; and again after it, for a session that was begun
  // meanwhile with the old password.
  const ended = await endOtherSessions(actor, input.token, ctx);
  if (!ended.ok) return ended;
  await endPasswordLinks(actor, before, ctx);
  const saved = await saveChange(ctx, actor, {
    collection: 'users',
    before,
    doc,
    action: 'change-own-password',
    answer: null,
    values: {},
  });
  if (!saved.ok) return saved;
  const endedAfter = await endOtherSessions(actor, input.token, ctx);
  return endedAfter.ok ? done(null) : endedAfter;
}
