// Reports to the log that something in the store is not as it was written. The same report is repeated at most once a
// minute, however many look-ups meet it.

import type { Entity } from '../domain/entity.ts';
import { BoundedMap } from '../kit/bounded-map.ts';
import { StoreError, type Collection } from './store.ts';

/** Events that an operator must look into: the service counts them, and logs them as errors. */
export const ALARM_EVENTS: ReadonlySet<string> = new Set([
  'store.tampered',
  'store.chain-broken',
  'store.line-tampered',
  'store.line-put-back',
  'store.row-not-sealed',
  'store.check-found',
]);

const AGAIN_MS = 60_000;
const REMEMBERED_MAX = 1_000;

export type Alarm = (error: StoreError) => void;

export function makeAlarm(log: (event: string, fields: Record<string, unknown>) => void): Alarm {
  const said = new BoundedMap<string, number>(REMEMBERED_MAX);
  return ({ kind, message }) => {
    if (kind !== 'tampered' && kind !== 'untrusted') return;
    const nowMs = performance.now();
    if (nowMs - (said.get(message) ?? -Infinity) < AGAIN_MS) return;
    said.set(message, nowMs);
    log('store.tampered', { detail: message });
  };
}

/** Wraps a collection so that each read that it refuses raises the alarm. */
export function alarmed<T extends Entity>(collection: Collection<T>, alarm: Alarm): Collection<T> {
  const watched = async <A>(reading: Promise<A>): Promise<A> => {
    try {
      return await reading;
    } catch (error) {
      if (error instanceof StoreError) alarm(error);
      throw error;
    }
  };
  return {
    ...collection,
    get: (id) => watched(collection.get(id)),
    findBy: (index, values) => watched(collection.findBy(index, values)),
    list: (filter, page) => watched(collection.list(filter, page)),
    search: (terms, scope, limit) => watched(collection.search(terms, scope, limit)),
  };
}
