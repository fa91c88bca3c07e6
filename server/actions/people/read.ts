// Reads accounts and keys, one or a list, without credentials; one's own account; and the name of a person.

import { z } from 'zod';
import { type Actor, type ApiKey, type Role, ROLES } from '../../domain/people/account.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { makerIdOf } from './maker.ts';
import { userShown, type UserShown } from './make-user.ts';
import { ownUser } from './own-user.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { decide } from '../kit/rights.ts';

export const listAccountsQuery = pageQuery.extend({ producerId: id.optional(), role: z.enum(ROLES).optional() });

/** A key without its hash. `by` is null if no line of the log names its maker. */
export type ApiKeyShown = Omit<ApiKey, 'keyHash' | 'expiresAt' | 'by'> & { expiresAt: Instant | null; by: Id | null };

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
  const found = await listInReach(ctx.store.users, actor, 'keep-accounts', withoutUndefined(filter), { limit, after });
  return found.ok ? ok({ items: found.value.items.map(userShown), next: found.value.next }) : found;
}

export async function listKeys(
  actor: Actor,
  query: z.output<typeof listAccountsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<ApiKeyShown>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.apiKeys, actor, 'keep-accounts', withoutUndefined(filter), {
    limit,
    after,
  });
  if (!found.ok) return found;
  const { items, next } = found.value;
  return ok({ items: await Promise.all(items.map((key) => readKeyShown(key, ctx))), next });
}

export async function readKeyShown(apiKey: ApiKey, ctx: ActionContext): Promise<ApiKeyShown> {
  return keyShown(apiKey, await makerIdOf('api-key', apiKey, ctx));
}

/** @param by as returned by makerIdOf */
export function keyShown(apiKey: ApiKey, by: Id | null): ApiKeyShown {
  const { keyHash: _keyHash, expiresAt = null, ...shown } = apiKey;
  return { ...shown, expiresAt, by };
}

export interface OwnAccount {
  name: string;
  role: Role;
  /** Null for an admin of all offices. */
  office: string | null;
  producer: string | null;
}

/** Problems: not-signed-in. */
export async function readOwnAccount(actor: Actor, ctx: ActionContext): Promise<Result<OwnAccount>> {
  const own = await ownUser(actor, ctx);
  if (!own.ok) return own;
  const { name, role, officeId, producerId } = own.value;
  const [office, producer] = await Promise.all([
    officeId === null ? null : ctx.store.offices.get(officeId),
    producerId === null ? null : ctx.store.producers.get(producerId),
  ]);
  return ok({ name, role, office: office?.name ?? null, producer: producer?.name ?? null });
}

/**
 * The name of a person or an API key by the id in a record or an audit line. Null for the system and the public, which
 * have no name, and for a person of an office that the actor may not read.
 */
export async function readPersonName(actor: Actor, id: Id, ctx: ActionContext): Promise<string | null> {
  const found = (await ctx.store.users.get(id)) ?? (await ctx.store.apiKeys.get(id));
  if (found === null) return null;
  // An admin acts in every office.
  const place = found.officeId === null ? null : { officeId: found.officeId, producerId: null };
  return decide(actor, 'read-office', place).kind === 'may' ? found.name : null;
}
