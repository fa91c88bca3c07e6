// Takes a consumer's complaint about a stamp, without signing in. The stamp's office and inspectors handle it.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { fail } from '../../domain/problem.ts';
import { COMPLAINT_SUBJECTS, type Complaint } from '../../domain/market/complaint.ts';
import { newBatchId } from '../../domain/stamp/new-batch-id.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withinQuota } from '../kit/within-quota.ts';
import { text } from '../kit/fields.ts';
import { newEntity, saveNew } from '../kit/save.ts';
import { findStamp, type FoundStamp } from '../batches/sealed-batch.ts';

export const fileComplaintInput = z.strictObject({
  about: z.enum(COMPLAINT_SUBJECTS),
  message: text(2_000, true),
  where: text(200).nullable().default(null),
  contact: text(200).nullable().default(null),
});

const NUMBER_DRAWS_MAX = 5;

/**
 * Returns the complaint's number, which the consumer can quote. Problems: invalid; not-found for a code that is not
 * ours.
 */
export async function fileComplaint(
  actor: Actor,
  input: { code: string; complaint: z.output<typeof fileComplaintInput> },
  ctx: ActionContext,
): Promise<Outcome<{ number: string }>> {
  const stamp = await findStamp(ctx, input.code);
  if (stamp === null) return fail('not-found', 'This is no code of a stamp of ours.');
  const { batch, serial } = stamp;
  return withinQuota(ctx, 'complaints', `${batch.id}:${serial}`, () =>
    keepComplaint(actor, input.complaint, stamp, ctx),
  );
}

async function keepComplaint(
  actor: Actor,
  complaint: z.output<typeof fileComplaintInput>,
  { batch, serial }: FoundStamp,
  ctx: ActionContext,
): Promise<Outcome<{ number: string }>> {
  for (let draw = 1; ; draw += 1) {
    // Six symbols like a batch's id: short enough to read out on the telephone. The K distinguishes it from a code.
    const number = `K-${newBatchId(ctx.random)}`;
    const doc: Complaint = {
      ...newEntity(ctx),
      officeId: batch.officeId,
      producerId: batch.producerId,
      batchId: batch.id,
      serial,
      number,
      ...complaint,
      state: 'new',
      note: null,
    };
    const outcome = await saveNew(ctx, actor, {
      collection: 'complaints',
      doc,
      action: 'file-complaint',
      answer: { number },
    });
    if (outcome.ok || outcome.problem.code !== 'taken') return outcome;
    if (draw === NUMBER_DRAWS_MAX)
      throw new Error(`no free number in ${NUMBER_DRAWS_MAX} draws: the source of randomness repeats itself`);
  }
}
