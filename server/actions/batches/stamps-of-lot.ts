// The stamps of a lot, in whatever year their batch was issued: those of its own batches, and those of rolls that were
// activated for it; with the counts of their scans.

import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { countOf } from '../../domain/batches/intervals.ts';
import { rangesOf, type CountedBatch } from '../../domain/batches/ledger.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';

/** Newest first, the lot's own batches before rolls. */
export async function* batchesForLots(
  ctx: Pick<ActionContext, 'store'>,
  producerId: Id,
  lotIds: ReadonlySet<Id>,
): AsyncGenerator<Batch, void, undefined> {
  for (const lotId of lotIds) yield* everyOf(ctx.store.batches, { lotId });
  for await (const roll of everyOf(ctx.store.batches, { producerId, kind: 'blank' }))
    if (roll.activations.some(({ lotId }) => lotIds.has(lotId))) yield roll;
}

/** A batch with the counts of its scans. */
export async function countedBatch(ctx: Pick<ActionContext, 'store'>, batch: Batch): Promise<CountedBatch> {
  const { scans } = ctx.store;
  const scanned = (await scans.batchTallyOf(batch.id))?.stampsScanned ?? 0;
  const scannedByLot = new Map<Id, number>();
  let scannedSinceVoid: number | null = null;
  // A batch without scans has nothing else to count.
  if (scanned > 0) {
    for (const lotId of new Set(batch.activations.map((activation) => activation.lotId))) {
      const ranges = rangesOf(batch, lotId);
      const isWhole = countOf(ranges) === batch.quantity;
      let count = isWhole ? scanned : 0;
      if (!isWhole) for (const { from, to } of ranges) count += await scans.stampsScanned(batch.id, from, to);
      scannedByLot.set(lotId, count);
    }
    for (const { from, to, at } of batch.voids) {
      scannedSinceVoid = await scans.scannedSince(batch.id, from, to, at);
      if (scannedSinceVoid !== null) break;
    }
  }
  return { batch, scanned, scannedByLot, scannedSinceVoid };
}
