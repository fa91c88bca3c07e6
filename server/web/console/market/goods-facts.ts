// What a stamp was put on and whom to ask, with ways to their pages: for pages that name a stamp by its serial.

import { readBatch } from '../../../actions/batches/read.ts';
import { readLot } from '../../../actions/lots/read.ts';
import { readProducer, readProduct } from '../../../actions/registry/read.ts';
import type { Id } from '../../../domain/entity.ts';
import { numberMark } from '../../format.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { batchesWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';

/** Product, lot and producer of a stamp as rows of facts; only those that the reader may see. */
export async function goodsFacts(
  { actor, ctx, language }: PageCall,
  { batchId, serial }: { batchId: Id; serial: number },
): Promise<[Inset, Inset][]> {
  const { page: words } = batchesWordsOf(language);
  const batch = await readBatch(actor, batchId, ctx);
  if (!batch.ok) return [];
  const { activations, producerId } = batch.value;
  const lotId = activations.find(({ from, to }) => from <= serial && serial <= to)?.lotId ?? batch.value.lotId;
  const lot = lotId === null ? null : await readLot(actor, lotId, ctx);
  const productId = lot?.ok === true ? lot.value.productId : batch.value.productId;
  const product = productId === null ? null : await readProduct(actor, productId, ctx);
  const producer = await readProducer(actor, producerId, ctx);
  const rows: [Inset, Inset][] = [];
  if (product?.ok === true) rows.push([words.product, way('products', product.value.id, product.value.name)]);
  if (lot?.ok === true) rows.push([words.lot, way('lots', lot.value.id, numberMark(lot.value.number))]);
  if (producer.ok && actor.role !== 'producer') {
    const { id, name, phone } = producer.value;
    const call = phone !== null && html`<br><a href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>`;
    rows.push([words.producer, html`${way('producers', id, name)}${call}`]);
  }
  return rows;
}

function way(list: 'products' | 'lots' | 'producers', id: Id, name: Inset): Html {
  return html`<a href="/console/${list}/${id}">${name}</a>`;
}
