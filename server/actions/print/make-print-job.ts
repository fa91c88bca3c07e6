// Asks for the print files of a range of stamps. They are made apart from the request and fetched later. The rules of
// what may be printed are those of a sheet (print-sheet.ts).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { PrintJob } from '../../domain/print/print-job.ts';
import { fail } from '../../domain/problem.ts';
import type { SheetJob } from '../../sheet/threads/sheet-job.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id, serial, text } from '../kit/fields.ts';
import { bytesFor, checkRoom } from './job-files.ts';
import { offsetMm, PRINTER_HELP, SKIP_HELP, SKIP_MAX, templateId } from './print-fields.ts';
import { planPrint } from './print-sheet.ts';
import { reachInBody } from '../kit/reach.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';

export const makePrintJobInput = z.strictObject({
  batchId: id,
  template: templateId,
  from: serial.optional(),
  to: serial.optional(),
  skip: z.int().min(0).max(SKIP_MAX).default(0).meta({ description: SKIP_HELP }),
  printer: id.optional().meta({ description: PRINTER_HELP }),
  offsetX: offsetMm.optional(),
  offsetY: offsetMm.optional(),
  reprintReason: text(300).optional(),
});

/** One producer's jobs that are not ended: more would keep everyone else waiting. */
export const OPEN_JOBS_MAX = 20;

/** Problems: as planPrint, no-disk-space, too-many-requests. */
export async function makePrintJob(
  actor: Actor,
  input: z.output<typeof makePrintJobInput>,
  ctx: ActionContext,
): Promise<Outcome<PrintJob>> {
  const { batchId, ...query } = input;
  const found = await reachInBody(ctx.store.batches, actor, 'work-batch', batchId, 'batchId');
  if (!found.ok) return found;
  const batch = found.value.doc;
  if ((await openJobs(ctx, batch.producerId)) >= OPEN_JOBS_MAX) {
    return fail(
      'too-many-requests',
      `${OPEN_JOBS_MAX} print jobs of this producer wait already. Wait for one of them, or cancel it.`,
    );
  }
  // The request's key is the job's, which is saved last: a retry that comes between finds the same print run.
  const planned = await planPrint(
    actor,
    batch,
    query,
    { ...ctx, request: null },
    { check: (job) => checkRoom(ctx.jobFiles, bytesFor(rangeOf(job))) },
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

async function openJobs(ctx: ActionContext, producerId: string): Promise<number> {
  const states = ['waiting', 'running'] as const;
  const pages = await Promise.all(
    states.map((state) => ctx.store.printJobs.list({ producerId, state }, { limit: OPEN_JOBS_MAX, after: null })),
  );
  return pages.reduce((sum, { items }) => sum + items.length, 0);
}
