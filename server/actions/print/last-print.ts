// What was printed last of a product, and what a print like it would be now: the same template, quantity, printer,
// carrier and PIN, the place on the sheet after the last stamp, and a number and days for the next lot.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch, OpenBatch } from '../../domain/batches/batch.ts';
import type { PrintRun } from '../../domain/print/print-run.ts';
import { addDays, daysBetween } from '../../domain/calendar.ts';
import type { Day, Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { nextLotNumber } from '../../domain/lots/lot-number.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Product } from '../../domain/registry/product.ts';
import type { ActionContext } from '../kit/context.ts';
import { templatesOf } from './templates.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { listPrinters } from './read.ts';
import { reachOf } from '../kit/rights.ts';
import { openBatch } from '../batches/product-of-batch.ts';
import { todayOf } from '../kit/today.ts';

export interface LastPrint {
  product: Product;
  batch: OpenBatch;
  /** Null: the batch was issued and never printed. */
  run: PrintRun | null;
  /** The printer whose offsets are those of the print; null: no printer has them. */
  printer: Printer | null;
  /** Label places used on the sheet that the last print left half empty. */
  skip: number;
  lot: NextLot;
}

export interface NextLot {
  number: string;
  producedOn: Day | null;
  expiresOn: Day | null;
}

const FIRST_NUMBER = '01';
/** Lot numbers tried before the form offers one that is taken. */
const NUMBERS_MAX = 20;
const PRINTERS_MAX = 200;

/** The last print of this product, or of any product. Null: nothing was printed. Problems: not-found, not-allowed. */
export async function lastPrint(
  actor: Actor,
  productId: Id | null,
  ctx: ActionContext,
): Promise<Result<LastPrint | null>> {
  const filter = { kind: 'goods', ...(productId === null ? {} : { productId }) };
  const found = await listInReach(ctx.store.batches, actor, 'issue-batch', filter, { limit: 1, after: null });
  if (!found.ok) return found;
  const [batch] = found.value.items;
  if (batch === undefined) return ok(null);
  const open = await openBatch(ctx, batch);
  const product = await reach(ctx.store.products, actor, 'issue-batch', open.productId ?? '');
  if (!product.ok) return product;
  const runs = await ctx.store.printRuns.list({ ...reachOf(actor), batchId: batch.id }, { limit: 1, after: null });
  const run = runs.items[0] ?? null;
  const lot = batch.lotId === null ? null : await ctx.store.lots.get(batch.lotId);
  return ok({
    product: product.value.doc,
    batch: open,
    run,
    printer: run === null ? null : await printerOf(actor, run, ctx),
    skip: await nextPlace(ctx, batch, run),
    lot: await nextLot(ctx, product.value.doc, lot),
  });
}

/** The lot that a form offers for a product of which nothing was printed. Problems: not-found, not-allowed. */
export async function firstLot(actor: Actor, productId: Id, ctx: ActionContext): Promise<Result<NextLot>> {
  const product = await reach(ctx.store.products, actor, 'issue-batch', productId);
  return product.ok ? ok(await nextLot(ctx, product.value.doc, null)) : product;
}

/** The lot that follows: a free number, made today, good for as long as the last lot or the product's shelf life. */
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
    if ((await ctx.store.lots.findBy('productNumber', [productId, number])) === null) return number;
    number = nextLotNumber(number);
  }
  return number;
}

/** Only sheets have used places; a roll continues where it was. */
async function nextPlace(ctx: ActionContext, batch: Batch, run: PrintRun | null): Promise<number> {
  const template = run === null ? undefined : (await templatesOf(ctx, batch.officeId)).get(run.template)?.template;
  if (run === null || template?.medium.kind !== 'sheet' || batch.quantity < run.to) return 0;
  return (run.skip + run.to - run.from + 1) % (template.grid.columns * template.grid.rows);
}

async function printerOf(actor: Actor, run: PrintRun, ctx: ActionContext): Promise<Printer | null> {
  const printers = await listPrinters(actor, { limit: PRINTERS_MAX, after: null }, ctx);
  if (!printers.ok) return null;
  const same = ({ offsetX, offsetY, scaleX, scaleY }: Printer): boolean =>
    offsetX === run.offsetXMm && offsetY === run.offsetYMm && scaleX === run.scaleX && scaleY === run.scaleY;
  return printers.value.items.find(same) ?? null;
}
