// One at a time: work under the same name in the same store waits its turn. For rules that rest on two records (an allowance
// and the batches counted against it), where the store's version check of one record cannot see the other.
//
// It orders one process, which is all that an embedded store has.

import type { Store } from '../store/store.ts';

const queues = new WeakMap<Store, Map<string, Promise<unknown>>>();

/** Runs `work` after all that was begun under this name before it. */
export async function inTurn<T>(store: Store, name: string, work: () => Promise<T>): Promise<T> {
  let names = queues.get(store);
  if (names === undefined) queues.set(store, (names = new Map<string, Promise<unknown>>()));
  const before = names.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  // What is kept never rejects: the next in turn does not care how this one ended.
  const ended = mine.catch(() => undefined);
  names.set(name, ended);
  try {
    return await mine;
  } finally {
    if (names.get(name) === ended) names.delete(name);
  }
}
