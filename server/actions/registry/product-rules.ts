// The fields of a product's record and the rules between them.

import { z } from 'zod';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { ALLERGENS } from '../../domain/registry/allergens.ts';
import { PRODUCT_GROUPS, type Product } from '../../domain/registry/product.ts';
import { isShortName, SHORT_NAME_MAX } from '../../domain/registry/stamp-name.ts';
import { isSetOfGroup, PRODUCT_SETS_MAX } from '../../domain/registry/product-sets.ts';
import { address, day, gtin14, text } from '../kit/fields.ts';

const shortName = text(SHORT_NAME_MAX)
  .pipe(
    z
      .string()
      .refine(isShortName, { message: 'holds what stamps do not print', params: { expected: 'stamp-letters' } }),
  )
  .meta({
    minLength: 1,
    maxLength: SHORT_NAME_MAX,
    description: 'Printed on stamps instead of the name: letters, figures, and usual marks. Pages show the full name.',
  });

const allergens = z
  .array(z.enum(ALLERGENS))
  .max(ALLERGENS.length)
  .refine((all) => new Set(all).size === all.length, { message: 'names one twice', params: { expected: 'distinct' } })
  .meta({
    uniqueItems: true,
    description: 'Which of the 14 substances of Regulation (EU) 1169/2011 annex II it holds; empty: none of them.',
  });

/** The fields of the inputs for making and changing. */
export const productFields = {
  name: text(160),
  nameEn: text(160).nullable(),
  shortName: shortName.nullable(),
  group: z.enum(PRODUCT_GROUPS),
  productSet: z.int().min(1).max(PRODUCT_SETS_MAX),
  brand: text(80).nullable(),
  description: text(2_000, true).nullable(),
  descriptionEn: text(2_000, true).nullable(),
  origin: address.nullable(),
  gtin: gtin14.nullable(),
  gtinAuthorisation: z.strictObject({ holder: text(160), document: text(160), date: day }).nullable(),
  unit: text(60).nullable(),
  unitEn: text(60).nullable(),
  ingredients: text(1_000, true).nullable(),
  ingredientsEn: text(1_000, true).nullable(),
  allergens: allergens.nullable(),
  storage: text(300, true).nullable(),
  storageEn: text(300, true).nullable(),
  usage: text(600, true).nullable(),
  usageEn: text(600, true).nullable(),
  standards: text(300, true).nullable(),
  warnings: text(600, true).nullable(),
  warningsEn: text(600, true).nullable(),
  shelfLifeDays: z.int().min(1).max(36_500).nullable(),
};

/** The set must belong to the group (Decision 26/2026 annex I), and an authorisation needs a GTIN. */
export function checkProduct(
  product: Pick<Product, 'group' | 'productSet' | 'gtin' | 'gtinAuthorisation'>,
): Result<null> {
  if (!isSetOfGroup(product.productSet, product.group)) {
    return fieldProblem(
      'invalid',
      'productSet',
      'other-group',
      `Product set ${product.productSet} does not belong to the group ${product.group}.`,
    );
  }
  if (product.gtin === null && product.gtinAuthorisation !== null) {
    return fieldProblem(
      'invalid',
      'gtinAuthorisation',
      'without-gtin',
      'There is no GTIN that this authorisation is for.',
    );
  }
  return ok(null);
}
