// The print file of a range of stamps. What was printed once under the same parameters is made again to the byte, from what its
// print run kept; what was printed under others asks why (CONTRACT §5, sheet.pdf).
//
// Order: the sheet is planned, then the batch remembers the serials as printed, then the print run is kept, and only then the
// first byte leaves. A crash in between costs the next print a reason; it never lets paper out that nobody recorded.
// A new print refuses void serials: they would be stuck on goods. A kept run is given again whatever was voided since.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { PrintedContent, PrintRun } from '../../domain/print/print-run.ts';
import { markPrinted, NAMED_INTERVALS_MAX } from '../../domain/batches/batch-life.ts';
import { dayIn } from '../../domain/calendar.ts';
import { inForce, lastDayInForce, ratingOf, type Certificate } from '../../domain/registry/certificate.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { clipRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { planSheet } from '../../sheet/threads/draw-sheet.ts';
import { OFFSET_MAX_MM, type PrinterSetting, type SheetJob, type SheetMark } from '../../sheet/threads/sheet-job.ts';
import { openMark } from '../../sheet/setting/open-mark.ts';
import {
  templateAtDpi,
  type ThermalDpi,
  type ThermalJob,
  type ThermalLanguage,
} from '../../sheet/thermal/thermal-job.ts';
import { fitsTemplate, showsPin, templateFor } from '../../sheet/template/template-fit.ts';
import { parseTemplate, type LoadedTemplate } from '../../sheet/template/template-loader.ts';
import type { Template } from '../../sheet/template/template-schema.ts';
import { StoreError } from '../../store/store.ts';
import { changeLife, type LifeChange } from '../batches/change-life.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, queryNumber, querySerial, text } from '../kit/fields.ts';
import { templatesFor } from './own-templates.ts';
import { reach } from '../kit/reach.ts';
import { decide, type Place } from '../kit/rights.ts';
import { findPrinter } from './read-printer.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';
import { keysOf } from '../batches/sealed-batch.ts';
import { readRange } from '../batches/stamp-range.ts';
import { inTurn } from '../kit/turns.ts';

/** Printers are nudged in tenths of a millimetre. */
export const OFFSET_STEP_MM = 0.1;
/** Plain decimals alone: Number would take nothing at all as 0, and `0x1` as 1. */
const DECIMAL = /^-?\d{1,3}(\.\d+)?$/;
const offsetMm = z
  .preprocess(
    (value) => (typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value),
    z.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM).multipleOf(OFFSET_STEP_MM),
  )
  .optional();
export const PRINTER_HELP = 'A saved printer, whose offsets and scale are used; not beside offsetX and offsetY.';
export const SKIP_HELP = 'Label places already used on the first sheet, or in the first row of a roll.';
export const SKIP_MAX = 10_000;

export const printSheetQuery = z.strictObject({
  template: z.string().min(1).max(40),
  from: querySerial.optional(),
  to: querySerial.optional(),
  skip: queryNumber(0, SKIP_MAX).default(0).meta({ description: SKIP_HELP }),
  printer: id.optional().meta({ description: PRINTER_HELP }),
  offsetX: offsetMm,
  offsetY: offsetMm,
  reprintReason: text(300).optional(),
});

export type PrintQuery = z.output<typeof printSheetQuery>;

/** Everything but the reason: the same parameters, the same bytes. */
type Parameters = Pick<
  PrintRun,
  'template' | 'from' | 'to' | 'skip' | 'offsetXMm' | 'offsetYMm' | 'scaleX' | 'scaleY' | 'output' | 'dpi'
>;

/** What the file is for. */
export type PrintOutput = { output: 'pdf'; dpi: null } | { output: ThermalLanguage; dpi: ThermalDpi };

const SHEET: PrintOutput = { output: 'pdf', dpi: null };

/** What else may stand in the way of a print; asked before anything is recorded. */
export type PrintCheck = (job: SheetJob) => Promise<Result<null>>;

/** A print run that is kept, and the job that draws it. */
export interface PlannedPrint {
  run: PrintRun;
  job: SheetJob;
}

/** A job for drawSheet that cannot fail for a reason of its own, recorded already. Problems as planPrint. */
export async function printSheet(
  actor: Actor,
  input: { id: Id; query: PrintQuery },
  ctx: ActionContext,
): Promise<Result<SheetJob>> {
  const found = await reach(ctx.store.batches, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const planned = await planPrint(actor, found.value.doc, input.query, ctx);
  return planned.ok ? ok(planned.value.job) : planned;
}

/**
 * The print run of these parameters: the one that is kept, or a new one, recorded before anything leaves.
 * Problems: invalid, symbol-too-large, text-does-not-fit, letter-not-in-font, reprint-reason-needed, certificate-lapsed,
 * void-serials, too-many-intervals, version-conflict.
 */
export async function planPrint(
  actor: Actor,
  batch: Batch,
  query: PrintQuery,
  ctx: ActionContext,
  more: { output?: PrintOutput; check?: PrintCheck } = {},
): Promise<Result<PlannedPrint>> {
  const placed = await readParameters(actor, ctx, batch, query);
  if (!placed.ok) return placed;
  const parameters: Parameters = { ...placed.value, ...(more.output ?? SHEET) };
  const reason = query.reprintReason ?? null;
  const check: PrintCheck = more.check ?? (async () => ok(null));
  return inTurn(ctx, `print:${batch.id}`, () => printInTurn(actor, batch, parameters, reason, check, ctx));
}

async function printInTurn(
  actor: Actor,
  batch: Batch,
  parameters: Parameters,
  reason: string | null,
  check: PrintCheck,
  ctx: ActionContext,
): Promise<Result<PlannedPrint>> {
  const today = dayIn(ctx.settings.timeZone, ctx.now());
  // A run whose certificate has lapsed is followed by one that was printed after the lapse, and that by another: each names the last.
  let lapsed: PrintRun | null = null;
  for (;;) {
    const kept = await findRun(ctx, batch.id, fingerprintOf(parameters, certificateOf(lapsed)));
    if (kept === null) break;
    if (!(await hasLapsed(ctx, kept, today))) {
      const job = await jobOf(ctx, batch, kept);
      // The office may have printed it: that opens nothing to others.
      const taken = mayTake(actor, job.template, batch);
      if (!taken.ok) return taken;
      const may = await check(job);
      return may.ok ? ok({ run: kept, job }) : may;
    }
    lapsed = kept;
  }
  if (lapsed !== null && reason === null) {
    return fail(
      'certificate-lapsed',
      'The certificate whose stars were printed is not in force any more. Give a reprintReason to print what is in force today.',
      {
        details: { certificate: lapsed.content.certificate?.number ?? null },
      },
    );
  }
  return firstPrint(actor, batch, parameters, certificateOf(lapsed), reason, today, check, ctx);
}

/** @param lapsed the certificate that the last run of the same parameters rested on; null: there was none */
async function firstPrint(
  actor: Actor,
  batch: Batch,
  parameters: Parameters,
  lapsed: Id | null,
  reason: string | null,
  today: Day,
  check: PrintCheck,
  ctx: ActionContext,
): Promise<Result<PlannedPrint>> {
  const loaded = await templateOf(actor, ctx, batch, parameters);
  if (!loaded.ok) return loaded;
  const content = await contentOf(ctx, batch, loaded.value.json, today);
  const run: PrintRun = {
    ...newEntity(ctx),
    officeId: batch.officeId,
    producerId: batch.producerId,
    batchId: batch.id,
    ...parameters,
    parameters: fingerprintOf(parameters, lapsed),
    reprintReason: null,
    by: actorId(actor),
    printedAt: ctx.now().toISOString(),
    content,
  };
  const job = await jobOf(ctx, batch, run);
  const planned = await planSheet(job);
  if (!planned.ok) return planned;
  const may = await check(job);
  if (!may.ok) return may;

  const { from, to } = parameters;
  const marking = await changeLife(
    actor,
    {
      right: 'work-batch',
      id: batch.id,
      action: 'print-stamps',
      plan: async (now) => planMarking(now, { from, to }, reason),
    },
    ctx,
  );
  if (!marking.ok) return marking;
  const isAgain = marking.value.kind === 'done' && marking.value.value;
  const doc: PrintRun = { ...run, reprintReason: isAgain ? reason : null };
  const saved = await saveNew(ctx, actor, { collection: 'printRuns', doc, action: 'print-sheet', answer: null });
  return saved.ok ? ok({ run: doc, job }) : saved;
}

/** Answers whether some of the serials were printed before. */
function planMarking(batch: Batch, range: SerialRange, reason: string | null): Result<LifeChange<boolean>> {
  const voids = clipRanges(batch.voids, range).map(({ from, to }) => ({ from, to }));
  if (voids.length > 0)
    return fail('void-serials', 'Some of these stamps are void. Print the ranges beside them.', {
      details: named(voids),
    });
  const marked = markPrinted(batch, range);
  if (!marked.ok) return marked;
  const { again, changed } = marked.value;
  if (again.length > 0 && reason === null) {
    return fail(
      'reprint-reason-needed',
      'Some of these stamps were printed before, under other parameters. Say why they are printed again, as reprintReason.',
      {
        details: named(again),
      },
    );
  }
  return ok({ batch: changed ? marked.value.batch : null, answer: again.length > 0, values: { ...range } });
}

async function readParameters(
  actor: Actor,
  ctx: ActionContext,
  batch: Batch,
  query: PrintQuery,
): Promise<Result<Omit<Parameters, 'output' | 'dpi'>>> {
  const range = readRange(ctx, batch, { from: query.from ?? 1, to: query.to ?? batch.quantity });
  if (!range.ok) return range;
  const { template, skip } = query;
  const placed = await placeOnPaper(actor, ctx, query);
  return placed.ok ? ok({ template, ...range.value, skip, ...placed.value }) : placed;
}

/** What a saved printer, or offsets alone, do to a sheet. */
export async function placeOnPaper(
  actor: Actor,
  ctx: ActionContext,
  { printer, offsetX, offsetY }: Pick<PrintQuery, 'printer' | 'offsetX' | 'offsetY'>,
): Promise<Result<PrinterSetting>> {
  if (printer === undefined) return ok({ offsetXMm: offsetX ?? 0, offsetYMm: offsetY ?? 0, scaleX: 1, scaleY: 1 });
  if (offsetX !== undefined || offsetY !== undefined)
    return fieldProblem('invalid', 'printer', 'one-of', 'Name a printer or offsets, not both.');
  const found = await findPrinter(actor, printer, ctx);
  if (!found.ok)
    return found.problem.code === 'not-found'
      ? fieldProblem('absent-reference', 'printer', 'absent', 'There is no such record.')
      : found;
  const { offsetX: offsetXMm, offsetY: offsetYMm, scaleX, scaleY } = found.value;
  return ok({ offsetXMm, offsetYMm, scaleX, scaleY });
}

/** Whether the actor may have stamps set like this: PINs are the office's to give out, on paper as in a list. Problems: not-allowed. */
export function mayTake(actor: Actor, template: Template, of: Place): Result<null> {
  const may = showsPin(template) ? decide(actor, 'take-pins', of) : null;
  return may?.kind === 'refused' ? { ok: false, problem: may.problem } : ok(null);
}

/** The template as it is today; a kept run needs it no more. */
export async function templateOf(
  actor: Actor,
  ctx: ActionContext,
  batch: Batch,
  { template, skip, dpi }: Pick<Parameters, 'template' | 'skip' | 'dpi'>,
): Promise<Result<LoadedTemplate>> {
  const found = templateFor(await templatesFor(ctx, batch.officeId), template, batch.symbol.version);
  if (!found.ok) {
    return found.problem.code === 'not-found'
      ? fieldProblem('invalid', 'template', 'absent', `There is no template ${template}. See GET /templates.`)
      : found;
  }
  const may = mayTake(actor, found.value.template, batch);
  if (!may.ok) return may;
  if (showsPin(found.value.template) && !batch.pin)
    return fail('no-pins', `${template} prints a PIN, and this batch has none.`);
  const { columns, rows } = found.value.template.grid;
  if (skip >= columns * rows)
    return fieldProblem('invalid', 'skip', 'too-big', `${template} has ${columns * rows} label places.`);
  if (dpi === null) return found;
  const onDots = templateAtDpi(found.value.template, dpi);
  if (onDots === null)
    return fieldProblem('invalid', 'template', 'not-a-roll', `${template} is no roll: print it as a sheet.`);
  const { version } = batch.symbol;
  return fitsTemplate(onDots, version)
    ? found
    : fail('symbol-too-large', `A symbol of version ${version} is too large for ${template} at ${dpi} dpi.`, {
        details: { fitting: [], version },
      });
}

/** The words on the paper; stars only where a certificate is in force on `today`. */
export async function contentOf(
  ctx: ActionContext,
  batch: Batch,
  templateJson: string,
  today: Day,
): Promise<PrintedContent> {
  const producer = await ctx.store.producers.get(batch.producerId);
  const product = batch.productId === null ? null : await ctx.store.products.get(batch.productId);
  if (producer === null || (batch.productId !== null && product === null))
    throw new StoreError('tampered', `a record that batch ${batch.id} names is missing`);
  const certificates: Certificate[] = [];
  if (product !== null)
    for await (const each of everyOf(ctx.store.certificates, { productId: product.id })) certificates.push(each);
  const rating = product === null ? null : ratingOf(certificates, product.id, today);
  const rests = rating !== null && inForce(rating, today) ? rating : null;
  return {
    productName: product?.name ?? null,
    producerName: producer.name,
    stars: rests?.stars ?? null,
    certificate: rests === null ? null : { id: rests.id, number: rests.number, lastDay: lastDayInForce(rests) },
    templateJson,
    markFileId: rests === null ? null : ((await ctx.store.offices.get(batch.officeId))?.markFileId ?? null),
  };
}

/** The artwork that a print run rests on. */
export async function markOf(
  ctx: ActionContext,
  { markFileId }: Pick<PrintedContent, 'markFileId'>,
): Promise<SheetMark | null> {
  if (markFileId === null) return null;
  const file = await ctx.store.files.get(markFileId);
  if (file === null) throw new StoreError('tampered', `file ${markFileId} is missing`);
  return openMark(file.bytes);
}

/** Whether the certificate that a run's stars rest on is out of force today. */
export async function hasLapsed(ctx: ActionContext, run: PrintRun, today: Day): Promise<boolean> {
  const { certificate } = run.content;
  if (certificate === null) return false;
  const now = await ctx.store.certificates.get(certificate.id);
  return now === null || !inForce(now, today);
}

function certificateOf(run: PrintRun | null): Id | null {
  return run?.content.certificate?.id ?? null;
}

function findRun(ctx: ActionContext, batchId: Id, parameters: string): Promise<PrintRun | null> {
  return ctx.store.printRuns.findBy('batchParameters', [batchId, parameters]);
}

function fingerprintOf(parameters: Parameters, lapsed: Id | null): string {
  const { template, from, to, skip, offsetXMm, offsetYMm, scaleX, scaleY, output, dpi } = parameters;
  return createHash('sha256')
    .update(JSON.stringify([template, from, to, skip, offsetXMm, offsetYMm, scaleX, scaleY, output, dpi, lapsed]))
    .digest('hex');
}

/** What draws a print run that is kept. */
export async function jobOf(ctx: ActionContext, batch: Batch, run: PrintRun): Promise<SheetJob | ThermalJob> {
  const parsed = parseTemplate(run.content.templateJson);
  if (!parsed.ok) throw new StoreError('tampered', `print run ${run.id} keeps a template that cannot be read`);
  const { carrier, origin, digitalLink, symbol } = batch;
  const { from, to, skip, offsetXMm, offsetYMm, scaleX, scaleY, printedAt } = run;
  const { productName, producerName, stars } = run.content;
  const job: SheetJob = {
    template: parsed.template,
    batchId: batch.id,
    keys: keysOf(ctx, batch).exportKeys(),
    address: { carrier, origin, digitalLink },
    symbol,
    from,
    to,
    skip,
    printer: { offsetXMm, offsetYMm, scaleX, scaleY },
    content: { productName, producerName, stars },
    mark: await markOf(ctx, run.content),
    printedAt,
  };
  if (run.output === 'pdf' || run.dpi === null) return job;
  const template = templateAtDpi(parsed.template, run.dpi);
  if (template === null) throw new StoreError('tampered', `print run ${run.id} keeps a template that is no roll`);
  return { ...job, template, thermal: { language: run.output, dpi: run.dpi } };
}

function named(intervals: SerialRange[]): { intervals: SerialRange[]; more: number } {
  return {
    intervals: intervals.slice(0, NAMED_INTERVALS_MAX),
    more: Math.max(0, intervals.length - NAMED_INTERVALS_MAX),
  };
}
