// Who answers for a key, an invitation or a print shop's link: the account or key that made it, or was handed it. It
// opens as long as its maker could make it today. So who leaves, leaves with nothing, also where nobody thought of a
// key.

import { personOf } from './person-of.ts';
import { soundRecord, soundUser } from './sound-credential.ts';
import type { ActionContext } from '../kit/context.ts';
import { decide } from '../kit/rights.ts';
import { SYSTEM, type Actor, type ApiKey, type Role } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';

/** Keys that made keys that made keys: nobody needs more, and a walk must end. */
export const MAKERS_MAX = 4;

/** What names its maker. In keys of before version 1.1 it is absent: there the first line of the log names it. */
export interface Made {
  id: Id;
  by?: Id;
}

/** The id of whoever answers for it; null where no line of the log tells. @param kind as audit entities begin: `api-key` */
export async function makerIdOf(
  kind: 'api-key' | 'invitation' | 'shop-link',
  made: Made,
  ctx: ActionContext,
): Promise<Id | null> {
  return made.by ?? (await ctx.store.audit.firstOf(`${kind}:${made.id}`))?.actor ?? null;
}

/** The maker as it may act now; null: its account is shut, its key is not in force, or it is not known. */
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

/** Neither revoked nor past its end, and its maker could make it today. */
export async function isKeyInForce(key: ApiKey, ctx: ActionContext, makersLeft: number = MAKERS_MAX): Promise<boolean> {
  if (key.revokedAt !== null || hasEnded(key, ctx)) return false;
  const maker = await makerOf('api-key', key, ctx, makersLeft);
  return maker !== null && mayAnswerFor(maker, key);
}

/** Whether a key is past its end. */
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
