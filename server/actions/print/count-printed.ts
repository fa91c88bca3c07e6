// Counts stamps as printed once a file with them is complete: a job's last part was read back, or a stream's last byte
// was sent. Counting twice changes nothing, so it can be repeated after a crash.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { markPrinted } from '../../domain/batches/batch-life.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { isMade, type PrintRun } from '../../domain/print/print-run.ts';
import { mustGet } from '../../store/must-get.ts';
import { changeLife, type LifeChange } from '../batches/change-life.ts';
import type { ActionContext } from '../kit/context.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { inTurn } from '../kit/turns.ts';

/** Attempts before giving up: another stream of the same run may end at the same moment. */
const ROUNDS_MAX = 8;

/**
 * Marks the run's serials as printed and the run as having a file. Problems: too-many-intervals if the batch's list was
 * filled since the print was planned; version-conflict.
 */
export function countPrinted(actor: Actor, run: PrintRun, ctx: ActionContext): Promise<Result<null>> {
  // In the turn of planPrint: who plans the same print must not see the batch marked and the run without its file.
  return inTurn(ctx, `print:${run.batchId}`, () => markPrintedRun(actor, run, ctx));
}

async function markPrintedRun(actor: Actor, run: PrintRun, context: ActionContext): Promise<Result<null>> {
  // The caller's request key belongs to its own record.
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
    // What the file says, in case the run was set again since.
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
