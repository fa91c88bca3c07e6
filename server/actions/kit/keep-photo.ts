// Stores a photograph that buyers will see, in its three sizes (domain/photo-sizes.ts). It counts once in the quota of
// pictures.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { PhotoSizes } from '../../domain/photo-sizes.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from './context.ts';
import { keepFile } from './keep-file.ts';
import { photoInSizes } from './photo.ts';

export interface KeptPhoto {
  photoFileId: Id;
  photoSizes: PhotoSizes;
}

/** Problems: invalid at `photo`, no-disk-space, quota-reached. */
export async function keepPhoto(
  ctx: ActionContext,
  actor: Actor,
  bytes: Uint8Array,
  producerId: Id,
): Promise<Result<KeptPhoto>> {
  const sizes = await photoInSizes(actor, bytes);
  if (!sizes.ok) return sizes;
  const { large, px112, px336 } = sizes.value;
  const mediaType = 'image/webp';
  const kept = await keepFile(ctx, { mediaType, bytes: large, quota: { name: 'pictures', of: producerId } });
  if (!kept.ok) return kept;
  const file = kept.value;
  const small = await keepFile(ctx, { mediaType, bytes: px112, of: { file, part: '112' } });
  if (!small.ok) return small;
  const middle = await keepFile(ctx, { mediaType, bytes: px336, of: { file, part: '336' } });
  if (!middle.ok) return middle;
  return ok({ photoFileId: file, photoSizes: { px112: small.value, px336: middle.value } });
}
