// Names of what batches are for: products, lots and producers by their ids, each read once.

import { readLot } from '../../../actions/lots/read.ts';
import { readProducer, readProduct } from '../../../actions/registry/read.ts';
import type { OpenBatch } from '../../../domain/batches/batch.ts';
import type { Id } from '../../../domain/entity.ts';
import type { PageCall } from '../console-route.ts';

export interface BatchNames {
  products: ReadonlyMap<Id, string>;
  lots: ReadonlyMap<Id, string>;
  producers: ReadonlyMap<Id, string>;
}

type Named = Pick<OpenBatch, 'productId' | 'lotId' | 'producerId' | 'activations'>;

export async function namesOf(call: PageCall, batches: readonly Named[]): Promise<BatchNames> {
  const { actor, ctx } = call;
  const lotIds = batches.flatMap(({ lotId, activations }) => [
    ...(lotId === null ? [] : [lotId]),
    ...activations.map((activation) => activation.lotId),
  ]);
  const productIds = batches.flatMap(({ productId }) => (productId === null ? [] : [productId]));
  return {
    products: await named(productIds, async (id) => nameIn(await readProduct(actor, id, ctx), ({ name }) => name)),
    lots: await named(lotIds, async (id) => nameIn(await readLot(actor, id, ctx), ({ number }) => number)),
    producers: await named(
      batches.map(({ producerId }) => producerId),
      async (id) => nameIn(await readProducer(actor, id, ctx), ({ name }) => name),
    ),
  };
}

async function named(ids: readonly Id[], nameOf: (id: Id) => Promise<string>): Promise<Map<Id, string>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await nameOf(id)] as const)));
}

function nameIn<T>(found: { ok: true; value: T } | { ok: false }, nameOf: (value: T) => string): string {
  return found.ok ? nameOf(found.value) : '–';
}
