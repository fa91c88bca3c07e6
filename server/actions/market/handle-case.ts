// Takes up and closes the case of a stamp that looks copied.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { markOf, type Case } from '../../domain/market/case.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { readCase } from './find-cases.ts';

export const handleCaseInput = z.strictObject({
  state: z.enum(['looking', 'closed']),
  note: text(2_000, true).nullable().default(null),
});

/** Takes a case up or closes it. @param input `version` of the case as it was read; 0 if nobody has handled it yet */
export async function handleCase(
  actor: Actor,
  input: { batchId: Id; serial: number; version: number; handling: z.output<typeof handleCaseInput> },
  ctx: ActionContext,
): Promise<Outcome<Case>> {
  const found = await reach(ctx.store.batches, actor, 'handle-complaint', input.batchId);
  if (!found.ok) return found;
  const row = await readCase(actor, input, ctx);
  if (!row.ok) return row;
  const { officeId, producerId } = found.value.doc;
  const { reasons, tally, known } = row.value;
  if ((known?.version ?? 0) !== input.version)
    return fail('version-conflict', 'Somebody handled this case meanwhile. Read it again.');
  const handled = { ...input.handling, reasons, mark: markOf(tally), on: todayOf(ctx), by: actorId(actor) };
  if (known !== null) {
    const doc = nextVersion(ctx, known, handled);
    return saveChange(ctx, actor, { collection: 'cases', before: known, doc, action: 'handle-case', answer: doc });
  }
  const doc: Case = {
    ...newEntity(ctx),
    officeId,
    producerId,
    batchId: input.batchId,
    serial: input.serial,
    ...handled,
  };
  const made = await saveNew(ctx, actor, { collection: 'cases', doc, action: 'handle-case', answer: doc });
  return made.ok || made.problem.code !== 'taken'
    ? made
    : fail('version-conflict', 'Somebody handled this case meanwhile. Read it again.');
}
