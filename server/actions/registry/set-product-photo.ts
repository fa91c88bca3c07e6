// Gives a product its photograph: the producer's own right. A picture that buyers may have seen stays, named in the
// record; one that nobody can have seen is named no more, and is swept (jobs/file-sweep.ts).

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import { PAST_PHOTOS_MAX, type PastPhoto, type Product } from '../../domain/registry/product.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { keepPhoto } from '../kit/keep-photo.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

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
  const pastPhotos = await pastPhotosOf(before, ctx);
  if (pastPhotos.length > PAST_PHOTOS_MAX)
    return fail(
      'quota-reached',
      `A product keeps ${PAST_PHOTOS_MAX} pictures that buyers have seen; its picture cannot change any more.`,
    );
  const photo = await keepPhoto(ctx, actor, input.bytes, before.producerId);
  if (!photo.ok) return photo;
  const doc = nextVersion(ctx, before, {
    ...photo.value,
    ...(pastPhotos.length === 0 ? {} : { pastPhotos }),
  });
  return saveChange(ctx, actor, { collection: 'products', before, doc, action: 'set-product-photo', answer: doc });
}

async function pastPhotosOf(before: Product, ctx: ActionContext): Promise<readonly PastPhoto[]> {
  const { pastPhotos = [], photoFileId } = before;
  if (photoFileId === null || !(await isPublic(before.id, ctx))) return pastPhotos;
  return [...pastPhotos, { fileId: photoFileId, until: ctx.now().toISOString() }];
}

/** Whether a buyer can have seen the product: a stamp of it, or its certificate in a list. */
async function isPublic(productId: Id, { store }: ActionContext): Promise<boolean> {
  const page = { limit: 1, after: null };
  const lists = await Promise.all([
    store.lots.list({ productId }, page),
    store.batches.list({ productId }, page),
    store.certificates.list({ productId }, page),
  ]);
  return lists.some(({ items }) => items.length > 0);
}
