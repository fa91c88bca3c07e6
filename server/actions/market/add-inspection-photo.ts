// Adds a photograph to a finding, made smaller and without the phone's metadata.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem } from '../../domain/problem.ts';
import type { Inspection } from '../../domain/market/inspection.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { keepFile } from '../kit/keep-file.ts';
import { shrinkPhoto } from '../kit/photo.ts';
import { reach } from '../kit/reach.ts';
import { actorId, nextVersion, saveChange } from '../kit/save.ts';

const PHOTOS_MAX = 8;
/** A finding is not public. No public address holds a dot, so /photos/ never serves these (web/public/photo.ts). */
const FILE_PREFIX = 'finding.';

/** Problems: invalid, version-conflict. */
export async function addInspectionPhoto(
  actor: Actor,
  input: { id: Id; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Inspection>> {
  const found = await reach(ctx.store.inspections, actor, 'record-finding', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.photoFileIds.length >= PHOTOS_MAX)
    return fieldProblem('invalid', 'photo', 'too-many', `A finding holds ${PHOTOS_MAX} photographs.`);
  const photo = await shrinkPhoto(actor, input.bytes);
  if (!photo.ok) return photo;
  const file = await keepFile(ctx, {
    mediaType: 'image/webp',
    bytes: photo.value,
    prefix: FILE_PREFIX,
    quota: { name: 'findingPictures', of: actorId(actor) },
  });
  if (!file.ok) return file;
  const doc = nextVersion(ctx, before, { photoFileIds: [...before.photoFileIds, file.value] });
  return saveChange(ctx, actor, {
    collection: 'inspections',
    before,
    doc,
    action: 'add-inspection-photo',
    answer: doc,
    created: true,
  });
}
