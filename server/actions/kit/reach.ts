// Looks up a record for an actor. Without the right it is refused; if it belongs to someone else it is answered as
// absent.

import type { Actor } from '../../domain/people/account.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { cursorAfter } from '../../store/cursor.ts';
import type { Collection, Filter, Page, PageRequest } from '../../store/store.ts';
import { absent, decide, reachOf, type Place, type Right } from './rights.ts';

type Placed = Entity & { officeId: Id | null; producerId?: Id | null };

/** The record with this id, and whether the actor may act at once or must ask. `place` says where a record belongs. */
export async function reach<T extends Placed>(
  collection: Collection<T>,
  actor: Actor,
  right: Right,
  id: Id,
  place: (doc: T) => Place = placeOf,
): Promise<Result<{ doc: T; mustAsk: boolean }>> {
  const mayAtAll = decide(actor, right, null);
  if (mayAtAll.kind === 'refused') return { ok: false, problem: mayAtAll.problem };
  const doc = await collection.get(id);
  if (doc === null) return { ok: false, problem: absent().problem };
  const may = decide(actor, right, { ...place(doc), id: doc.id });
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  return ok({ doc, mustAsk: may.kind === 'ask' });
}

/** As `reach`, for reading only. Problems: not-allowed, not-found. */
export async function readInReach<T extends Placed>(
  collection: Collection<T>,
  actor: Actor,
  right: Right,
  id: Id,
): Promise<Result<T>> {
  const found = await reach(collection, actor, right, id);
  return found.ok ? ok(found.value.doc) : found;
}

/** As `reach`, for an id inside a body: a missing record and another's give the same fault of that field. */
export async function reachInBody<T extends Placed>(
  collection: Collection<T>,
  actor: Actor,
  right: Right,
  id: Id,
  path: string,
  place: (doc: T) => Place = placeOf,
): Promise<Result<{ doc: T; mustAsk: boolean }>> {
  const found = await reach(collection, actor, right, id, place);
  if (found.ok || found.problem.code !== 'not-found') return found;
  return fieldProblem('absent-reference', path, 'absent', 'There is no such record.');
}

/** A page of what the actor may see. Filtering by another's producer or office gives an empty page. */
export async function listInReach<T extends Placed>(
  collection: Collection<T>,
  actor: Actor,
  right: Right,
  filter: Filter,
  page: PageRequest,
): Promise<Result<Page<T>>> {
  const may = decide(actor, right, null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const bounds = reachOf(actor);
  for (const [field, value] of Object.entries(bounds)) {
    if (field in filter && filter[field] !== value) return onlyPage<T>(null, page);
  }
  return pageOf(() => collection.list({ ...filter, ...bounds }, page));
}

/**
 * A page of at most one record. Any valid cursor gives an empty page. Problems: invalid, if the cursor is malformed.
 */
export function onlyPage<T>(only: T | null, { after }: PageRequest): Promise<Result<Page<T>>> {
  return pageOf(async () => {
    if (after !== null) cursorAfter(after, ['string', 'string']);
    return { items: only === null || after !== null ? [] : [only], next: null };
  });
}

/** A page of a list, or a fault of `after` if it is not a cursor of this list. */
export async function pageOf<T>(list: () => Promise<Page<T>>): Promise<Result<Page<T>>> {
  try {
    return ok(await list());
  } catch (error) {
    if (error instanceof RangeError)
      return fieldProblem(
        'invalid',
        'after',
        'cursor',
        'This is no cursor that a list gave. Begin again without "after".',
      );
    throw error;
  }
}

export function placeOf(doc: Placed): Place {
  return { officeId: doc.officeId, producerId: doc.producerId ?? null };
}
