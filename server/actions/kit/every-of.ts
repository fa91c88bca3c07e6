// Walks a list to its end, a page at a time.

import type { Entity } from '../../domain/entity.ts';
import type { Collection, Filter } from '../../store/store.ts';

const PAGE_SIZE = 200;

/**
 * Every record that passes the filter, newest first. For lists that are short by nature: those of one product or one
 * lot.
 */
export async function* everyOf<T extends Entity>(
  collection: Collection<T>,
  filter: Filter,
): AsyncGenerator<T, void, undefined> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Collection<T>['list']>> = await collection.list(filter, { limit: PAGE_SIZE, after });
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
