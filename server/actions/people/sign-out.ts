// Ends a session. An unknown token counts as signed out.

import type { Actor } from '../../domain/people/account.ts';
import type { ActionContext } from '../kit/context.ts';
import { secretHash } from './identify-key.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export async function signOut(actor: Actor, token: string, ctx: ActionContext): Promise<void> {
  const before = await ctx.store.sessions.findBy('tokenHash', [secretHash(token)]);
  if (before === null || before.revokedAt !== null) return;
  const doc = nextVersion(ctx, before, { revokedAt: ctx.now().toISOString() });
  const saved = await saveChange(ctx, actor, { collection: 'sessions', before, doc, action: 'sign-out', answer: null });
  // Another request stored a use of the session at this moment: try once more.
  if (!saved.ok && saved.problem.code === 'version-conflict') await signOut(actor, token, ctx);
}
