// Who answers for a key, an invitation or a print shop's link: the account or key that made it or took it over. It
// works as long as its maker could make it today. So a person who leaves keeps no access, even through a key that
// everyone forgot.

import { personOf } from './person-of.ts';
import { soundRecord, soundUser } from './sound-credential.ts';
import type { ActionContext } from '../kit/context.ts';
import { decide } from '../kit/rights.ts';
import { SYSTEM, type Actor, type ApiKey, type Role } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';

/** Longest chain of keys made by keys, so that the walk ends. */
export const MAKERS_MAX = 4;

/** What names its maker. Keys made before version 1.1 lack the field; the first line of the log names their maker. */
export interface Made {
  id: Id;
  by?: Id;
}

/**
 * The id of the account or key that answers for it; null: no line of the log names one. @param kind as audit entities
 * begin: `api-key`
 */
export async function makerIdOf(
  kind: 'api-key' | 'invitation' | 'shop-link',
  made: Made,
  ctx: ActionContext,
): Promise<Id | null> {
  return made.by ?? (await ctx.store.audit.firstOf(`${kind}:${made.id}`))?.actor ?? null;
}

/** The maker as it may act now; null: its account is disabled, its key is not valid, or it is unknown. */
export async function makerOf(
  kind: Parameters<typeof makerIdOf>[0],
  made: Made,
  ctx: ActionContext,
  makersLeft: number = MAKERS_MAX,
): Promise<Actor | null> {
  const by = await makerIdOf(kind, made, ctx);
  if (by === SYSTEM.kind) return SYSTEM;
  if (by === null || makersLeft === 0) return null;
  const user = await soundUser(ctx.store, by);
  if (user !== null) return user.disabledAt === null ? personOf(user) : null;
  const key = await soundRecord(ctx.store, 'apiKeys', () => ctx.store.apiKeys.get(by));
  return key !== null && (await isKeyInForce(key, ctx, makersLeft - 1)) ? actorOfKey(key) : null;
}

/** Neither revoked nor expired, and its maker could make it today. */
export async function isKeyInForce(key: ApiKey, ctx: ActionContext, makersLeft: number = MAKERS_MAX): Promise<boolean> {
  if (key.revokedAt !== null || hasEnded(key, ctx)) return false;
  const maker = await makerOf('api-key', key, ctx, makersLeft);
  return maker !== null && mayAnswerFor(maker, key);
}

/** Whether a key has expired. */
export function hasEnded({ expiresAt }: Pick<ApiKey, 'expiresAt'>, ctx: Pick<ActionContext, 'now'>): boolean {
  return expiresAt !== undefined && expiresAt !== null && ctx.now().getTime() >= Date.parse(expiresAt);
}

/** Whether the actor may have made an account or key of this place and role. */
export function mayAnswerFor(
  actor: Actor,
  { role, officeId, producerId }: { role: Role; officeId: Id | null; producerId: Id | null },
): boolean {
  if (decide(actor, 'keep-accounts', { officeId, producerId }).kind !== 'may') return false;
  return role !== 'admin' || actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'admin');
}

export function actorOfKey({ id, role, officeId, producerId }: ApiKey): Actor {
  return { kind: 'person', id, role, officeId, producerId };
}
