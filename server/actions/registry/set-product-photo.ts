// Sets the photograph of a product. The producer may do it. The previous picture stays in the store, because the audit
// log names it.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import type { Product } from '../../domain/registry/product.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { shrinkPhoto } from '../kit/photo.ts';
import { reach } from '../kit/reach.ts';
import { newId, nextVersion, saveChange } from '../kit/save.ts';

/** @param input `version` is the version that the caller read; `bytes` the uploaded file */
export async function setProductPhoto(
  actor: Actor,
  input: { id: Id; version: number; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Product>> {
  const found = await reach(ctx.store.products, actor, 'tell-story', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this product meanwhile. Read it again.');
  const photo = await shrinkPhoto(actor, input.bytes);
  if (!photo.ok) return photo;
  const photoFileId = newId(ctx);
  await ctx.store.files.put(photoFileId, 'image/webp', photo.value);
  const doc = nextVersion(ctx, before, { photoFileId });
  return saveChange(ctx, actor, { collection: 'products', before, doc, action: 'set-product-photo', answer: doc });
}
