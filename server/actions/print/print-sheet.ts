// The print file of a range of stamps. What was printed before under the same parameters is made again to the byte,
// from what its print run kept. A print of the same stamps under other parameters needs a reason (CONTRACT §5,
// sheet.pdf).
//
// Order: set the sheet, mark the serials as printed in the batch, save the print run, and only then send the first
// byte. After a crash in between, the next print needs a reason; paper without a record is never sent. A new print
// refuses void serials, because they would be stuck on goods. A kept run is drawn again even if stamps of it were
// voided since.

import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { markPrinted, NAMED_INTERVALS_MAX } from '../../domain/batches/batch-life.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { clipRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import type { PrintRun } from '../../domain/print/print-run.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { planSheet } from '../../sheet/threads/draw-sheet.ts';
import type { SheetJob } from '../../sheet/threads/sheet-job.ts';
import type { ThermalDpi, ThermalLanguage } from '../../sheet/thermal/thermal-job.ts';
import { changeLife, type LifeChange } from '../batches/change-life.ts';
import { readRange } from '../batches/stamp-range.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { inTurn } from '../kit/turns.ts';
import { inLotPaper } from '../lots/lot-paper.ts';
import { placeOnPaper } from './place-on-paper.ts';
import type { PrintQuery } from './print-fields.ts';
import { contentOf, drawingOf, hasLapsed } from './run-drawing.ts';
import { mayTake, templateForBatch } from './templates.ts';

/** Everything but the reason: the same parameters, the same bytes. */
type Parameters = Pick<
  PrintRun,
  'template' | 'from' | 'to' | 'skip' | 'offsetXMm' | 'offsetYMm' | 'scaleX' | 'scaleY' | 'output' | 'dpi'
>;

/** What the file is for. */
export type PrintOutput = { output: 'pdf'; dpi: null } | { output: ThermalLanguage; dpi: ThermalDpi };

const SHEET: PrintOutput = { output: 'pdf', dpi: null };

/** A further condition of a print, checked before anything is recorded. */
export type PrintCheck = (job: SheetJob) => Promise<Result<null>>;

/** A print run that is kept, and the job that draws it. */
export interface PlannedPrint {
  run: PrintRun;
  job: SheetJob;
}

/** A job for drawSheet, already recorded, that can be set. Problems: as planPrint. */
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
 * The print run of these parameters: the one that is kept, or a new one, recorded before anything leaves. Problems:
 * invalid, symbol-too-large, text-does-not-fit, letter-not-in-font, reprint-reason-needed, certificate-lapsed,
 * void-serials, too-many-intervals, version-conflict.
 */
export async function planPrint(
  actor: Actor,
  batch: Batch,
  query: PrintQuery,
  ctx: ActionContext,
  { output = SHEET, check = async () => ok(null) }: { output?: PrintOutput; check?: PrintCheck } = {},
): Promise<Result<PlannedPrint>> {
  const placed = await readParameters(actor, batch, query, ctx);
  if (!placed.ok) return placed;
  const parameters = { ...placed.value, ...output };
  const printing = { actor, batch, parameters, reason: query.reprintReason ?? null, today: todayOf(ctx), check, ctx };
  return inTurn(ctx, `print:${batch.id}`, () => runOf(printing));
}

/** A print that was asked for. */
interface Printing {
  actor: Actor;
  batch: Batch;
  parameters: Parameters;
  /** Why these stamps are printed again; null: no reason was given. */
  reason: string | null;
  today: Day;
  check: PrintCheck;
  ctx: ActionContext;
}

/** The kept run of the same parameters, or a new one. */
async function runOf(printing: Printing): Promise<Result<PlannedPrint>> {
  const { batch, parameters, reason, today, ctx } = printing;
  // After a lapse the same parameters make a new run, which names the lapsed certificate; after its own lapse another,
  // and so on.
  let lapsed: PrintRun | null = null;
  for (;;) {
    const kept = await findRun(ctx, batch.id, fingerprintOf(parameters, certificateOf(lapsed)));
    if (kept === null) break;
    if (!(await hasLapsed(ctx, kept, today))) return printAgain(printing, kept);
    lapsed = kept;
  }
  if (lapsed !== null && reason === null) {
    return fail(
      'certificate-lapsed',
      'The certificate whose stars were printed is not in force any more. ' +
        'Give a reprintReason to print what is in force today.',
      { details: { certificate: lapsed.content.certificate?.number ?? null } },
    );
  }
  return inLotPaper(ctx, batch.lotId, () => printFirst(printing, certificateOf(lapsed)));
}

async function printAgain({ actor, batch, check, ctx }: Printing, run: PrintRun): Promise<Result<PlannedPrint>> {
  const job = await drawingOf(ctx, batch, run);
  // The office may have printed it. That gives its PINs to no other actor.
  const taken = mayTake(actor, job.template, batch);
  if (!taken.ok) return taken;
  const may = await check(job);
  return may.ok ? ok({ run, job }) : may;
}

/** @param lapsed the certificate that the last run of the same parameters rested on; null: there was no such run */
async function printFirst(printing: Printing, lapsed: Id | null): Promise<Result<PlannedPrint>> {
  const { actor, batch, parameters, reason, today, check, ctx } = printing;
  const loaded = await templateForBatch(actor, batch, parameters, ctx);
  if (!loaded.ok) return loaded;
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
    content: await contentOf(ctx, batch, loaded.value.json, today),
  };
  const job = await drawingOf(ctx, batch, run);
  const planned = await planSheet(job);
  if (!planned.ok) return planned;
  const may = await check(job);
  if (!may.ok) return may;

  const { from, to } = parameters;
  const plan = async (now: Batch): Promise<Result<LifeChange<boolean>>> => planMarking(now, { from, to }, reason);
  const marking = await changeLife(actor, { right: 'work-batch', id: batch.id, action: 'print-stamps', plan }, ctx);
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
      'Some of these stamps were printed before, under other parameters. ' +
        'Say why they are printed again, as reprintReason.',
      {
        details: named(again),
      },
    );
  }
  return ok({ batch: changed ? marked.value.batch : null, answer: again.length > 0, values: { ...range } });
}

async function readParameters(
  actor: Actor,
  batch: Batch,
  query: PrintQuery,
  ctx: ActionContext,
): Promise<Result<Omit<Parameters, 'output' | 'dpi'>>> {
  const range = readRange(ctx, batch, { from: query.from ?? 1, to: query.to ?? batch.quantity });
  if (!range.ok) return range;
  const { template, skip } = query;
  const placed = await placeOnPaper(actor, query, ctx);
  return placed.ok ? ok({ template, ...range.value, skip, ...placed.value }) : placed;
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

function named(intervals: SerialRange[]): { intervals: SerialRange[]; more: number } {
  return {
    intervals: intervals.slice(0, NAMED_INTERVALS_MAX),
    more: Math.max(0, intervals.length - NAMED_INTERVALS_MAX),
  };
}
