// The last print of a product, and what the same print would be now: the same template, quantity, printer, carrier and
// PIN, the place on the sheet after the last stamp, and a number and days for the next lot.

import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch, OpenBatch } from '../../domain/batches/batch.ts';
import { isMade, type PrintRun } from '../../domain/print/print-run.ts';
import { gapsIn, mergeRanges } from '../../domain/batches/intervals.ts';
import { addDays, daysBetween } from '../../domain/calendar.ts';
import type { Day, Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { nextLotNumber } from '../../domain/lots/lot-number.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Product } from '../../domain/registry/product.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { templatesOf } from './templates.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { ownPrinterOf } from './own-printers.ts';
import { everyOf } from '../kit/every-of.ts';
import { lotOfNumber } from '../lots/lot-of-number.ts';
import { openBatch } from '../batches/product-of-batch.ts';
import { todayOf } from '../kit/today.ts';

export interface LastPrint {
  product: Product;
  batch: OpenBatch;
  /** Null: nothing was printed. */
  run: PrintRun | null;
  /** The saved printer of the print; null: there was none, or it belongs to another desk. */
  printer: Printer | null;
  /** Where the page goes on the paper, and how it is stretched. */
  place: Pick<Printer, 'offsetX' | 'offsetY' | 'scaleX' | 'scaleY'>;
  /** Used places of the sheet that the last print left partly empty. */
  skip: number;
  lot: NextLot;
}

export interface NextLot {
  number: string;
  producedOn: Day | null;
  expiresOn: Day | null;
}

const FIRST_NUMBER = '01';
/** Lot numbers tried; after that the form offers one that is taken. */
const NUMBERS_MAX = 20;
/** Batches looked through in one step, newest first, until one was printed. */
const BATCHES_A_PAGE = 50;
/** After so many without a print there is no last one: those who issue so much elsewhere do not print here. */
const BATCHES_MAX = 200;

/**
 * The last print of this product, or of any product, that has a file and whose stamps are not all void, among the last
 * BATCHES_MAX batches. If nothing was printed, the last batch without a run. Null: there is no batch. Problems:
 * not-found, not-allowed.
 */
export async function lastPrint(
  actor: Actor,
  productId: Id | null,
  ctx: ActionContext,
): Promise<Result<LastPrint | null>> {
  const filter = { kind: 'goods', ...(productId === null ? {} : { productId }) };
  let batch: Batch | null = null;
  let run: PrintRun | null = null;
  let after: string | null = null;
  let looked = 0;
  do {
    const page: Result<Page<Batch>> = await listInReach(ctx.store.batches, actor, 'issue-batch', filter, {
      limit: BATCHES_A_PAGE,
      after,
    });
    if (!page.ok) return page;
    batch ??= page.value.items[0] ?? null;
    for (const each of page.value.items) {
      run = await standingRun(ctx, each);
      if (run === null) continue;
      batch = each;
      break;
    }
    looked += page.value.items.length;
    after = page.value.next;
    if (after !== null) await turn(); // the store reads on this thread: look-ups come in between
  } while (run === null && after !== null && looked < BATCHES_MAX);
  if (batch === null) return ok(null);
  const open = await openBatch(ctx, batch);
  const product = await reach(ctx.store.products, actor, 'issue-batch', open.productId ?? '');
  if (!product.ok) return product;
  const lot = batch.lotId === null ? null : await ctx.store.lots.get(batch.lotId);
  const printer = run?.printerId == null ? null : await ownPrinterOf(actor, run.printerId, batch.officeId, ctx);
  return ok({
    product: product.value.doc,
    batch: open,
    run,
    printer,
    place: placeOf(run, printer),
    skip: await nextPlace(ctx, batch, run),
    lot: await nextLot(ctx, product.value.doc, lot),
  });
}

/** The newest run of a batch that has a file and a stamp that is not void. */
async function standingRun(ctx: ActionContext, batch: Batch): Promise<PrintRun | null> {
  const voids = mergeRanges(batch.voids);
  for await (const run of everyOf(ctx.store.printRuns, { batchId: batch.id }))
    if (isMade(run) && gapsIn(voids, run).length > 0) return run;
  return null;
}

/** A saved printer's present measure; without one, that of the print; none for another desk's printer. */
function placeOf(run: PrintRun | null, printer: Printer | null): LastPrint['place'] {
  if (printer !== null) {
    const { offsetX, offsetY, scaleX, scaleY } = printer;
    return { offsetX, offsetY, scaleX, scaleY };
  }
  if (run === null || run.printerId != null) return { offsetX: 0, offsetY: 0, scaleX: 1, scaleY: 1 };
  return { offsetX: run.offsetXMm, offsetY: run.offsetYMm, scaleX: run.scaleX, scaleY: run.scaleY };
}

/** The lot that a form offers for a product without prints. Problems: not-found, not-allowed. */
export async function firstLot(actor: Actor, productId: Id, ctx: ActionContext): Promise<Result<NextLot>> {
  const product = await reach(ctx.store.products, actor, 'issue-batch', productId);
  return product.ok ? ok(await nextLot(ctx, product.value.doc, null)) : product;
}

/** The next lot: a free number, made today, good for as long as the last lot or the product's shelf life. */
async function nextLot(ctx: ActionContext, product: Product, last: Lot | null): Promise<NextLot> {
  const today = todayOf(ctx);
  const days =
    last?.producedOn != null && last.expiresOn !== null
      ? daysBetween(last.producedOn, last.expiresOn)
      : product.shelfLifeDays;
  const hasNoDay = last !== null && last.producedOn === null;
  return {
    number: await freeNumber(ctx, product.id, last === null ? FIRST_NUMBER : nextLotNumber(last.number)),
    producedOn: hasNoDay ? null : today,
    expiresOn: hasNoDay || days === null ? null : addDays(today, days),
  };
}

async function freeNumber(ctx: ActionContext, productId: Id, first: string): Promise<string> {
  let number = first;
  for (let round = 0; round < NUMBERS_MAX; round += 1) {
    const taken = await lotOfNumber(ctx, productId, number);
    if (taken.ok && taken.value === null) return number;
    number = nextLotNumber(number);
  }
  return number;
}

/** Only sheets have used places; a roll continues where it stopped. */
async function nextPlace(ctx: ActionContext, batch: Batch, run: PrintRun | null): Promise<number> {
  const template = run === null ? undefined : (await templatesOf(ctx, batch.officeId)).get(run.template)?.template;
  if (run === null || template?.medium.kind !== 'sheet' || batch.quantity < run.to) return 0;
  return (run.skip + run.to - run.from + 1) % (template.grid.columns * template.grid.rows);
}
