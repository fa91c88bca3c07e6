// A store that answers an insert or a replace as the real store would, but only remembers the change. A trial therefore
// runs the same code as the import and shows what it would change.

import type { Entity, Id } from '../../domain/entity.ts';
import { COLLECTIONS } from '../../store/collections.ts';
import type { Collection, CollectionName, Filter, InsertOutcome, ReplaceOutcome, Store } from '../../store/store.ts';

export interface Trial {
  store: Store;
  /** The last change that would have been written since the last call; null: nothing would change. */
  take: () => { before: Entity | null; after: Entity } | null;
}

/** @param names the collections that may be changed; a write to any other collection is a bug */
export function trialStore(store: Store, names: readonly CollectionName[]): Trial {
  let change: ReturnType<Trial['take']> = null;
  const trial = Object.create(store) as Store;
  for (const name of names) {
    const base = store[name] as unknown as Collection<Entity>;
    /** What would stand there by now: a later part of the row rests on it. */
    const made = new Map<Id, Entity>();
    const fits = (doc: Entity, filter: Filter): boolean =>
      Object.entries(filter).every(([field, value]) => valueAt(doc, field) === value);
    const tried: Collection<Entity> = {
      get: async (id) => made.get(id) ?? (await base.get(id)),
      findBy: (index, values) => base.findBy(index, values),
      async list(filter, page) {
        const listed = await base.list(filter, page);
        const own = page.after === null ? [...made.values()].filter((doc) => fits(doc, filter)) : [];
        return { ...listed, items: [...own, ...listed.items.filter(({ id }) => !made.has(id))] };
      },
      remove() {
        throw new TypeError('a trial removes nothing');
      },
      search: (terms, scope, limit) => base.search(terms, scope, limit),
      async insert(doc): Promise<InsertOutcome> {
        if ((await base.get(doc.id)) !== null) return { kind: 'duplicate', index: 'id' };
        const taken = await takenIndex(base, name, doc);
        if (taken !== null) return { kind: 'duplicate', index: taken };
        change = { before: null, after: doc };
        made.set(doc.id, doc);
        return { kind: 'added' };
      },
      async replace(doc): Promise<ReplaceOutcome> {
        const before = await base.get(doc.id);
        if (before === null || before.version !== doc.version - 1) return { kind: 'conflict' };
        const taken = await takenIndex(base, name, doc);
        if (taken !== null) return { kind: 'duplicate', index: taken };
        change = { before, after: doc };
        made.set(doc.id, doc);
        return { kind: 'replaced' };
      },
    };
    Object.defineProperty(trial, name, { value: tried });
  }
  const take: Trial['take'] = () => {
    const last = change;
    change = null;
    return last;
  };
  return { store: trial, take };
}

/** The unique index whose value another record already has, or null. */
async function takenIndex(base: Collection<Entity>, name: CollectionName, doc: Entity): Promise<string | null> {
  for (const [index, fields] of Object.entries(COLLECTIONS[name].unique)) {
    const values = fields.map((field) => valueAt(doc, field));
    if (!values.every((value) => typeof value === 'string' || typeof value === 'number')) continue;
    const other = await base.findBy(index, values as (string | number)[]);
    if (other !== null && other.id !== doc.id) return index;
  }
  return null;
}

function valueAt(doc: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      doc,
    );
}
