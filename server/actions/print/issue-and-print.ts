// From a product to its sheets in one step: finds or makes the lot, issues the batch and asks for its print files. The
// sheet is set first, so that nothing is issued for paper that cannot be printed. The form's offsets are saved with the
// printer.
//
// Order: printer, batch (with its lot), print job, each under its own request key. A crash in between leaves a batch
// without a job. The same form then finds the batch and prints it; it never issues twice.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { BATCH_QUANTITY_MAX, type OpenBatch } from '../../domain/batches/batch.ts';
import type { PrintJob } from '../../domain/print/print-job.ts';
import { fail, ok, type Problem, type Result } from '../../domain/problem.ts';
import { showsPin } from '../../sheet/template/template-fit.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { day, id } from '../kit/fields.ts';
import { issueBatch } from '../batches/issue-batch.ts';
import { keepPrinter } from './keep-printer.ts';
import { lastPrint } from './last-print.ts';
import { lotFields } from '../lots/make-lot.ts';
import { makePrintJob } from './make-print-job.ts';
import { previewSheet } from './preview-sheet.ts';
import { offsetMm, SKIP_MAX, templateId } from './print-fields.ts';
import { readPrinter } from './read.ts';
import { runAction } from '../kit/run-action.ts';

export const issueAndPrintInput = z.strictObject({
  productId: id,
  lot: lotFields.number,
  producedOn: day.nullable(),
  expiresOn: day.nullable(),
  quantity: z.int().min(1).max(BATCH_QUANTITY_MAX),
  template: templateId,
  skip: z.int().min(0).max(SKIP_MAX),
  printer: id.nullable(),
  offsetX: offsetMm,
  offsetY: offsetMm,
  carrier: z.enum(['short', 'digital-link']),
  pin: z.boolean(),
});

export type IssueAndPrintInput = z.output<typeof issueAndPrintInput>;

export interface IssuedAndPrinted {
  batch: OpenBatch;
  /** Null: the batch is issued, and its files could not be asked for; `problem` says why. */
  job: PrintJob | null;
  problem: Problem | null;
}

/**
 * Problems: as previewSheet and issueBatch; beyond the allowance a producer's batch waits for the office, and is
 * printed once it is there.
 */
export async function issueAndPrint(
  actor: Actor,
  input: IssueAndPrintInput,
  ctx: ActionContext,
): Promise<Outcome<IssuedAndPrinted>> {
  const { productId, lot, producedOn, expiresOn, quantity, template, skip, carrier, pin } = input;
  const preview = await previewSheet(actor, { productId, template, carrier, lot, quantity, skip }, ctx);
  if (!preview.ok) return preview;
  const printer = await nudged(actor, input, ctx);
  if (!printer.ok) return printer;
  // A label with room for a PIN needs one.
  const batch = {
    quantity,
    productId,
    lot,
    producedOn,
    expiresOn,
    carrier,
    pin: pin || showsPin(preview.value.template),
    note: null,
  };
  const issued = await runAction(issueBatch, actor, batch, { ...ctx, request: requestFor(ctx, 'batch') });
  if (!issued.ok) return issued;
  if (issued.value.kind === 'waiting') return ok(issued.value);
  const made = issued.value.value;
  const job = await runAction(
    makePrintJob,
    actor,
    { batchId: made.id, template, skip, ...printer.value },
    { ...ctx, request: requestFor(ctx, 'job') },
  );
  if (!job.ok) return done({ batch: made, job: null, problem: job.problem });
  if (job.value.kind === 'waiting') throw new TypeError('a print job does not wait for the office');
  return {
    ok: true,
    value: { kind: 'done', value: { batch: made, job: job.value.value, problem: null }, created: true },
  };
}

export const printAsBeforeInput = z.strictObject({
  productId: id,
  lot: lotFields.number,
  producedOn: day.nullable().optional(),
  expiresOn: day.nullable().optional(),
});

/**
 * The same as last time of a product: only the lot's number and days are new. Problems: not-found where nothing was
 * printed, and as above.
 */
export async function printAsBefore(
  actor: Actor,
  input: z.output<typeof printAsBeforeInput>,
  ctx: ActionContext,
): Promise<Outcome<IssuedAndPrinted>> {
  const last = await lastPrint(actor, input.productId, ctx);
  if (!last.ok) return last;
  if (last.value?.run == null) return fail('not-found', 'Nothing of this product was printed yet.');
  const { batch, run, printer, skip, lot } = last.value;
  return issueAndPrint(
    actor,
    {
      productId: input.productId,
      lot: input.lot,
      producedOn: input.producedOn === undefined ? lot.producedOn : input.producedOn,
      expiresOn: input.expiresOn === undefined ? lot.expiresOn : input.expiresOn,
      quantity: batch.quantity,
      template: run.template,
      skip,
      printer: printer?.id ?? null,
      offsetX: run.offsetXMm,
      offsetY: run.offsetYMm,
      carrier: batch.carrier,
      pin: batch.pin,
    },
    ctx,
  );
}

type PrintOn = { printer: string } | { offsetX: number; offsetY: number };

/**
 * What the print job names: the printer, with its nudge kept where the form changed it, or the offsets by themselves.
 */
async function nudged(
  actor: Actor,
  { printer: printerId, offsetX, offsetY }: IssueAndPrintInput,
  ctx: ActionContext,
): Promise<Result<PrintOn>> {
  if (printerId === null) return ok({ offsetX, offsetY });
  const found = await readPrinter(actor, printerId, ctx);
  if (!found.ok)
    return found.problem.code === 'not-found'
      ? fail('absent-reference', 'There is no such printer.', {
          errors: [{ path: ['printer'], code: 'absent', message: 'There is no such printer.' }],
        })
      : found;
  const printer = found.value;
  if (printer.offsetX !== offsetX || printer.offsetY !== offsetY) {
    const { name, scaleX, scaleY, version } = printer;
    const kept = await keepPrinter(
      actor,
      { id: printerId, version, printer: { name, scaleX, scaleY, offsetX, offsetY } },
      { ...ctx, request: null },
    );
    if (!kept.ok) return kept;
  }
  return ok({ printer: printerId });
}

/** The form's request key, with a suffix for each thing it makes. */
function requestFor(ctx: ActionContext, what: string): ActionContext['request'] {
  return ctx.request === null ? null : { ...ctx.request, key: `${ctx.request.key}.${what}` };
}
