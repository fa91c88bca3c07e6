// What keeps a record that an import made or changed from being taken back: what rests on it, or that it was changed
// since. Nothing is taken from under a stamp, a lot or a certificate.

import type { Entity, Id } from '../../domain/entity.ts';
import type { RegistryKind } from '../../domain/import/registry-import.ts';
import { COLLECTION_NAMES, COLLECTIONS } from '../../store/collections.ts';
import type { Collection, CollectionName } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';

/** Fields by which other records name one of a kind. */
const NAMED_BY: Readonly<Record<RegistryKind, readonly string[]>> = {
  producers: ['producerId'],
  products: ['productId', 'scope.productId'],
  evaluations: [],
  certificates: ['certificateId'],
};

/**
 * The kind of a record that rests on this one (`lots`); null: nothing does.
 * @param own the records of the same import, which are taken back with it
 */
export async function restsOn(
  kind: RegistryKind,
  record: Entity,
  own: ReadonlySet<Id>,
  ctx: Pick<ActionContext, 'store'>,
): Promise<CollectionName | null> {
  for (const name of COLLECTION_NAMES) {
    for (const field of NAMED_BY[kind].filter((one) => COLLECTIONS[name].filters.includes(one))) {
      const collection = ctx.store[name] as unknown as Collection<Entity>;
      for await (const one of everyOf(collection, { [field]: record.id })) if (!own.has(one.id)) return name;
    }
  }
  return restsOtherwise(kind, record, own, ctx);
}

/** What names a record by a field that no list can be filtered by. */
async function restsOtherwise(
  kind: RegistryKind,
  record: Entity,
  own: ReadonlySet<Id>,
  { store }: Pick<ActionContext, 'store'>,
): Promise<CollectionName | null> {
  const subject = `${COLLECTIONS[kind].entity}:${record.id}`;
  const papers = await store.papers.list({ subject }, { limit: 1, after: null });
  if (papers.items.length > 0) return 'papers';
  const { productId, producerId } = record as Entity & { productId?: Id | null; producerId?: Id };
  if (kind === 'evaluations' && typeof productId === 'string') {
    for await (const one of everyOf(store.certificates, { productId }))
      if (one.evaluationId === record.id && !own.has(one.id)) return 'certificates';
  }
  if (kind !== 'producers' && producerId !== undefined) {
    for await (const one of everyOf(store.requests, { producerId, state: 'waiting' }))
      if (one.subject?.id === record.id) return 'requests';
  }
  return null;
}
