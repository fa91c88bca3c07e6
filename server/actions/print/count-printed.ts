// Counts stamps as printed, once a file with them is whole: a job's last part was read back, or a stream's last byte
// was sent. Counting what was counted changes nothing, so that it can be done again after a crash.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { markPrinted } from '../../domain/batches/batch-life.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { isMade, type PrintRun } from '../../domain/print/print-run.ts';
import { mustGet } from '../../store/must-get.ts';
import { changeLife, type LifeChange } from '../batches/change-life.ts';
import type { ActionContext } from '../kit/context.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

/** Rounds until the run is written: another stream of the same run may be sent at the same moment. */
const ROUNDS_MAX = 8;

/**
 * The run's serials are printed, and the run has a file. Problems: too-many-intervals where the batch's list filled
 * since the print was planned, version-conflict.
 */
export async function countPrinted(actor: Actor, run: PrintRun, context: ActionContext): Promise<Result<null>> {
  // The caller's request key is its own record's.
  const ctx = { ...context, request: null };
  const plan = async (batch: Batch): Promise<Result<LifeChange<null>>> => {
    const marked = markPrinted(batch, run);
    if (!marked.ok) return marked;
    const { from, to } = run;
    return ok({ batch: marked.value.changed ? marked.value.batch : null, answer: null, values: { from, to } });
  };
  const marking = await changeLife(actor, { right: 'work-batch', id: run.batchId, action: 'print-stamps', plan }, ctx);
  if (!marking.ok) return marking;
  for (let round = 1; ; round += 1) {
    const before = await mustGet(ctx.store.printRuns, run.id);
    if (isMade(before)) return ok(null);
    // What the file says, should the kept run have been set anew since.
    const { content, printedAt } = run;
    const doc = nextVersion(ctx, before, { content, printedAt, madeAt: ctx.now().toISOString() });
    const saved = await saveChange(ctx, actor, {
      collection: 'printRuns',
      before,
      doc,
      action: 'finish-print-run',
      answer: null,
      values: { from: run.from, to: run.to },
    });
    if (saved.ok) return ok(null);
    if (saved.problem.code !== 'version-conflict' || round === ROUNDS_MAX) return saved;
  }
}
