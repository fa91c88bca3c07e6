// Photographs of the true pack with its stamp in place, which inspectors compare with the goods in hand: added,
// listed, read, and taken away when the pack changes.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { LOOKS_MAX, type Look } from '../../domain/registry/look.ts';
import { StoreError } from '../../store/store.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { keepFile } from '../kit/keep-file.ts';
import { shrinkPhoto } from '../kit/photo.ts';
import { reach, readInReach } from '../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

/** No public address holds a dot: a copier would learn where the stamp sits. */
const FILE_PREFIX = 'look.';

/** Problems: not-allowed, not-found, invalid, quota-reached. */
export async function addLook(
  actor: Actor,
  input: { id: Id; note: string | null; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Look>> {
  const found = await reach(ctx.store.products, actor, 'tell-story', input.id);
  if (!found.ok) return found;
  const product = found.value.doc;
  if ((await looksIn(product.id, ctx)).length >= LOOKS_MAX)
    return fieldProblem(
      'invalid',
      'photo',
      'too-many',
      `A product has ${LOOKS_MAX} pictures of its pack: take one away.`,
    );
  const photo = await shrinkPhoto(actor, input.bytes);
  if (!photo.ok) return photo;
  const file = await keepFile(ctx, {
    mediaType: 'image/webp',
    bytes: photo.value,
    prefix: FILE_PREFIX,
    quota: { name: 'pictures', of: product.producerId },
  });
  if (!file.ok) return file;
  const { officeId, producerId, id: productId } = product;
  const doc: Look = {
    ...newEntity(ctx),
    officeId,
    producerId,
    productId,
    fileId: file.value,
    note: input.note,
    by: actorId(actor),
    removedAt: null,
  };
  return saveNew(ctx, actor, { collection: 'looks', doc, action: 'add-look', answer: doc });
}

/** Those that are shown, the newest first. Problems: not-allowed, not-found. */
export async function listLooks(actor: Actor, productId: Id, ctx: ActionContext): Promise<Result<Look[]>> {
  const product = await readInReach(ctx.store.products, actor, 'read-registry', productId);
  return product.ok ? ok(await looksIn(productId, ctx)) : product;
}

/** Problems: not-found, also for another product's. */
export async function readLook(
  actor: Actor,
  input: { id: Id; look: Id },
  ctx: ActionContext,
): Promise<Result<{ mediaType: string; bytes: Uint8Array }>> {
  const looks = await listLooks(actor, input.id, ctx);
  if (!looks.ok) return looks;
  const look = looks.value.find(({ id }) => id === input.look);
  if (look === undefined) return fail('not-found', 'There is no such record.');
  const file = await ctx.store.files.get(look.fileId);
  if (file === null) throw new StoreError('tampered', `file ${look.fileId} is missing`);
  return ok(file);
}

/** It stays, and is shown no more. Problems: not-allowed, not-found. */
export async function removeLook(
  actor: Actor,
  input: { id: Id; look: Id },
  ctx: ActionContext,
): Promise<Outcome<Look>> {
  const found = await reach(ctx.store.looks, actor, 'tell-story', input.look);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.productId !== input.id) return fail('not-found', 'There is no such record.');
  if (before.removedAt !== null) return done(before);
  const doc = nextVersion(ctx, before, { removedAt: ctx.now().toISOString() });
  return saveChange(ctx, actor, { collection: 'looks', before, doc, action: 'remove-look', answer: doc });
}

async function looksIn(productId: Id, ctx: ActionContext): Promise<Look[]> {
  const looks: Look[] = [];
  for await (const look of everyOf(ctx.store.looks, { productId })) if (look.removedAt === null) looks.push(look);
  return looks;
}
