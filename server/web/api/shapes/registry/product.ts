// What the API shows of a product and of its allowance.

import { z } from 'zod';
import { ALLERGENS } from '../../../../domain/registry/allergens.ts';
import { PRODUCT_GROUPS, wholeProduct, type Allowance, type Product } from '../../../../domain/registry/product.ts';
import { addressShape, dayShape, entityShape, viewOf } from '../../shapes.ts';

const english = z.string().nullable().meta({ description: 'In English, as it was recorded.' });

export const productShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    name: z.string(),
    nameEn: english,
    shortName: z.string().nullable().meta({ description: 'What labels print instead of the name; null: the name.' }),
    group: z.enum(PRODUCT_GROUPS),
    productSet: z.int().min(1).max(26),
    brand: z.string().nullable(),
    description: z.string().nullable(),
    descriptionEn: english,
    origin: addressShape.nullable(),
    gtin: z.string().nullable(),
    gtinAuthorisation: z.strictObject({ holder: z.string(), document: z.string(), date: dayShape }).nullable(),
    unit: z.string().nullable(),
    unitEn: english,
    ingredients: z.string().nullable(),
    ingredientsEn: english,
    allergens: z
      .array(z.enum(ALLERGENS))
      .nullable()
      .meta({ description: 'Empty: it holds none of the 14; null: the record does not say.' }),
    storage: z.string().nullable(),
    storageEn: english,
    usage: z.string().nullable(),
    usageEn: english,
    standards: z.string().nullable(),
    warnings: z.string().nullable(),
    warningsEn: english,
    shelfLifeDays: z.int().nullable(),
    photo: z.string().nullable().meta({ description: 'Path of the picture below this service’s address.' }),
  })
  .meta({ id: 'Product' });

export function productView(product: Product): z.input<typeof productShape> {
  const { photoFileId, allergens, ...whole } = wholeProduct(product);
  const photo = photoFileId === null ? null : `/photos/${photoFileId}`;
  return viewOf(productShape, whole, { photo, allergens: allergens === null ? null : [...allergens] });
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
