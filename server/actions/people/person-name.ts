// The name of whoever did something, by the id that a record or an audit line keeps: a person's, an API key's, or null for the system
// and the public, which have none.

import type { Id } from '../../domain/entity.ts';
import type { ActionContext } from '../kit/context.ts';

export async function readPersonName(id: Id, ctx: ActionContext): Promise<string | null> {
  if (id === 'system' || id === 'public') return null;
  const user = await ctx.store.users.get(id);
  return user?.name ?? (await ctx.store.apiKeys.get(id))?.name ?? null;
}
