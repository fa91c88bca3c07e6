// Reads a record that another record names. Nothing is ever deleted, so a missing record means tampering.

import type { Entity, Id } from '../domain/entity.ts';
import { StoreError, type Collection } from './store.ts';

/** @throws StoreError `tampered` if there is no such record */
export async function mustGet<T extends Entity>(collection: Pick<Collection<T>, 'get'>, id: Id): Promise<T> {
  const found = await collection.get(id);
  if (found === null) throw new StoreError('tampered', `record ${id} is missing`);
  return found;
}
