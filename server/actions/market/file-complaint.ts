// Takes a consumer's complaint about a stamp, without signing in. The stamp's office and inspectors handle it.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { fail } from '../../domain/problem.ts';
import { COMPLAINT_SUBJECTS, type Complaint } from '../../domain/market/complaint.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withinQuota } from '../kit/within-quota.ts';
import { text } from '../kit/fields.ts';
import { newEntity, saveNew } from '../kit/save.ts';
import { findStamp } from '../batches/sealed-batch.ts';
import { newAnswerKey } from './answer-key.ts';
import type { FiledReport } from './file-stamp-report.ts';
import { withNewNumber } from './new-number.ts';

export const fileComplaintInput = z.strictObject({
  about: z.enum(COMPLAINT_SUBJECTS),
  message: text(2_000, true),
  where: text(200).nullable().default(null),
  contact: text(200).nullable().default(null),
});

/**
 * Returns the complaint's number, which the consumer can quote, and the secret of its page. Problems: invalid;
 * not-found for a code that is not ours; quota-reached.
 */
export async function fileComplaint(
  actor: Actor,
  input: { code: string; complaint: z.output<typeof fileComplaintInput> },
  ctx: ActionContext,
): Promise<Outcome<FiledReport>> {
  const stamp = await findStamp(ctx, input.code);
  if (stamp === null) return fail('not-found', 'This is no code of a stamp of ours.');
  const { batch, serial } = stamp;
  const { key, keyHash } = newAnswerKey(ctx);
  return withinQuota(ctx, 'complaints', `${batch.id}:${serial}`, () =>
    withNewNumber<FiledReport>('K', ctx, (number) => {
      const doc: Complaint = {
        ...newEntity(ctx),
        officeId: batch.officeId,
        producerId: batch.producerId,
        batchId: batch.id,
        serial,
        number,
        keyHash,
        ...input.complaint,
        state: 'new',
        note: null,
        reply: null,
      };
      return saveNew(ctx, actor, {
        collection: 'complaints',
        doc,
        action: 'file-complaint',
        answer: { number, key: null },
        shownOnce: { number, key },
      });
    }),
  );
}
