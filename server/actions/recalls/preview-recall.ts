// The reach of a recall before it is made: how many stamps, how many of them scanned, and where. It changes nothing.

import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import {
  clipRanges,
  countOf,
  gapsIn,
  mergeRanges,
  subtractRange,
  type SerialRange,
} from '../../domain/batches/intervals.ts';
import { activeRanges } from '../../domain/batches/ledger.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { touches, type RecallScope } from '../../domain/recalls/recall.ts';
import { productOfBatch } from '../batches/product-of-batch.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { reachRecallScope } from './make-recall.ts';
import { portions } from '../scans/scan-overview.ts';

/** Scans that are read one by one, of batches that the recall covers only in part. */
const SCANS_LOOKED_AT_MAX = 2_000;
/** Batches of a producer that are read. */
const BATCHES_MAX = 2_000;

export interface TouchedBatch {
  batchId: Id;
  ranges: SerialRange[];
  stamps: number;
  active: number;
  voided: number;
  scanned: number;
}

export interface RecallPreview {
  scope: RecallScope;
  producerId: Id;
  producer: string;
  product: string | null;
  lot: string | null;
  batches: TouchedBatch[];
  stamps: number;
  active: number;
  /** Scanned at least once. */
  scanned: number;
  /** Counted scans by place, the largest first; null: place unknown. */
  provinces: { province: string | null; scans: number }[];
  /** Not every scan or batch was read, so the figures are lower bounds. */
  atLeast: boolean;
  /** A recall of the same scope that is not withdrawn. */
  standing: Id | null;
}

/** Problems: as makeRecall. */
export async function previewRecall(
  actor: Actor,
  scope: RecallScope,
  ctx: ActionContext,
): Promise<Result<RecallPreview>> {
  const place = await reachRecallScope(actor, scope, ctx);
  if (!place.ok) return place;
  const { producerId } = place.value;
  const { store } = ctx;
  const lots = new Map<Id, Lot | null>();
  const lotOf = async (id: Id): Promise<Lot | null> => {
    if (!lots.has(id)) lots.set(id, await store.lots.get(id));
    return lots.get(id) ?? null;
  };
  const touched: { batch: Batch; ranges: SerialRange[] }[] = [];
  let seen = 0;
  for await (const batch of batchesOf(scope, producerId, ctx)) {
    const ranges = await rangesIn(batch, scope, lotOf);
    if (ranges.length > 0) touched.push({ batch, ranges });
    seen += 1;
    if (seen === BATCHES_MAX) break;
    if (seen % 100 === 0) await turn();
  }
  const batches: TouchedBatch[] = [];
  for (const { batch, ranges } of touched) batches.push(await countTouched(batch, ranges, ctx));
  const places = await placesOf(touched, ctx);
  const lot = scope.kind === 'lot' ? await lotOf(scope.lotId) : null;
  const productOfFirst = async (): Promise<Id | null> => {
    const [first] = touched;
    return first === undefined ? null : productOfBatch(ctx, first.batch);
  };
  const productId = scope.kind === 'product' ? scope.productId : (lot?.productId ?? (await productOfFirst()));
  const [producer, product] = await Promise.all([
    store.producers.get(producerId),
    productId === null ? null : store.products.get(productId),
  ]);
  const sum = (of: (one: TouchedBatch) => number): number => batches.reduce((total, one) => total + of(one), 0);
  return ok({
    scope,
    producerId,
    producer: producer?.name ?? '',
    product: product?.name ?? null,
    lot: lot?.number ?? null,
    batches,
    stamps: sum(({ stamps }) => stamps),
    active: sum(({ active }) => active),
    scanned: sum(({ scanned }) => scanned),
    provinces: [...places.counts].map(([province, scans]) => ({ province, scans })).sort((a, b) => b.scans - a.scans),
    atLeast: places.cut || seen === BATCHES_MAX,
    standing: await standingOf(scope, ctx),
  });
}

async function* batchesOf(
  scope: RecallScope,
  producerId: Id,
  ctx: ActionContext,
): AsyncGenerator<Batch, void, undefined> {
  if (scope.kind !== 'range') return yield* everyOf(ctx.store.batches, { producerId });
  const batch = await ctx.store.batches.get(scope.batchId);
  if (batch !== null) yield batch;
}

/** The serials that a recall of this scope covers, by lot and product as in stamp-facts.ts. */
async function rangesIn(
  batch: Batch,
  scope: RecallScope,
  lotOf: (id: Id) => Promise<Lot | null>,
): Promise<SerialRange[]> {
  if (scope.kind === 'range') return [{ from: scope.from, to: scope.to }];
  const found: SerialRange[] = [];
  let rest: SerialRange[] = [{ from: 1, to: batch.quantity }];
  for (const { from, to, lotId } of batch.activations) {
    rest = subtractRange(rest, { from, to });
    const productId = (await lotOf(lotId))?.productId ?? null;
    if (touches(scope, { batchId: batch.id, serial: from, lotId, productId })) found.push({ from, to });
  }
  const ofLot = batch.lotId === null ? null : await lotOf(batch.lotId);
  const { productId } = ofLot ?? batch;
  const restHolds = touches(scope, { batchId: batch.id, serial: 1, lotId: batch.lotId, productId });
  return mergeRanges(restHolds ? [...found, ...rest] : found);
}

async function countTouched(batch: Batch, ranges: SerialRange[], ctx: ActionContext): Promise<TouchedBatch> {
  let scanned = 0;
  for (const { from, to } of ranges) scanned += await ctx.store.scans.stampsScanned(batch.id, from, to);
  return {
    batchId: batch.id,
    ranges,
    stamps: countOf(ranges),
    active: countLive(batch, ranges),
    voided: countWithin(batch.voids, ranges),
    scanned,
  };
}

/** Active and not void: what a buyer may still hold. */
function countLive(batch: Batch, ranges: readonly SerialRange[]): number {
  return ranges
    .flatMap((range) => clipRanges(activeRanges(batch), range))
    .reduce((sum, range) => sum + countOf(gapsIn(mergeRanges(batch.voids), range)), 0);
}

function countWithin(list: readonly SerialRange[], ranges: readonly SerialRange[]): number {
  return ranges.reduce((sum, range) => sum + countOf(clipRanges(mergeRanges(list), range)), 0);
}

/** If the recall covers a whole batch, the store counts its places; otherwise they are counted scan by scan. */
async function placesOf(
  touched: readonly { batch: Batch; ranges: SerialRange[] }[],
  ctx: ActionContext,
): Promise<{ counts: Map<string | null, number>; cut: boolean }> {
  const { scans } = ctx.store;
  const counts = new Map<string | null, number>();
  const add = (key: string | null, more: number): void => void counts.set(key, (counts.get(key) ?? 0) + more);
  const whole = touched.filter(({ batch, ranges }) => countOf(ranges) === batch.quantity).map(({ batch }) => batch.id);
  for (const some of portions(whole)) {
    for (const { key, scans: more } of await scans.countAll(
      some,
      { from: null, to: null },
      'province',
      ctx.settings.timeZone,
    ))
      add(key, more);
  }
  let left = SCANS_LOOKED_AT_MAX;
  for (const { batch, ranges } of touched) {
    if (countOf(ranges) === batch.quantity) continue;
    let after: string | null = null;
    do {
      if (left <= 0) return { counts, cut: true };
      const page: Awaited<ReturnType<typeof scans.list>> = await scans.list(
        { batchId: batch.id, serial: null, from: null, to: null },
        { limit: 200, after },
      );
      for (const { serial, province, counted } of page.items)
        if (counted && ranges.some(({ from, to }) => serial >= from && serial <= to)) add(province, 1);
      left -= page.items.length;
      after = page.next;
      await turn();
    } while (after !== null);
  }
  return { counts, cut: false };
}

async function standingOf(scope: RecallScope, ctx: ActionContext): Promise<Id | null> {
  const filter =
    scope.kind === 'lot'
      ? { 'scope.lotId': scope.lotId }
      : scope.kind === 'product'
        ? { 'scope.productId': scope.productId }
        : { 'scope.batchId': scope.batchId };
  for await (const { id, withdrawal, scope: of } of everyOf(ctx.store.recalls, filter)) {
    if (
      withdrawal === null &&
      (of.kind !== 'range' || scope.kind !== 'range' || (of.from === scope.from && of.to === scope.to))
    )
      return id;
  }
  return null;
}
