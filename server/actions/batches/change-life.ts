// How an action changes a batch's intervals: it reads the batch, applies the change and writes the next version. If
// another server changed the batch meanwhile, it starts again; callers in this process queue. The caller sends no
// version, because a change only says what it adds or removes.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, type Result } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import type { Right } from '../kit/rights.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { queuedHere } from '../kit/turns.ts';

/**
 * Attempts before giving up because other servers keep changing the batch. If two of three attempts fail, all fail once
 * in 400,000 times.
 */
const ROUNDS_MAX = 32;

export interface LifeChange<A> {
  /**
   * The batch with its changed intervals, or with the new copy of its lot's product (lot-paper.ts); null: nothing needs
   * to be written (no change, or a dry run).
   */
  batch: Batch | null;
  answer: A;
  /** For the audit line: the change, not the whole lists. */
  values: Record<string, unknown>;
}

interface Change<A> {
  right: Right;
  id: Id;
  action: string;
  created?: boolean;
  plan: (batch: Batch) => Promise<Result<LifeChange<A>>>;
}

/** `plan` may be called again with a later version of the batch. Problems: version-conflict, and the plan's. */
export async function changeLife<A>(actor: Actor, change: Change<A>, ctx: ActionContext): Promise<Outcome<A>> {
  return queuedHere(ctx, `life:${change.id}`, async () => {
    for (let round = 1; ; round += 1) {
      const changed = await changeOnce(actor, change, ctx);
      if (changed.ok || changed.problem.code !== 'version-conflict') return changed;
      if (round === ROUNDS_MAX)
        return fail('version-conflict', 'This batch is being changed by others. Try again in a moment.');
    }
  });
}

async function changeOnce<A>(actor: Actor, change: Change<A>, ctx: ActionContext): Promise<Outcome<A>> {
  const found = await reach(ctx.store.batches, actor, change.right, change.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  const planned = await change.plan(before);
  if (!planned.ok) return planned;
  const { batch, answer, values } = planned.value;
  if (batch === null) return done(answer);
  const { productId, activations, voids, displays, printed, answers } = batch;
  const life = { productId, activations, voids, displays, printed, ...(answers === undefined ? {} : { answers }) };
  const doc = nextVersion(ctx, before, life);
  return saveChange(ctx, actor, {
    collection: 'batches',
    before,
    doc,
    action: change.action,
    answer,
    created: change.created ?? false,
    values,
  });
}
