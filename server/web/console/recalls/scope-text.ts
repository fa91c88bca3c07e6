// The scope of a recall in words, with names instead of ids.

import { readBatch } from '../../../actions/batches/read.ts';
import { readLot } from '../../../actions/lots/read.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import type { Id } from '../../../domain/entity.ts';
import type { RecallScope } from '../../../domain/recalls/recall.ts';
import { numberText } from '../../format.ts';
import { recallsWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';

export const RECALLS = '/console/recalls';

export interface NamedScope {
  what: string;
  product: string | null;
}

export async function namedScope(
  scope: RecallScope,
  { actor, ctx, language }: Pick<PageCall, 'actor' | 'ctx' | 'language'>,
): Promise<NamedScope> {
  const words = recallsWordsOf(language).scope;
  const productName = async (id: Id | null): Promise<string | null> => {
    const product = id === null ? null : await readProduct(actor, id, ctx);
    return product?.ok === true ? product.value.name : null;
  };
  switch (scope.kind) {
    case 'product':
      return { what: words.product, product: await productName(scope.productId) };
    case 'lot': {
      const lot = await readLot(actor, scope.lotId, ctx);
      return {
        what: words.lot(lot.ok ? lot.value.number : ''),
        product: lot.ok ? await productName(lot.value.productId) : null,
      };
    }
    case 'range': {
      const batch = await readBatch(actor, scope.batchId, ctx);
      return {
        what: words.range(scope.batchId, numberText(scope.from, language), numberText(scope.to, language)),
        product: batch.ok ? await productName(batch.value.productId) : null,
      };
    }
    default:
      return scope satisfies never;
  }
}
