// What the API shows of a recall; its scope has the members of the request that made it.

import { z } from 'zod';
import type { Recall, RecallScope } from '../../../domain/recalls/recall.ts';
import { bilingualShape, entityShape, instantShape, viewOf } from '../shapes.ts';

export const recallShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    productId: z.string().nullable(),
    lotId: z.string().nullable(),
    batchId: z.string().nullable(),
    from: z.int().nullable(),
    to: z.int().nullable(),
    reason: bilingualShape,
    advice: bilingualShape,
    at: instantShape,
    by: z.string(),
    withdrawal: z.strictObject({ at: instantShape, by: z.string(), note: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Recall' });

export function recallView(recall: Recall): z.input<typeof recallShape> {
  return viewOf(recallShape, recall, scopeView(recall.scope));
}

const NOWHERE = { productId: null, lotId: null, batchId: null, from: null, to: null };

function scopeView(scope: RecallScope): {
  productId: string | null;
  lotId: string | null;
  batchId: string | null;
  from: number | null;
  to: number | null;
} {
  switch (scope.kind) {
    case 'product':
      return { ...NOWHERE, productId: scope.productId };
    case 'lot':
      return { ...NOWHERE, lotId: scope.lotId };
    case 'range':
      return { ...NOWHERE, batchId: scope.batchId, from: scope.from, to: scope.to };
    default:
      return scope satisfies never;
  }
}
