// Changes a batch's note. Everything else of a batch is on paper, or changes by activation, voiding, display and print.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { withoutSecret, type OpenBatch } from '../../domain/batches/batch.ts';

export const changeBatchInput = z.strictObject({ note: text(500, true).nullable().optional() });

/** @param input `version` is the version that the caller read */
export async function changeBatch(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeBatchInput> },
  ctx: ActionContext,
): Promise<Outcome<OpenBatch>> {
  const found = await reach(ctx.store.batches, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this batch meanwhile. Read it again.');
  const { note } = input.change;
  if (note === undefined || note === before.note) return done(withoutSecret(before));
  const doc = nextVersion(ctx, before, { note });
  return saveChange(ctx, actor, {
    collection: 'batches',
    before,
    doc,
    action: 'change-batch',
    answer: withoutSecret(doc),
  });
}
