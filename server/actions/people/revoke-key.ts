// Revokes an API key, at once and for ever. Revoking it again changes nothing.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { keyShown, readKeyShown, type ApiKeyShown } from './read.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export async function revokeKey(actor: Actor, input: { id: Id }, ctx: ActionContext): Promise<Outcome<ApiKeyShown>> {
  const found = await reach(ctx.store.apiKeys, actor, 'keep-accounts', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  const shown = await readKeyShown(before, ctx);
  if (before.revokedAt !== null) return done(shown);
  const doc = nextVersion(ctx, before, { revokedAt: ctx.now().toISOString() });
  return saveChange(ctx, actor, {
    collection: 'apiKeys',
    before,
    doc,
    action: 'revoke-key',
    answer: keyShown(doc, shown.by),
  });
}
