// Adds a photograph to an item of a round, made smaller and without the phone's metadata. Sent twice, it is kept once.

import type { Inspection } from '../../../domain/market/inspection.ts';
import { ITEM_PHOTOS_MAX, ROUND_PHOTOS_MAX } from '../../../domain/market/round.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { fail, fieldProblem } from '../../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../../kit/context.ts';
import { keepFile } from '../../kit/keep-file.ts';
import { shrinkPhoto } from '../../kit/photo.ts';
import { actorId, nextVersion, saveChange } from '../../kit/save.ts';
import { reachItem } from './reach-round.ts';
import { addEdition } from './round-ops.ts';
import { readItems } from './round-work.ts';

/** As add-inspection-photo.ts: no public address holds a dot. */
const FILE_PREFIX = 'finding.';
const TRIES_MAX = 8;

/**
 * @param input `photo` and `item`: the phone's ids. Problems: not-allowed, not-found, round-full, invalid,
 * quota-reached
 */
export async function addRoundPhoto(
  actor: Actor,
  input: { photo: string; item: string; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Inspection>> {
  const first = await reachItem(actor, input.item, ctx);
  if (!first.ok) return first;
  if (has(first.value.item, input.photo)) return done(first.value.item);
  const all = await readItems(first.value.round.id, ctx);
  if (all.reduce((sum, { photoFileIds }) => sum + photoFileIds.length, 0) >= ROUND_PHOTOS_MAX)
    return fail('round-full', 'This round has enough photographs.', { details: { max: ROUND_PHOTOS_MAX } });
  const photo = await shrinkPhoto(actor, input.bytes);
  if (!photo.ok) return photo;
  const file = await keepFile(ctx, {
    mediaType: 'image/webp',
    bytes: photo.value,
    prefix: FILE_PREFIX,
    quota: { name: 'findingPictures', of: actorId(actor) },
  });
  if (!file.ok) return file;
  for (let tries = 1; ; tries += 1) {
    const reached = await reachItem(actor, input.item, ctx);
    if (!reached.ok) return reached;
    const { item: before, round } = reached.value;
    // Sent twice at the same moment: the second file is swept, as no record names it.
    if (has(before, input.photo)) return done(before);
    if (before.photoFileIds.length >= ITEM_PHOTOS_MAX)
      return fieldProblem('invalid', 'photo', 'too-many', `An item holds ${ITEM_PHOTOS_MAX} photographs.`);
    const doc = nextVersion(ctx, before, {
      photoFileIds: [...before.photoFileIds, file.value],
      photoClientIds: [...(before.photoClientIds ?? []), input.photo],
    });
    const saved = await saveChange({ ...ctx, request: null }, actor, {
      collection: 'inspections',
      before,
      doc,
      action: 'add-inspection-photo',
      answer: doc,
      created: true,
    });
    if (saved.ok) {
      if (round.state === 'closed') await addEdition(actor, round, ctx);
      return saved;
    }
    if (saved.problem.code !== 'version-conflict' || tries === TRIES_MAX) return saved;
  }
}

function has({ photoClientIds }: Inspection, photo: string): boolean {
  return photoClientIds?.includes(photo) === true;
}
