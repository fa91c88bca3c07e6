// New print jobs for the rest of a job whose stamps were partly voided: its file holds void stamps and is not given out
// any more.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { gapsIn, type SerialRange } from '../../domain/batches/intervals.ts';
import type { Id } from '../../domain/entity.ts';
import type { PrintJob } from '../../domain/print/print-job.ts';
import { fail, ok } from '../../domain/problem.ts';
import { mustGet } from '../../store/must-get.ts';
import { acknowledge } from '../batches/known-concerns.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { runAction } from '../kit/run-action.ts';
import { makePrintJob, makePrintJobInput } from './make-print-job.ts';
import { voidsOf } from './open-part-file.ts';

/** Each range becomes a job with its own file. If there are more, the user picks them one by one. */
export const REST_JOBS_MAX = 10;

const printRestInput = z.strictObject({ reason: text(300), acknowledge });

/** The ranges of a job between its void stamps. */
export async function restOf(ctx: ActionContext, job: PrintJob): Promise<SerialRange[]> {
  return gapsIn(await voidsOf(ctx, job, job), { from: job.from, to: job.to });
}

/** One job for each range, in order. Problems: void-serials if nothing is left or the rest is in too many pieces, recalled. */
export async function printRest(
  actor: Actor,
  input: { id: Id; rest: z.output<typeof printRestInput> },
  ctx: ActionContext,
): Promise<Outcome<PrintJob[]>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const job = found.value.doc;
  const ranges = await restOf(ctx, job);
  if (ranges.length === 0 || ranges.length > REST_JOBS_MAX)
    return fail('void-serials', `What is left is in ${ranges.length} ranges: print them one by one.`, {
      details: { ranges: ranges.length },
    });
  const run = await mustGet(ctx.store.printRuns, job.printRunId);
  const printer = run.printerId == null ? null : await ctx.store.printers.get(run.printerId);
  const place =
    printer === null
      ? { offsetX: run.offsetXMm, offsetY: run.offsetYMm, scaleX: run.scaleX, scaleY: run.scaleY }
      : { printer: printer.id };
  const jobs: PrintJob[] = [];
  for (const { from, to } of ranges) {
    const { batchId, template } = job;
    const output = run.output === 'pdf' ? {} : { output: run.output, dpi: run.dpi };
    const asked = makePrintJobInput.parse({
      batchId,
      template,
      from,
      to,
      ...place,
      ...output,
      reprintReason: input.rest.reason,
      acknowledge: input.rest.acknowledge,
    });
    const request = ctx.request === null ? null : { ...ctx.request, key: `${ctx.request.key}.${from}` };
    const made = await runAction(makePrintJob, actor, asked, { ...ctx, request });
    if (!made.ok) return made;
    if (made.value.kind === 'waiting') return ok(made.value);
    jobs.push(made.value.value);
  }
  return done(jobs);
}
