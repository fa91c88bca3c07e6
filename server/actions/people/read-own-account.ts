// Who is signed in, in words: name, role, and where they belong.

import type { Actor, Role } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';

export interface OwnAccount {
  name: string;
  role: Role;
  /** Null for an admin of all offices. */
  office: string | null;
  producer: string | null;
}

/** Problems: not-signed-in. */
export async function readOwnAccount(actor: Actor, ctx: ActionContext): Promise<Result<OwnAccount>> {
  if (actor.kind !== 'person') return fail('not-signed-in', 'Sign in first.');
  const { officeId, producerId } = actor;
  const [user, office, producer] = await Promise.all([
    ctx.store.users.get(actor.id),
    officeId === null ? null : ctx.store.offices.get(officeId),
    producerId === null ? null : ctx.store.producers.get(producerId),
  ]);
  if (user === null) return fail('not-signed-in', 'Sign in first.');
  return ok({ name: user.name, role: user.role, office: office?.name ?? null, producer: producer?.name ?? null });
}
