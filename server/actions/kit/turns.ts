// One at a time: work under the same name on the same store waits its turn. For rules that rest on two records (an allowance
// and the batches counted against it), where the store's version check of one record cannot see the other.
//
// Callers of one process queue here; the first in line also holds the store's lease, so that servers queue as well. A server
// that died lets the next one go on after LEASE_SILENCE_MS. Decision: docs/decisions/0011-order-of-writes.md.

import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { LEASE_SILENCE_MS, StoreError, type Lease, type Store } from '../../store/store.ts';

/** A third of the silence after which another takes over. */
const SIGN_OF_LIFE_MS = LEASE_SILENCE_MS / 3;
/** Longer than a dead holder is waited for; whoever still waits then is told to come again. */
const TURN_WAIT_MS = 3 * LEASE_SILENCE_MS;
const LOOK_AGAIN_MS = { first: 5, most: 200 } as const;
/** Leases are kept for ever, names come and go: names of one kind share so many. */
const LEASES_A_KIND = 256;

const queues = new WeakMap<Store, Map<string, Promise<unknown>>>();

/** Asks whether the turn is still ours. @throws StoreError `unavailable` where it is another server's by now */
export type StillMine = () => Promise<void>;

/**
 * Runs `work` after all that was begun under this name before it, on this server or another. A server that slept for longer than
 * its lease has lost its turn and does not know: `work` asks right before a write that no version check can refuse.
 * @param name kind and what: `allowance:…`; work of one kind may take a turn of another kind, never of its own
 * @throws StoreError `unavailable` when another server keeps its turn for too long
 */
export async function inTurn<T>(store: Store, name: string, work: (stillMine: StillMine) => Promise<T>): Promise<T> {
  const turn = leaseName(name);
  const lease = store.lease(turn);
  return queued(
    store,
    turn,
    () => whileHeld(lease, work),
    () => lease.release(),
  );
}

/**
 * Runs `work` after all that was begun under this name before it, in this process alone. For changes of one record that the
 * store's version check decides anyway: callers who queue do not make each other begin again.
 */
export async function inLine<T>(store: Store, name: string, work: () => Promise<T>): Promise<T> {
  return queued(store, name, work, () => undefined);
}

/** @param letGo comes between this work and the next; the caller's answer does not wait for it */
async function queued<T>(store: Store, name: string, work: () => Promise<T>, letGo: () => unknown): Promise<T> {
  let names = queues.get(store);
  if (names === undefined) queues.set(store, (names = new Map<string, Promise<unknown>>()));
  const before = names.get(name) ?? Promise.resolve();
  const mine = before.then(work);
  // What is kept never rejects: the next in line does not care how this one ended, only that it let go.
  const ended = mine.then(letGo, letGo).catch(() => undefined);
  names.set(name, ended);
  void ended.then(() => {
    if (names.get(name) === ended) names.delete(name);
  });
  return mine;
}

async function whileHeld<T>(lease: Lease, work: (stillMine: StillMine) => Promise<T>): Promise<T> {
  const fence = await held(lease);
  // A sign that is not heard costs the turn to nobody but a server that cannot write anyway.
  const signs = setInterval(() => void lease.hold().catch(() => undefined), SIGN_OF_LIFE_MS);
  try {
    return await work(async () => {
      // Taken over and let go of since, it may be ours again: under another number.
      if ((await lease.hold()) !== fence) throw new StoreError('unavailable', 'this server slept past its turn');
    });
  } finally {
    clearInterval(signs);
  }
}

/** The fencing number of our turn. */
async function held(lease: Lease): Promise<number> {
  const untilMs = performance.now() + TURN_WAIT_MS;
  for (let lookMs: number = LOOK_AGAIN_MS.first; ; lookMs = Math.min(2 * lookMs, LOOK_AGAIN_MS.most)) {
    const fence = await lease.hold();
    if (fence !== null) return fence;
    if (performance.now() > untilMs)
      throw new StoreError('unavailable', 'another server has been at this for too long');
    await wait(lookMs);
  }
}

function leaseName(name: string): string {
  const kind = name.slice(0, name.indexOf(':'));
  return `turn:${kind}:${createHash('sha256').update(name).digest().readUInt32BE(0) % LEASES_A_KIND}`;
}
