// Walks a list to its end, a page at a time.

import { setImmediate as turn } from 'node:timers/promises';
import type { Entity } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Collection, Filter, Page, PageRequest } from '../../store/store.ts';

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
    if (after !== null) await turn(); // the store reads on this thread: look-ups come in between
  } while (after !== null);
}

/**
 * Every record of a list that an action reads, a page at a time, in its order.
 * @param keep which of them; the others are not held
 */
export async function allOf<T>(
  list: (page: PageRequest) => Promise<Result<Page<T>>>,
  keep: (record: T) => boolean = () => true,
): Promise<Result<T[]>> {
  const kept: T[] = [];
  let after: string | null = null;
  do {
    const page: Result<Page<T>> = await list({ limit: PAGE_SIZE, after });
    if (!page.ok) return page;
    kept.push(...page.value.items.filter(keep));
    after = page.value.next;
    if (after !== null) await turn(); // the store reads on this thread: look-ups come in between
  } while (after !== null);
  return ok(kept);
}
