// A page of the records that pass a test which no index supports: a name typed in part, a certificate in force. It
// walks an indexed list, a bounded number of records per call, and says where to continue. So a page may hold fewer
// records than asked for although more follow.

import type { Entity } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { cursorOf } from '../../store/cursor.ts';
import type { Page, PageRequest } from '../../store/store.ts';

const STEP = 200;
/** Records examined in one call: about twenty milliseconds on the embedded store. */
const WALK_MAX = 1_000;

/** @param list returns a page in the port's order, newest first */
export async function walkList<T extends Entity, R>(
  list: (page: PageRequest) => Promise<Result<Page<T>>>,
  match: (doc: T) => R | null | Promise<R | null>,
  { limit, after }: PageRequest,
): Promise<Result<Page<R>>> {
  const items: R[] = [];
  let from = after;
  for (let walked = 0; walked < WALK_MAX; walked += STEP) {
    const page = await list({ limit: STEP, after: from });
    if (!page.ok) return page;
    for (const [at, doc] of page.value.items.entries()) {
      const found = await match(doc);
      if (found === null) continue;
      items.push(found);
      const isLast = at === page.value.items.length - 1 && page.value.next === null;
      if (items.length === limit) return ok({ items, next: isLast ? null : cursorOf([doc.createdAt, doc.id]) });
    }
    from = page.value.next;
    if (from === null) return ok({ items, next: null });
  }
  return ok({ items, next: from });
}
