// Reads lots, one or a list, and the journey of a lot. An office reads those of its producers, a producer its own.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { type Page, StoreError } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery, text } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { DIARIES_COMPARED, sameDiaries } from '../../domain/lots/journey.ts';
import type { Product } from '../../domain/registry/product.ts';

export const listLotsQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  productId: id.optional(),
  number: text(40).optional(),
});

export async function readLot(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<Lot>> {
  const found = await reach(ctx.store.lots, actor, 'read-registry', lotId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listLots(
  actor: Actor,
  query: z.output<typeof listLotsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Lot>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.lots, actor, 'read-registry', withoutUndefined(filter), { limit, after });
}

export interface Journey {
  lot: Lot;
  product: Product;
  /** The latest earlier lot of the product with events; null: there is none to take over. */
  previous: Lot | null;
  /** Earlier lots whose diary is this one's to the day. */
  same: Lot[];
}

/** Lots of the product that are looked through for earlier ones. */
const LOTS_READ = 40;

export async function readJourney(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<Journey>> {
  const found = await reach(ctx.store.lots, actor, 'read-registry', lotId);
  if (!found.ok) return found;
  const lot = found.value.doc;
  const product = await ctx.store.products.get(lot.productId);
  if (product === null) throw new StoreError('tampered', `record ${lot.productId} is missing`);
  const { items } = await ctx.store.lots.list({ productId: lot.productId }, { limit: LOTS_READ, after: null });
  const earlier = items.filter(
    (other) => other.id !== lot.id && other.createdAt <= lot.createdAt && other.events.length > 0,
  );
  return ok({
    lot,
    product,
    previous: earlier[0] ?? null,
    same: sameDiaries(lot, earlier.slice(0, DIARIES_COMPARED), ctx.settings.timeZone),
  });
}
