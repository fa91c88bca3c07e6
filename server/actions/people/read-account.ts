// Lists and reads accounts and keys, without what they sign in with.

import { z } from 'zod';
import { ROLES, type Actor, type ApiKey } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { userShown, type UserShown } from './make-user.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listAccountsQuery = pageQuery.extend({ producerId: id.optional(), role: z.enum(ROLES).optional() });

/** A key without its hash. */
export type ApiKeyShown = Omit<ApiKey, 'keyHash'>;

export async function readUser(actor: Actor, userId: Id, ctx: ActionContext): Promise<Result<UserShown>> {
  const found = await reach(ctx.store.users, actor, 'keep-accounts', userId);
  return found.ok ? ok(userShown(found.value.doc)) : found;
}

export async function listUsers(
  actor: Actor,
  query: z.output<typeof listAccountsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<UserShown>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.users, actor, 'keep-accounts', given(filter), { limit, after });
  return found.ok ? ok({ items: found.value.items.map(userShown), next: found.value.next }) : found;
}

export async function listKeys(
  actor: Actor,
  query: z.output<typeof listAccountsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<ApiKeyShown>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.apiKeys, actor, 'keep-accounts', given(filter), { limit, after });
  return found.ok ? ok({ items: found.value.items.map(keyShown), next: found.value.next }) : found;
}

export function keyShown(apiKey: ApiKey): ApiKeyShown {
  const { keyHash: _keyHash, ...shown } = apiKey;
  return shown;
}
