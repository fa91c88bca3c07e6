// Cancels a print job that has not ended. The runner removes its files. The print run stays, and its stamps count as
// printed, because some of them may have been.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { hasEnded, type PrintJob } from '../../domain/print/print-job.ts';
import { fail } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

/** The maker writes now and then while we do. */
const ROUNDS_MAX = 8;

/** Cancelling what is cancelled changes nothing. Problems: print-job-ended, version-conflict. */
export async function cancelPrintJob(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Outcome<PrintJob>> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const found = await reach(ctx.store.printJobs, actor, 'work-batch', jobId);
    if (!found.ok) return found;
    const before = found.value.doc;
    if (before.state === 'cancelled') return done(before);
    if (hasEnded(before))
      return fail('print-job-ended', 'This print job has ended: there is nothing to cancel.', {
        details: { state: before.state },
      });
    const doc = nextVersion(ctx, before, { state: 'cancelled', endedAt: ctx.now().toISOString() });
    const saved = await saveChange(ctx, actor, {
      collection: 'printJobs',
      before,
      doc,
      action: 'cancel-print-job',
      answer: doc,
    });
    if (saved.ok || saved.problem.code !== 'version-conflict') return saved;
  }
  return fail('version-conflict', 'This print job is being changed by others. Try again in a moment.');
}
