// A credential works only while its row, and the row of its person, are what was last written. If someone edited a row
// in the store, added one or restored an old version, the answer is 401, with an alarm.

import type { Entity, Id } from '../../domain/entity.ts';
import type { User } from '../../domain/people/account.ts';
import { StoreError, type CollectionName, type Store } from '../../store/store.ts';
import { readWitnessed } from '../../store/witness.ts';

/**
 * What `read` finds; null: it finds nothing, or something that is not as it was written.
 * @throws StoreError if this cannot be known now
 */
export async function soundRecord<T extends Entity>(
  store: Store,
  name: CollectionName,
  read: () => Promise<T | null>,
): Promise<T | null> {
  try {
    return await readWitnessed(store, name, read);
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'tampered') return null;
    throw error;
  }
}

export function soundUser(store: Store, id: Id): Promise<User | null> {
  return soundRecord(store, 'users', () => store.users.get(id));
}
