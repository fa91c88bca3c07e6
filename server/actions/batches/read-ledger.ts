// The ledger of a producer's year: gathers its batches, lots, allowances and counts of scans. domain/batches/ledger.ts
// computes the accounts.

import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { dayIn, startOfDay } from '../../domain/calendar.ts';
import type { Id, Instant, Entity } from '../../domain/entity.ts';
import { ledgerOf, type CountedBatch, type Ledger, type LedgerLot } from '../../domain/batches/ledger.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Allowance, Product } from '../../domain/registry/product.ts';
import type { Collection } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { queryNumber } from '../kit/fields.ts';
import { batchesForLots, countedBatch } from './stamps-of-lot.ts';
import { reachProducer } from '../kit/reach-producer.ts';

export const ledgerQuery = z.strictObject({
  year: queryNumber(2018, 2100)
    .optional()
    .meta({ description: 'Of the batches’ issue, in TIME_ZONE; this year unless it says so.' }),
});

/**
 * A producer's year stays far below this, even with the rolls of other years that its lots used. More means a program
 * gone wrong, and would block the server's thread.
 */
const LEDGER_BATCHES_MAX = 5_000;
/** Batches between two turns of the event loop, so that look-ups are answered meanwhile. */
const TURN_BATCHES = 50;

/**
 * Problems: not-signed-in, not-allowed, not-found; invalid if more than LEDGER_BATCHES_MAX batches belong to the year.
 */
export async function readLedger(
  actor: Actor,
  input: { producerId: Id; query: z.output<typeof ledgerQuery> },
  ctx: ActionContext,
): Promise<Result<Ledger>> {
  const found = await reachProducer(actor, 'read-ledger', input.producerId, ctx);
  if (!found.ok) return found;
  const { producerId } = input;
  const { timeZone } = ctx.settings;
  const year = input.query.year ?? Number(dayIn(timeZone, ctx.now()).slice(0, 4));
  const since = startOfDay(timeZone, `${year}-01-01`).toISOString();
  const until = startOfDay(timeZone, `${year + 1}-01-01`).toISOString();
  const tooMany = fail(
    'invalid',
    `More than ${LEDGER_BATCHES_MAX} batches belong to ${year}: ask for them as GET /batches.`,
  );
  const batches: CountedBatch[] = [];
  for await (const batch of recordsOf(ctx.store.batches, producerId, since, until)) {
    if (batches.length === LEDGER_BATCHES_MAX) return tooMany;
    batches.push(await countedBatch(ctx, batch));
    if (batches.length % TURN_BATCHES === 0) await turn();
  }
  const lots: Lot[] = [];
  for await (const lot of recordsOf(ctx.store.lots, producerId, since, until)) lots.push(lot);
  const earlier = await earlierLots(ctx, lots, batches);
  const others: CountedBatch[] = [];
  const own = new Set(batches.map(({ batch }) => batch.id));
  for await (const batch of batchesForLots(ctx, producerId, new Set([...lots, ...earlier].map(({ id }) => id)))) {
    if (own.has(batch.id)) continue;
    if (batches.length + others.length === LEDGER_BATCHES_MAX) return tooMany;
    others.push(await countedBatch(ctx, batch));
    if (others.length % TURN_BATCHES === 0) await turn();
  }
  const products: Product[] = [];
  for await (const product of everyOf(ctx.store.products, { producerId })) products.push(product);
  const allowances: Allowance[] = [];
  for await (const allowance of everyOf(ctx.store.allowances, { producerId, year })) allowances.push(allowance);
  return ok(
    ledgerOf({
      producerId,
      year,
      products,
      allowances,
      lots,
      earlierLots: earlier,
      batches,
      others,
    }),
  );
}

/** A producer's records made in a span, newest first. */
async function* recordsOf<T extends Entity>(
  collection: Collection<T>,
  producerId: Id,
  since: Instant,
  until: Instant,
): AsyncGenerator<T, void, undefined> {
  for await (const doc of everyOf(collection, { producerId })) {
    if (doc.createdAt < since) return;
    if (doc.createdAt < until) yield doc;
  }
}

/** Lots of earlier years that batches of this year are for. */
async function earlierLots(
  ctx: ActionContext,
  lots: readonly Lot[],
  batches: readonly CountedBatch[],
): Promise<LedgerLot[]> {
  const known = new Set(lots.map(({ id }) => id));
  const named = new Set(
    batches.flatMap(({ batch }) => [
      ...(batch.lotId === null ? [] : [batch.lotId]),
      ...batch.activations.map(({ lotId }) => lotId),
    ]),
  );
  const found = await Promise.all([...named].filter((id) => !known.has(id)).map((id) => ctx.store.lots.get(id)));
  return found.filter((lot) => lot !== null);
}
