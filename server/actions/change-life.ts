// How an action changes a batch's intervals: reads it, applies the change, writes the next version, and begins again where
// another change came between. The caller sent no version, and each change says only what it adds or takes.

import type { Actor } from '../domain/account.ts';
import type { Batch } from '../domain/batch.ts';
import type { Id } from '../domain/entity.ts';
import { fail, type Result } from '../domain/problem.ts';
import { done, type ActionContext, type Outcome } from './context.ts';
import { reach } from './reach.ts';
import type { Right } from './rights.ts';
import { nextVersion, saveChange } from './save.ts';

/** Rounds of read and write before giving way to others' changes of the same batch. */
const ROUNDS_MAX = 16;

export interface LifeChange<A> {
  /** The batch with its changed intervals; null: nothing is to be written (all was so already, or it was only asked). */
  batch: Batch | null;
  answer: A;
  /** What the audit line says: the change, not the whole lists. */
  values: Record<string, unknown>;
}

/** `plan` may be called again with a later version of the batch. */
export async function changeLife<A>(
  actor: Actor,
  change: { right: Right; id: Id; action: string; created?: boolean; plan: (batch: Batch) => Promise<Result<LifeChange<A>>> },
  ctx: ActionContext,
): Promise<Outcome<A>> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const found = await reach(ctx.store.batches, actor, change.right, change.id);
    if (!found.ok) return found;
    const before = found.value.doc;
    const planned = await change.plan(before);
    if (!planned.ok) return planned;
    const { batch, answer, values } = planned.value;
    if (batch === null) return done(answer);
    const { activations, voids, displays, printed } = batch;
    const doc = nextVersion(ctx, before, { activations, voids, displays, printed });
    const saved = await saveChange(ctx, actor, { collection: 'batches', before, doc, action: change.action, answer, created: change.created ?? false, values });
    if (saved.ok || saved.problem.code !== 'version-conflict') return saved;
  }
  return fail('version-conflict', 'This batch is being changed by others. Try again in a moment.');
}
