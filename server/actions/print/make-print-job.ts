// Asks for the print files of a range of stamps. They are made in the background and fetched later. What may be printed
// is decided by the same rules as for a sheet (print-sheet.ts).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { PrintJob } from '../../domain/print/print-job.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { SheetJob } from '../../sheet/threads/sheet-job.ts';
import { THERMAL_DPI, THERMAL_LANGUAGES } from '../../sheet/thermal/thermal-job.ts';
import { acknowledge } from '../batches/known-concerns.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id, serial, text } from '../kit/fields.ts';
import { bytesFor, checkPrintRoom, labelBytesOf } from './job-files.ts';
import { offsetMm, printerId, scaleOf, SKIP_HELP, SKIP_MAX, templateId } from './print-fields.ts';
import { planPrint } from './print-sheet.ts';
import { reachInBody } from '../kit/reach.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';

export const makePrintJobInput = z.strictObject({
  batchId: id,
  template: templateId,
  from: serial.optional(),
  to: serial.optional(),
  skip: z.int().min(0).max(SKIP_MAX).default(0).meta({ description: SKIP_HELP }),
  printer: printerId,
  offsetX: offsetMm.optional(),
  offsetY: offsetMm.optional(),
  scaleX: scaleOf.optional(),
  scaleY: scaleOf.optional(),
  output: z
    .enum(['pdf', ...THERMAL_LANGUAGES])
    .default('pdf')
    .meta({ description: 'A sheet, or labels of a roll in a thermal printer’s own language.' }),
  dpi: z
    .union(THERMAL_DPI.map((dpi) => z.literal(dpi)))
    .optional()
    .meta({ description: 'Dots an inch of a thermal printer’s head; 203 unless given, and not for a PDF.' }),
  reprintReason: text(300).optional(),
  acknowledge,
});

/** Open jobs of one producer; with more, everyone else would have to wait. */
export const OPEN_JOBS_MAX = 20;

/** Problems: as planPrint, no-disk-space, too-many-requests. */
export async function makePrintJob(
  actor: Actor,
  input: z.output<typeof makePrintJobInput>,
  ctx: ActionContext,
): Promise<Outcome<PrintJob>> {
  const { batchId, output, dpi, ...query } = input;
  if (output === 'pdf' && dpi !== undefined)
    return fieldProblem('invalid', 'dpi', 'not-a-label', 'A PDF has no dots: dpi is for zpl and tspl.');
  if (output !== 'pdf' && query.skip > 0)
    return fieldProblem('invalid', 'skip', 'not-a-sheet', 'A thermal printer begins where its roll is: skip is 0.');
  const found = await reachInBody(ctx.store.batches, actor, 'work-batch', batchId, 'batchId');
  if (!found.ok) return found;
  const batch = found.value.doc;
  if ((await openJobs(ctx, batch.producerId)) >= OPEN_JOBS_MAX) {
    return fail(
      'too-many-requests',
      `${OPEN_JOBS_MAX} print jobs of this producer wait already. Wait for one of them, or cancel it.`,
    );
  }
  // The request's key is stored with the job, which is saved last: a retry in between finds the same print run.
  const planned = await planPrint(
    actor,
    batch,
    query,
    { ...ctx, request: null },
    {
      output: output === 'pdf' ? { output, dpi: null } : { output, dpi: dpi ?? THERMAL_DPI[0] },
      check: (job) => checkPrintRoom(ctx, bytesFor(sizeOf(job))),
    },
  );
  if (!planned.ok) return planned;
  const { run, job } = planned.value;
  const doc: PrintJob = {
    ...newEntity(ctx),
    officeId: batch.officeId,
    producerId: batch.producerId,
    batchId: batch.id,
    printRunId: run.id,
    template: run.template,
    ...rangeOf(job),
    output,
    by: actorId(actor),
    state: 'waiting',
    finished: [],
    failure: null,
    readBack: { checked: 0, matched: 0 },
    fence: 0,
    attempts: 0,
    endedAt: null,
  };
  return saveNew(ctx, actor, { collection: 'printJobs', doc, action: 'make-print-job', answer: doc });
}

function rangeOf({ from, to, skip, template }: SheetJob): Pick<PrintJob, 'from' | 'to' | 'skip' | 'placesPerPage'> {
  return { from, to, skip, placesPerPage: template.grid.columns * template.grid.rows };
}

function sizeOf(job: SheetJob): Parameters<typeof bytesFor>[0] {
  return { ...rangeOf(job), labelBytes: labelBytesOf(job) };
}

async function openJobs(ctx: ActionContext, producerId: string): Promise<number> {
  const states = ['waiting', 'running'] as const;
  const pages = await Promise.all(
    states.map((state) => ctx.store.printJobs.list({ producerId, state }, { limit: OPEN_JOBS_MAX, after: null })),
  );
  return pages.reduce((sum, { items }) => sum + items.length, 0);
}
