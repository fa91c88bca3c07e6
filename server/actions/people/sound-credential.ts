// A credential opens something only while its row, and the row of the person it is of, are what was written last. A row
// that somebody edited, added or put back to an older version is no credential at all: 401, and an alarm.

import type { Entity, Id } from '../../domain/entity.ts';
import type { User } from '../../domain/people/account.ts';
import { StoreError, type CollectionName, type Store } from '../../store/store.ts';
import { readWitnessed } from '../../store/witness.ts';

/**
 * What `read` finds, or null where it finds nothing, or something that is not as it was written.
 * @throws StoreError where that cannot be known now
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
