// Handles a report of a stamp that is not ours: its state, what was found out, what its sender reads, and which office
// it is for.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { COMPLAINT_STATES } from '../../domain/market/complaint.ts';
import type { StampReport } from '../../domain/market/stamp-report.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id, text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { decide } from '../kit/rights.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';

export const changeStampReportInput = z.strictObject({
  state: z.enum(COMPLAINT_STATES).optional(),
  note: text(2_000, true).nullable().optional(),
  reply: text(2_000, true).nullable().optional().meta({ description: 'The sender reads it on the report’s page.' }),
  officeId: id.optional().meta({ description: 'Hands it to this office; admins only.' }),
});

/** Problems: version-conflict; not-allowed and absent-reference for `officeId`. @param input `version` as it was read */
export async function changeStampReport(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeStampReportInput> },
  ctx: ActionContext,
): Promise<Outcome<StampReport>> {
  const found = await reach(ctx.store.stampReports, actor, 'handle-stamp-report', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this report meanwhile. Read it again.');
  const { officeId } = input.change;
  if (officeId !== undefined && officeId !== before.officeId) {
    // Whoever may act at any place may hand it on: an admin.
    const may = decide(actor, 'handle-stamp-report', { officeId: null, producerId: null });
    if (may.kind !== 'may') return fail('not-allowed', 'Only an admin hands a report to another office.');
    if ((await ctx.store.offices.get(officeId)) === null)
      return fieldProblem('absent-reference', 'officeId', 'absent', 'There is no such record.');
  }
  const doc = nextVersion(ctx, before, withoutUndefined(input.change));
  return saveChange(ctx, actor, {
    collection: 'stampReports',
    before,
    doc,
    action: 'change-stamp-report',
    answer: doc,
  });
}
