// The product of a batch's stamps. For goods it is the product of the batch's lot: the lot decides, and the batch's own
// `productId` is a copy that is only used to find batches in lists. A plaque has no lot and names its product itself; a
// blank batch has none. Decision: docs/decisions/0029-figures-on-a-day.md.

import { withoutSecret, type Batch, type OpenBatch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { mustGet } from '../../store/must-get.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';

type OfProduct = Pick<Batch, 'kind' | 'lotId' | 'productId'>;

/** Null: blank stamps, whose product is that of the lot that each is activated for. */
export async function productOfBatch(ctx: Pick<ActionContext, 'store'>, batch: OfProduct): Promise<Id | null> {
  return batch.lotId === null ? batch.productId : (await mustGet(ctx.store.lots, batch.lotId)).productId;
}

/** The batch as it is answered: with its lot's product and without its secret. */
export async function openBatch(ctx: Pick<ActionContext, 'store'>, batch: Batch): Promise<OpenBatch> {
  return { ...withoutSecret(batch), productId: await productOfBatch(ctx, batch) };
}

/** Batches of goods of a product, newest first. */
export async function* goodsOfProduct(
  ctx: Pick<ActionContext, 'store'>,
  productId: Id,
): AsyncGenerator<Batch, void, undefined> {
  for await (const batch of everyOf(ctx.store.batches, { productId, kind: 'goods' }))
    if ((await productOfBatch(ctx, batch)) === productId) yield batch;
}
