// People of every role in the measured service, with a key and a session each, and records for their routes.

import { beginSession } from '../../server/actions/people/begin-session.ts';
import { makeKey, makeKeyInput } from '../../server/actions/people/make-key.ts';
import { makeUser, makeUserInput } from '../../server/actions/people/make-user.ts';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import type { Id } from '../../server/domain/entity.ts';
import { SYSTEM, type Role } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';

export interface HostileActors {
  keys: Readonly<Record<Role, string>>;
  /** The Cookie header. */
  cookies: Readonly<Record<Role, string>>;
  /** By the noun before the id in a path: `batches`. */
  ids: Readonly<Record<string, Id>>;
}

export async function makeHostileActors(batchId: Id, ctx: ActionContext): Promise<HostileActors> {
  const batch = await ctx.store.batches.get(batchId);
  if (batch === null) throw new Error(`batch ${batchId} is gone`);
  const { officeId, producerId, productId, lotId } = batch;
  const keys = {} as Record<Role, string>;
  const cookies = {} as Record<Role, string>;
  for (const role of ['producer', 'inspector', 'office', 'admin'] as const) {
    const place = { role, ...(role === 'admin' ? {} : { officeId }), ...(role === 'producer' ? { producerId } : {}) };
    const user = await doneBy(
      makeUser(
        SYSTEM,
        makeUserInput.parse({ ...place, login: `hostile-${role}`, name: role, password: 'mot hai ba bon nam' }),
        ctx,
      ),
    );
    const stored = await ctx.store.users.get(user.id);
    if (stored === null) throw new Error('a user is gone');
    const begun = await beginSession(stored, null, ctx);
    if (!begun.ok) throw new Error(begun.problem.detail);
    cookies[role] = `__Host-temtrace_session=${begun.value.token}`;
    const made = await doneBy(makeKey(SYSTEM, makeKeyInput.parse({ ...place, name: role }), ctx));
    keys[role] = made.key ?? '';
  }
  const ids = {
    batches: batchId,
    products: productId ?? '',
    producers: producerId,
    lots: lotId ?? '',
    offices: officeId,
  };
  return { keys, cookies, ids };
}
