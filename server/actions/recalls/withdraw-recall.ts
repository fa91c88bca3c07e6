// Withdraws a recall. Only the office may, even if a producer made it. The record stays and says who withdrew it and
// why.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, type Problem } from '../../domain/problem.ts';
import type { Recall } from '../../domain/recalls/recall.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { actorId, nextVersion, saveChange } from '../kit/save.ts';

export const withdrawRecallInput = z.strictObject({ note: text(600, true).nullable().default(null) });

/** Problems: already-withdrawn. */
export async function withdrawRecall(
  actor: Actor,
  input: { id: Id; note: string | null },
  ctx: ActionContext,
): Promise<Outcome<Recall>> {
  const found = await reach(ctx.store.recalls, actor, 'recall-anything', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.withdrawal !== null) return alreadyWithdrawn();
  const doc = nextVersion(ctx, before, {
    withdrawal: { at: ctx.now().toISOString(), by: actorId(actor), note: input.note },
  });
  const saved = await saveChange(ctx, actor, {
    collection: 'recalls',
    before,
    doc,
    action: 'withdraw-recall',
    answer: doc,
  });
  // Withdrawing is the only change of a recall, so a conflict means that it was withdrawn meanwhile.
  return saved.ok || saved.problem.code !== 'version-conflict' ? saved : alreadyWithdrawn();
}

function alreadyWithdrawn(): { ok: false; problem: Problem } {
  return fail('already-withdrawn', 'This recall is withdrawn already.');
}
