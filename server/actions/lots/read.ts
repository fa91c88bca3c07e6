// Reads lots, one or a list, and the journey of a lot. An office reads those of its producers, a producer its own.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { looseKey } from '../../domain/search-text.ts';
import { PAGE_LIMIT_MAX, type Page, type PageRequest, StoreError } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, pageQuery, text } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { walkList } from '../kit/walk-list.ts';
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
  const { limit, after, number, ...filter } = query;
  return number === undefined
    ? listInReach(ctx.store.lots, actor, 'read-registry', withoutUndefined(filter), { limit, after })
    : findLots(actor, { ...query, number }, 'whole', ctx);
}

/**
 * Lots by their number as people type it, regardless of case, accents, spaces and dashes. A number typed exactly as
 * stored is found by its index. For others the list is walked, a bounded number per call, so a page may hold fewer lots
 * than asked for although more follow.
 * @param as `part`: every lot whose number contains the typed text. Problems: as lists.
 */
export async function findLots(
  actor: Actor,
  query: Omit<z.output<typeof listLotsQuery>, 'number'> & { number: string },
  as: 'whole' | 'part',
  ctx: ActionContext,
): Promise<Result<Page<Lot>>> {
  const { number, limit, after, ...rest } = query;
  const filter = withoutUndefined(rest);
  const list = (page: PageRequest, more: object = {}): Promise<Result<Page<Lot>>> =>
    listInReach(ctx.store.lots, actor, 'read-registry', { ...filter, ...more }, page);
  const wanted = looseKey(number);
  if (wanted === '') return list({ limit, after });
  const items: Lot[] = [];
  const typed = number.normalize('NFC').trim();
  const known = new Set<Id>();
  let next = after;
  // Those that are written so come first where they fit the first page, and the pages after it leave them out.
  if (after === null || after.startsWith(WITHOUT_EXACT)) {
    const exact: Lot[] = [];
    for (const written of new Set([typed, typed.toUpperCase()])) {
      const page = await list({ limit: PAGE_LIMIT_MAX, after: null }, { number: written });
      if (!page.ok) return page;
      exact.push(...page.value.items);
    }
    const fits = exact.length < (after === null ? limit : PAGE_LIMIT_MAX);
    if (fits) for (const lot of exact) known.add(lot.id);
    if (fits && after === null) items.push(...exact);
    next = after?.slice(WITHOUT_EXACT.length) ?? null;
  }
  const mark = known.size > 0 ? WITHOUT_EXACT : '';
  const match = (lot: Lot): Lot | null => {
    const key = looseKey(lot.number);
    return (as === 'part' ? key.includes(wanted) : key === wanted) && !known.has(lot.id) ? lot : null;
  };
  for (let round = 0; round < WALKS_MAX && items.length < limit; round += 1) {
    const page = await walkList((some) => list(some), match, { limit: limit - items.length, after: next });
    if (!page.ok) return page;
    items.push(...page.value.items);
    next = page.value.next;
    if (next === null) break;
  }
  return ok({ items, next: next === null ? null : mark + next });
}

export interface Journey {
  lot: Lot;
  product: Product;
  /** The latest earlier lot of the product that has events; null: there is nothing to copy. */
  previous: Lot | null;
  /** Earlier lots whose diary equals this one's to the day. */
  same: Lot[];
}

/** Begins the cursor of a page whose first page showed the lots that are written exactly so. */
const WITHOUT_EXACT = '~';
/** Stretches of a thousand lots that one search walks: a fifth of a second on the embedded store. */
const WALKS_MAX = 5;

export async function readJourney(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<Journey>> {
  const found = await reach(ctx.store.lots, actor, 'read-registry', lotId);
  if (!found.ok) return found;
  const lot = found.value.doc;
  const product = await ctx.store.products.get(lot.productId);
  if (product === null) throw new StoreError('tampered', `record ${lot.productId} is missing`);
  const earlier: Lot[] = [];
  for await (const other of everyOf(ctx.store.lots, { productId: lot.productId })) {
    if (other.id === lot.id || other.createdAt > lot.createdAt || other.events.length === 0) continue;
    earlier.push(other);
    if (earlier.length === DIARIES_COMPARED) break;
  }
  return ok({
    lot,
    product,
    previous: earlier[0] ?? null,
    same: sameDiaries(lot, earlier, ctx.settings.timeZone),
  });
}
