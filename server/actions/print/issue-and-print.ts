// From a product to its sheets in one step: finds or creates the lot, issues the batch and asks for its print files.
// The sheet is set first, so that no stamps are issued that cannot be printed. The form's offsets are saved with the
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
import { THERMAL_DPI, THERMAL_LANGUAGES } from '../../sheet/thermal/thermal-job.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { day, id } from '../kit/fields.ts';
import { batchTarget } from '../batches/batch-target.ts';
import { issueBatch } from '../batches/issue-batch.ts';
import { keepPrinter } from './keep-printer.ts';
import { ISSUE_CONCERNS, issueConcerns, type IssueConcern } from './issue-concerns.ts';
import { lastPrint } from './last-print.ts';
import { lotFields } from '../lots/make-lot.ts';
import { makePrintJob } from './make-print-job.ts';
import { previewSheet } from './preview-sheet.ts';
import { offsetMm, scaleOf, SKIP_MAX, templateId } from './print-fields.ts';
import { readOwnPrinter } from './own-printers.ts';
import { runAction } from '../kit/run-action.ts';

const acknowledgeConcerns = z.array(z.enum(ISSUE_CONCERNS)).max(ISSUE_CONCERNS.length).default([]);

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
  /** Without a saved printer: the stretch of the last print without one. */
  scaleX: scaleOf.default(1),
  scaleY: scaleOf.default(1),
  carrier: z.enum(['short', 'digital-link']),
  pin: z.boolean(),
  /** What the person was warned of and confirmed. */
  acknowledge: acknowledgeConcerns,
  /** Output for a thermal printer; if absent, a PDF. */
  labels: z
    .object({ output: z.enum(THERMAL_LANGUAGES), dpi: z.union(THERMAL_DPI.map((dpi) => z.literal(dpi))) })
    .nullable()
    .default(null),
});

export type IssueAndPrintInput = z.output<typeof issueAndPrintInput>;

export interface IssuedAndPrinted {
  batch: OpenBatch;
  /** Null: the batch is issued, but its files could not be requested; `problem` says why. */
  job: PrintJob | null;
  problem: Problem | null;
}

/**
 * Beyond the allowance a producer's batch waits for the office, and is printed once it is issued. Problems: as
 * previewSheet and issueBatch.
 */
export async function issueAndPrint(
  actor: Actor,
  input: IssueAndPrintInput,
  ctx: ActionContext,
): Promise<Outcome<IssuedAndPrinted>> {
  const { productId, lot, producedOn, expiresOn, quantity, template, skip, carrier, pin } = input;
  const preview = await previewSheet(actor, { productId, template, carrier, lot, quantity, skip }, ctx);
  if (!preview.ok) return preview;
  const target = await batchTarget(actor, { productId, lot, producedOn, expiresOn, carrier }, ctx);
  if (!target.ok) return target;
  const unsaid = await unsaidConcerns(input, ctx);
  const [first] = unsaid;
  if (first !== undefined)
    return fail(first.code, 'Something should be known before these stamps are issued.', {
      details: { concerns: unsaid },
    });
  const printer = await nudged(actor, input, ctx);
  if (!printer.ok) return printer;
  const known = input.acknowledge.includes('recalled') ? ['recalled' as const] : undefined;
  // A label with room for a PIN needs a PIN.
  const batch = {
    quantity,
    productId,
    lot,
    producedOn,
    expiresOn,
    carrier,
    pin: pin || showsPin(preview.value.template),
    note: null,
    acknowledge: known,
  };
  const issued = await runAction(issueBatch, actor, batch, { ...ctx, request: requestFor(ctx, 'batch') });
  if (!issued.ok) return issued;
  if (issued.value.kind === 'waiting') return ok(issued.value);
  const made = issued.value.value;
  const job = await runAction(
    makePrintJob,
    actor,
    {
      batchId: made.id,
      template,
      skip: input.labels === null ? skip : 0,
      ...printer.value,
      output: input.labels?.output ?? 'pdf',
      dpi: input.labels?.dpi,
      acknowledge: known,
    },
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
  acknowledge: acknowledgeConcerns,
});

/**
 * Prints the same as last time of a product; only the lot's number and days are new. Problems: not-found if nothing was
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
  const { batch, run, printer, place, skip, lot } = last.value;
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
      ...place,
      carrier: batch.carrier,
      pin: batch.pin,
      acknowledge: input.acknowledge,
      labels: run.output === 'pdf' || run.dpi === null ? null : { output: run.output, dpi: run.dpi },
    },
    ctx,
  );
}

/**
 * Warnings that the person has not confirmed. A retry of a form that has issued its stamps gets none, because the
 * warnings would be about those stamps.
 */
async function unsaidConcerns(input: IssueAndPrintInput, ctx: ActionContext): Promise<IssueConcern[]> {
  const request = requestFor(ctx, 'batch');
  if (request !== null && (await ctx.store.findRequest(request.key)) !== null) return [];
  return (await issueConcerns(ctx, input)).filter(({ code }) => !input.acknowledge.includes(code));
}

type PrintOn = { printer: string } | { offsetX: number; offsetY: number; scaleX: number; scaleY: number };

/** What the print job names: the printer, saved with the form's offsets if they changed, or the offsets alone. */
async function nudged(
  actor: Actor,
  { productId, printer: printerId, offsetX, offsetY, scaleX, scaleY }: IssueAndPrintInput,
  ctx: ActionContext,
): Promise<Result<PrintOn>> {
  if (printerId === null) return ok({ offsetX, offsetY, scaleX, scaleY });
  const found = await readOwnPrinter(actor, printerId, productId, ctx);
  if (!found.ok)
    return found.problem.code === 'not-found'
      ? fail('absent-reference', 'There is no such printer.', {
          errors: [{ path: ['printer'], code: 'absent', message: 'There is no such printer.' }],
        })
      : found;
  const printer = found.value;
  if (printer.offsetX !== offsetX || printer.offsetY !== offsetY) {
    const { name, version } = printer;
    const kept = await keepPrinter(
      actor,
      { id: printerId, version, printer: { name, scaleX: printer.scaleX, scaleY: printer.scaleY, offsetX, offsetY } },
      { ...ctx, request: null },
    );
    if (!kept.ok) return kept;
  }
  return ok({ printer: printerId });
}

/** The form's request key, with a suffix for each record it creates. */
function requestFor(ctx: ActionContext, what: string): ActionContext['request'] {
  return ctx.request === null ? null : { ...ctx.request, key: `${ctx.request.key}.${what}` };
}
