// The printers that a print page offers: those of the person's own desk. A producer has its own. People of an office
// have the office's, but not a producer's, whose machine is elsewhere.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { mustGet } from '../../store/must-get.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { decide } from '../kit/rights.ts';
import { findPrinter, keeperOf, shownTo } from './printer-keys.ts';

/**
 * Sorted by name, under the ids by which this actor finds them. Problems: not-allowed.
 *
 * @param officeId of what is printed, because an admin has many offices
 */
export async function ownPrinters(actor: Actor, officeId: Id, ctx: ActionContext): Promise<Result<Printer[]>> {
  const may = decide(actor, 'keep-printer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const keeper = await keeperOf(actor, undefined, ctx);
  const found: Printer[] = [];
  for await (const printer of everyOf(ctx.store.printers, { officeId }))
    if (isOf(actor, officeId, printer)) found.push(shownTo(keeper, printer));
  const { compare } = new Intl.Collator('vi');
  return ok(found.toSorted((a, b) => compare(a.name, b.name)));
}

/** One of them. Problems: not-allowed, not-found (also for another desk's). */
export async function readOwnPrinter(
  actor: Actor,
  printerId: Id,
  productId: Id,
  ctx: ActionContext,
): Promise<Result<Printer>> {
  const found = await findPrinter(actor, printerId, ctx);
  if (!found.ok) return found;
  const { officeId } = await mustGet(ctx.store.products, productId);
  return isOf(actor, officeId, found.value) ? found : fail('not-found', 'There is no such record.');
}

/** The printer that a run was set for; null: it belongs to another desk, or does not exist any more. */
export async function ownPrinterOf(
  actor: Actor,
  printerId: Id,
  officeId: Id,
  ctx: ActionContext,
): Promise<Printer | null> {
  const printer = await ctx.store.printers.get(printerId);
  if (printer === null || !isOf(actor, officeId, printer)) return null;
  return shownTo(await keeperOf(actor, undefined, ctx), printer);
}

function isOf(actor: Actor, officeId: Id, printer: Printer): boolean {
  const producerId = actor.kind === 'person' && actor.role === 'producer' ? actor.producerId : null;
  return printer.officeId === officeId && printer.producerId === producerId;
}
