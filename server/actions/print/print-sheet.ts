// The print file of a range of stamps. What was printed before under the same parameters is made again to the byte,
// from what its print run kept. A print of the same stamps under other parameters is a reprint and needs a reason
// (check-reprint.ts).
//
// Order: set the sheet, save the print run, send or make the file, and only then count the serials as printed
// (count-printed.ts): printed means that a file exists. A run without a file is set anew, with the words of the day;
// one that has a file is drawn as it was, but not for stamps that were voided since.

import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { isMade, type PrintRun } from '../../domain/print/print-run.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { planSheet } from '../../sheet/threads/draw-sheet.ts';
import type { SheetJob } from '../../sheet/threads/sheet-job.ts';
import type { ThermalDpi, ThermalLanguage } from '../../sheet/thermal/thermal-job.ts';
import { mustGet } from '../../store/must-get.ts';
import { checkBatchRecalled } from '../batches/known-concerns.ts';
import { readRange } from '../batches/stamp-range.ts';
import type { ActionContext } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { inTurn } from '../kit/turns.ts';
import { inLotPaper } from '../lots/lot-paper.ts';
import { checkNotVoid, checkReprint, isAwaited } from './check-reprint.ts';
import { namePrintFile } from './name-print-file.ts';
import { placeOnPaper } from './place-on-paper.ts';
import type { PrintQuery } from './print-fields.ts';
import { contentOf, drawingOf, hasLapsed } from './run-drawing.ts';
import { mayTake, templateForBatch } from './templates.ts';

/** Everything except the reason: the same parameters give the same bytes. */
type Parameters = Pick<
  PrintRun,
  'template' | 'from' | 'to' | 'skip' | 'offsetXMm' | 'offsetYMm' | 'scaleX' | 'scaleY' | 'output' | 'dpi'
>;

/** What the file is for. */
export type PrintOutput = { output: 'pdf'; dpi: null } | { output: ThermalLanguage; dpi: ThermalDpi };

const SHEET: PrintOutput = { output: 'pdf', dpi: null };

/** A further condition of a print, checked before anything is recorded. */
export type PrintCheck = (job: SheetJob) => Promise<Result<null>>;

/** A saved print run, and the job that draws it. */
export interface PlannedPrint {
  run: PrintRun;
  job: SheetJob;
}

/** A planned print and the name of its file. */
export interface NamedPrint extends PlannedPrint {
  fileName: string;
}

/** A recorded print for drawSheet; it counts once it was sent. Problems: as planPrint. */
export async function printSheet(
  actor: Actor,
  input: { id: Id; query: PrintQuery },
  ctx: ActionContext,
): Promise<Result<NamedPrint>> {
  const found = await reach(ctx.store.batches, actor, 'work-batch', input.id);
  return found.ok ? namedPrint(ctx, await planPrint(actor, found.value.doc, input.query, ctx)) : found;
}

/**
 * The print run of these parameters: the saved one, or a new one, which is recorded before any byte leaves. Problems:
 * invalid, symbol-too-large, text-does-not-fit, letter-not-in-font, reprint-reason-needed, certificate-lapsed,
 * void-serials, too-many-intervals, version-conflict, recalled.
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
  const known = await checkBatchRecalled(ctx, batch, placed.value, query.acknowledge);
  if (!known.ok) return known;
  const { printerId, ...set } = placed.value;
  const parameters = { ...set, ...output };
  const printing = {
    actor,
    batch,
    parameters,
    printerId,
    reason: query.reprintReason ?? null,
    today: todayOf(ctx),
    check,
    ctx,
  };
  return inTurn(ctx, `print:${batch.id}`, () => runOf(printing));
}

/** Adds the file's name to a print. */
export async function namedPrint(ctx: ActionContext, planned: Result<PlannedPrint>): Promise<Result<NamedPrint>> {
  if (!planned.ok) return planned;
  const { run } = planned.value;
  return ok({ ...planned.value, fileName: await namePrintFile(ctx, run, run) });
}

/** A requested print. */
interface Printing {
  actor: Actor;
  batch: Batch;
  parameters: Parameters;
  printerId: Id | null;
  /** Why these stamps are printed again; null: no reason was given. */
  reason: string | null;
  today: Day;
  check: PrintCheck;
  ctx: ActionContext;
}

/** The saved run of the same parameters, or a new one. */
async function runOf(printing: Printing): Promise<Result<PlannedPrint>> {
  const { batch, parameters, reason, today, ctx } = printing;
  // After a lapse the same parameters make a new run, which names the lapsed certificate; when that one lapses too,
  // another run, and so on.
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

async function printAgain(printing: Printing, run: PrintRun): Promise<Result<PlannedPrint>> {
  const { actor, batch, check, ctx } = printing;
  if (!isMade(run) && !(await isAwaited(ctx, run))) return printFirst(printing, null, run);
  const job = await drawingOf(ctx, batch, run);
  // The office may have printed it, but that does not give its PINs to another actor.
  const taken = mayTake(actor, job.template, batch);
  if (!taken.ok) return taken;
  const sound = checkNotVoid(await mustGet(ctx.store.batches, batch.id), run);
  if (!sound.ok) return sound;
  const may = await check(job);
  return may.ok ? ok({ run, job }) : may;
}

/**
 * @param lapsed the certificate that the last run of the same parameters rested on; null: there was no such run
 * @param unmade a saved run of these parameters that never got a file: it gets today's words
 */
async function printFirst(
  printing: Printing,
  lapsed: Id | null,
  unmade: PrintRun | null = null,
): Promise<Result<PlannedPrint>> {
  const { actor, batch, parameters, printerId, reason, today, check, ctx } = printing;
  const loaded = await templateForBatch(actor, batch, parameters, ctx);
  if (!loaded.ok) return loaded;
  const content = await contentOf(ctx, batch, loaded.value.json, today);
  const hasSameWords = unmade !== null && JSON.stringify(unmade.content) === JSON.stringify(content);
  const run: PrintRun = {
    ...(unmade ?? newEntity(ctx)),
    officeId: batch.officeId,
    producerId: batch.producerId,
    batchId: batch.id,
    ...parameters,
    parameters: unmade?.parameters ?? fingerprintOf(parameters, lapsed),
    printerId,
    reprintReason: null,
    by: actorId(actor),
    printedAt: hasSameWords ? unmade.printedAt : ctx.now().toISOString(),
    madeAt: null,
    content,
  };
  const job = await drawingOf(ctx, batch, run);
  const planned = await planSheet(job);
  if (!planned.ok) return planned;
  const may = await check(job);
  if (!may.ok) return may;
  const allowed = await checkReprint(ctx, batch.id, run, reason);
  if (!allowed.ok) return allowed;
  return keepRun(printing, { ...run, reprintReason: allowed.value ? reason : null }, unmade, job);
}

async function keepRun(
  { actor, ctx }: Printing,
  doc: PrintRun,
  before: PrintRun | null,
  job: SheetJob,
): Promise<Result<PlannedPrint>> {
  if (before === null) {
    const saved = await saveNew(ctx, actor, { collection: 'printRuns', doc, action: 'print-sheet', answer: null });
    return saved.ok ? ok({ run: doc, job }) : saved;
  }
  if (JSON.stringify(before) === JSON.stringify(doc)) return ok({ run: before, job });
  const next = nextVersion(ctx, before, doc);
  const change = { collection: 'printRuns', before, doc: next, action: 'print-sheet', answer: null } as const;
  const saved = await saveChange(ctx, actor, change);
  return saved.ok ? ok({ run: next, job }) : saved;
}

async function readParameters(
  actor: Actor,
  batch: Batch,
  query: PrintQuery,
  ctx: ActionContext,
): Promise<Result<Omit<Parameters, 'output' | 'dpi'> & { printerId: Id | null }>> {
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
