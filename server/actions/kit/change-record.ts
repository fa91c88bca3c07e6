// Saves a changed record, or keeps the change for the office's decision: the last step of every action that changes
// one.

import type { Actor } from '../../domain/people/account.ts';
import type { RequestedAction } from '../../domain/registry/change-request.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import { COLLECTIONS } from '../../store/collections.ts';
import type { CollectionName } from '../../store/store.ts';
import { askOffice } from './ask.ts';
import { done, type ActionContext, type Outcome } from './context.ts';
import { differenceOf, saveChange, type DocOf } from './save.ts';

/**
 * `after` is the next version of `before`; `version` is the version that the caller read. A change that alters nothing
 * succeeds without a write. `ask` is the input to keep if the office must decide; null: the actor may make the change
 * at once.
 */
export async function changeRecord<N extends CollectionName>(
  ctx: ActionContext,
  actor: Actor,
  change: {
    collection: N;
    before: DocOf<N> & Entity;
    after: DocOf<N> & Entity;
    version: number;
    action: RequestedAction;
    ask: { officeId: Id; producerId: Id; input: unknown } | null;
  },
): Promise<Outcome<DocOf<N>>> {
  const { collection, before, after, action, ask } = change;
  if (before.version !== change.version) {
    return fail('version-conflict', 'Somebody changed this record meanwhile. Read it again and repeat the change.');
  }
  const difference = differenceOf(before, after);
  if (Object.keys(difference.after).length === 0) return done<DocOf<N>>(before);
  if (ask === null) return saveChange(ctx, actor, { collection, before, doc: after, action, answer: after });
  const subject = { entity: COLLECTIONS[collection].entity, id: before.id, version: before.version };
  return askOffice(ctx, actor, { ...ask, action, subject, before: difference.before });
}
