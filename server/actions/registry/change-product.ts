// Changes a product's record. The producer may change description, ingredients, storage and usage itself, in both
// languages; everything else waits for the office. A change that contains such a field waits as a whole. A product
// never moves to another producer.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { wholeProduct, type Product } from '../../domain/registry/product.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withoutUndefined, type WithoutUndefined } from '../kit/without-undefined.ts';
import { checkProduct, productFields } from './product-rules.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion } from '../kit/save.ts';

export const changeProductInput = z.strictObject(productFields).partial();
type ProductChange = z.output<typeof changeProductInput>;

const OWN_WORDS: ReadonlySet<string> = new Set([
  'description',
  'descriptionEn',
  'ingredients',
  'ingredientsEn',
  'storage',
  'storageEn',
  'usage',
  'usageEn',
]);

/**
 * The authorisation is for one GTIN: a new GTIN without an authorisation removes the old one.
 * @param input `version` is the version that the caller read
 */
export async function changeProduct(
  actor: Actor,
  input: { id: Id; version: number; change: ProductChange },
  ctx: ActionContext,
): Promise<Outcome<Product>> {
  const change = withoutUndefined(input.change);
  const ownWords = Object.keys(change).every((field) => OWN_WORDS.has(field));
  const found = await reach(ctx.store.products, actor, ownWords ? 'tell-story' : 'change-registry', input.id);
  if (!found.ok) return found;
  const { doc, mustAsk } = found.value;
  // Older products lack some fields; they are read as null, so that a request shows what changes.
  const before: Product = wholeProduct(doc);
  const after = nextVersion(ctx, before, withGtinOf(before, change));
  const sound = checkProduct(after);
  if (!sound.ok) return sound;
  return changeRecord(ctx, actor, {
    collection: 'products',
    before,
    after,
    version: input.version,
    action: 'change-product',
    ask: mustAsk ? { officeId: before.officeId, producerId: before.producerId, input: change } : null,
  });
}

function withGtinOf(before: Product, change: WithoutUndefined<ProductChange>): WithoutUndefined<ProductChange> {
  const otherGtin = change.gtin !== undefined && change.gtin !== before.gtin;
  return otherGtin && change.gtinAuthorisation === undefined ? { ...change, gtinAuthorisation: null } : change;
}
