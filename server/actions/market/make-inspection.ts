// Records what an inspector found on a stamp. A finding made offline has an id from the phone, so that one sent twice
// is stored once.

import { z } from 'zod';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fieldProblem } from '../../domain/problem.ts';
import { FINDINGS, type Inspection } from '../../domain/market/inspection.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { id, instant, text } from '../kit/fields.ts';
import { findStampFor } from '../scans/find-stamp-for.ts';
import { decide } from '../kit/rights.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';
import { codeText } from '../batches/stamp-range.ts';

/** How far a phone's clock may run ahead of ours. */
const CLOCK_AHEAD_MS = 24 * 3_600_000;

export const makeInspectionInput = z.strictObject({
  code: codeText,
  finding: z.enum(FINDINGS),
  note: text(2_000, true).nullable().default(null),
  place: text(160).nullable().default(null),
  at: instant.nullable().default(null).meta({ description: 'When it was found; now, where it is left out.' }),
  clientId: id
    .nullable()
    .default(null)
    .meta({ description: 'The phone’s own id of this finding: sent twice, stored once.' }),
});

/**
 * A code that is not ours and a code of another office's stamp give the same fault of `code`. Problems:
 * absent-reference, invalid.
 */
export async function makeInspection(
  actor: Actor,
  input: z.output<typeof makeInspectionInput>,
  ctx: ActionContext,
): Promise<Outcome<Inspection>> {
  const mayAtAll = decide(actor, 'record-finding', null);
  if (mayAtAll.kind === 'refused') return { ok: false, problem: mayAtAll.problem };
  const inReach = (batch: Batch): boolean => decide(actor, 'record-finding', batch).kind !== 'refused';
  const stamp = await findStampFor(actor, input.code, inReach, ctx);
  if (!stamp.ok) return stamp;
  if (stamp.value === null) {
    return fieldProblem(
      'absent-reference',
      'code',
      'not-ours',
      'This is no code of a stamp of ours. Compare each symbol with the stamp.',
    );
  }
  const now = ctx.now();
  const at = input.at ?? now.toISOString();
  if (Date.parse(at) > now.getTime() + CLOCK_AHEAD_MS)
    return fieldProblem('invalid', 'at', 'future', 'This lies in the future.');
  const { batch, serial } = stamp.value;
  const { finding, note, place, clientId } = input;
  const doc: Inspection = {
    ...newEntity(ctx),
    officeId: batch.officeId,
    producerId: batch.producerId,
    batchId: batch.id,
    serial,
    finding,
    note,
    place,
    at,
    photoFileIds: [],
    clientId,
    by: actorId(actor),
  };
  const made = await saveNew(ctx, actor, { collection: 'inspections', doc, action: 'make-inspection', answer: doc });
  if (made.ok || made.problem.code !== 'taken' || clientId === null) return made;
  const first = await ctx.store.inspections.findBy('client', [actorId(actor), clientId]);
  return first === null ? made : done(first);
}
