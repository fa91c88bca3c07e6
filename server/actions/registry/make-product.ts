// Registers a product of a producer. A producer asks; the office decides.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Product } from '../../domain/registry/product.ts';
import { askOffice } from '../kit/ask.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { checkProduct, productFields } from './product-rules.ts';
import { reachProducerInBody } from '../kit/reach-producer.ts';
import { newEntity, newId, saveNew } from '../kit/save.ts';

export const makeProductInput = z.strictObject({
  producerId: id.optional(),
  name: productFields.name,
  nameEn: productFields.nameEn.default(null),
  shortName: productFields.shortName.default(null),
  group: productFields.group,
  productSet: productFields.productSet,
  brand: productFields.brand.default(null),
  description: productFields.description.default(null),
  descriptionEn: productFields.descriptionEn.default(null),
  origin: productFields.origin.default(null),
  gtin: productFields.gtin.default(null),
  gtinAuthorisation: productFields.gtinAuthorisation.default(null),
  unit: productFields.unit.default(null),
  unitEn: productFields.unitEn.default(null),
  ingredients: productFields.ingredients.default(null),
  ingredientsEn: productFields.ingredientsEn.default(null),
  allergens: productFields.allergens.default(null),
  storage: productFields.storage.default(null),
  storageEn: productFields.storageEn.default(null),
  usage: productFields.usage.default(null),
  usageEn: productFields.usageEn.default(null),
  standards: productFields.standards.default(null),
  warnings: productFields.warnings.default(null),
  warningsEn: productFields.warningsEn.default(null),
  shelfLifeDays: productFields.shelfLifeDays.default(null),
});

/** @param recordId set by an import, see make-producer.ts */
export async function makeProduct(
  actor: Actor,
  input: z.output<typeof makeProductInput>,
  ctx: ActionContext,
  recordId: Id = newId(ctx),
): Promise<Outcome<Product>> {
  const found = await reachProducerInBody(actor, 'change-registry', input.producerId, ctx);
  if (!found.ok) return found;
  const { doc: producer, mustAsk } = found.value;
  const sound = checkProduct(input);
  if (!sound.ok) return sound;
  const { officeId } = producer;
  if (mustAsk) {
    const asked = { ...input, producerId: producer.id };
    return askOffice(ctx, actor, {
      officeId,
      producerId: producer.id,
      action: 'make-product',
      subject: null,
      input: asked,
      before: null,
    });
  }
  const product: Product = {
    ...newEntity(ctx, recordId),
    ...input,
    officeId,
    producerId: producer.id,
    photoFileId: null,
  };
  return saveNew(ctx, actor, { collection: 'products', doc: product, action: 'make-product', answer: product });
}
