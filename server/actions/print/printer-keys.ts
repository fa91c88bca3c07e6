// How printers are named. A keeper names its own printers freely (`laser`). Another keeper's printer is named together
// with its keeper (`producer-1.laser`), so that no name reveals what others have.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { officeOf } from '../kit/office-of.ts';
import { placeOf } from '../kit/reach.ts';
import { decide, type Place } from '../kit/rights.ts';

/** The actor's own printer of this name, or any printer in reach by its whole id. */
export async function findPrinter(actor: Actor, printerId: Id, ctx: ActionContext): Promise<Result<Printer>> {
  const may = decide(actor, 'keep-printer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const keeper = await keeperOf(actor, undefined, ctx);
  for (const each of keeper === null ? [printerId] : [wholePrinterId(keeper, printerId), printerId]) {
    const printer = await ctx.store.printers.get(each);
    if (printer !== null && decide(actor, 'keep-printer', placeOf(printer)).kind === 'may') return ok(printer);
  }
  return fail('not-found', 'There is no such record.');
}

/** Whose printers the actor keeps. Null: an admin of several offices named no office, or one that does not exist. */
export async function keeperOf(actor: Actor, officeId: Id | undefined, ctx: ActionContext): Promise<Place | null> {
  if (actor.kind === 'person' && actor.role === 'producer')
    return { officeId: actor.officeId, producerId: actor.producerId };
  const office = await officeOf(actor, officeId, ctx);
  return office.ok ? { officeId: office.value, producerId: null } : null;
}

export function wholePrinterId(keeper: Place, key: string): Id {
  return `${keeper.producerId ?? keeper.officeId ?? ''}.${key}`;
}

export function shownTo(keeper: Place | null, printer: Printer): Printer {
  const isOwn = keeper !== null && printer.id === wholePrinterId(keeper, printer.key);
  return isOwn ? { ...printer, id: printer.key } : printer;
}
