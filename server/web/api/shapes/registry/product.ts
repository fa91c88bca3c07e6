// What the API shows of a product and of its allowance.

import { z } from 'zod';
import { PRODUCT_GROUPS, type Allowance, type Product } from '../../../../domain/registry/product.ts';
import { addressShape, dayShape, entityShape, viewOf } from '../../shapes.ts';

export const productShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    name: z.string(),
    shortName: z.string().nullable().meta({ description: 'What labels print instead of the name; null: the name.' }),
    group: z.enum(PRODUCT_GROUPS),
    productSet: z.int().min(1).max(26),
    brand: z.string().nullable(),
    description: z.string().nullable(),
    origin: addressShape.nullable(),
    gtin: z.string().nullable(),
    gtinAuthorisation: z.strictObject({ holder: z.string(), document: z.string(), date: dayShape }).nullable(),
    unit: z.string().nullable(),
    ingredients: z.string().nullable(),
    storage: z.string().nullable(),
    standards: z.string().nullable(),
    warnings: z.string().nullable(),
    shelfLifeDays: z.int().nullable(),
    photo: z.string().nullable().meta({ description: 'Path of the picture below this service’s address.' }),
  })
  .meta({ id: 'Product' });

export function productView(product: Product): z.input<typeof productShape> {
  const { photoFileId, shortName = null } = product;
  const photo = photoFileId === null ? null : `/photos/${photoFileId}`;
  return viewOf(productShape, product, { photo, shortName });
}

export const allowanceShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    productId: z.string(),
    year: z.int(),
    expectedOutput: z.int(),
    stamps: z.int(),
  })
  .meta({ id: 'Allowance' });

export function allowanceView(allowance: Allowance): z.input<typeof allowanceShape> {
  return viewOf(allowanceShape, allowance, {});
}
