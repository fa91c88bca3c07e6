// Reads printers: an office's own and its producers', a producer's own. A keeper names its printers as it likes (`laser`);
// somebody else's is named with its keeper (`producer-1.laser`), so nobody's name tells what others have.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { officeOf } from '../kit/office-of.ts';
import { listInReach, placeOf } from '../kit/reach.ts';
import { decide, type Place } from '../kit/rights.ts';

export const listPrintersQuery = pageQuery.extend({ producerId: id.optional() });

/** As shown: under the id by which this actor finds it. */
export async function readPrinter(actor: Actor, printerId: Id, ctx: ActionContext): Promise<Result<Printer>> {
  const found = await findPrinter(actor, printerId, ctx);
  return found.ok ? ok(shownTo(await keeperOf(actor, undefined, ctx), found.value)) : found;
}

/** Newest first, as shown. */
export async function listPrinters(
  actor: Actor,
  query: z.output<typeof listPrintersQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Printer>>> {
  const { limit, after, ...filter } = query;
  const found = await listInReach(ctx.store.printers, actor, 'keep-printer', withoutUndefined(filter), {
    limit,
    after,
  });
  if (!found.ok) return found;
  const keeper = await keeperOf(actor, undefined, ctx);
  return ok({ items: found.value.items.map((printer) => shownTo(keeper, printer)), next: found.value.next });
}

/** The actor's own printer of this name, or one in reach by its whole id. */
export async function findPrinter(actor: Actor, printerId: Id, ctx: ActionContext): Promise<Result<Printer>> {
  const may = decide(actor, 'keep-printer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const keeper = await keeperOf(actor, undefined, ctx);
  for (const each of keeper === null ? [printerId] : [wholeId(keeper, printerId), printerId]) {
    const printer = await ctx.store.printers.get(each);
    if (printer !== null && decide(actor, 'keep-printer', placeOf(printer)).kind === 'may') return ok(printer);
  }
  return fail('not-found', 'There is no such record.');
}

/** Whose printers the actor keeps; null: an admin of several offices who named none, or one that is not there. */
export async function keeperOf(actor: Actor, officeId: Id | undefined, ctx: ActionContext): Promise<Place | null> {
  if (actor.kind === 'person' && actor.role === 'producer')
    return { officeId: actor.officeId, producerId: actor.producerId };
  const office = await officeOf(actor, officeId, ctx);
  return office.ok ? { officeId: office.value, producerId: null } : null;
}

export function wholeId(keeper: Place, key: string): Id {
  return `${keeper.producerId ?? keeper.officeId ?? ''}.${key}`;
}

export function shownTo(keeper: Place | null, printer: Printer): Printer {
  const isOwn = keeper !== null && printer.id === wholeId(keeper, printer.key);
  return isOwn ? { ...printer, id: printer.key } : printer;
}
