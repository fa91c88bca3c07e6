// One at a time: work under the same name on the same store waits its turn. It is needed for rules about several
// records (an allowance and the batches counted against it), which the store's version check of one record cannot
// enforce.
//
// Callers in one process queue here. The first in the queue also holds the store's lease, so that servers queue as
// well. After a server has died, the next one continues within LEASE_SILENCE_MS. Decision:
// docs/decisions/0011-order-of-writes.md.

import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { LEASE_SILENCE_MS, StoreError, type Lease } from '../../store/store.ts';
import { whileLeased, type HeldLease } from '../../store/while-leased.ts';
import type { ActionContext } from './context.ts';

/** Give up after this long; longer than it takes to notice a dead holder. */
const TURN_WAIT_MS = 3 * LEASE_SILENCE_MS;
const LOOK_AGAIN_MS = { first: 5, most: 200 } as const;
/** Leases are kept for ever although names come and go, so all names of one kind share this many leases. */
const LEASES_A_KIND = 256;

/** Checks that we still hold the turn. @throws StoreError `unavailable` if another server holds it */
export type StillMine = () => Promise<void>;

/**
 * Runs `work` after everything that was begun under this name, on this server or another. A server that was suspended
 * for longer than its lease has lost its turn without knowing it. So `work` calls `stillMine` right before a write that
 * no version check can refuse.
 * @param name kind and subject: `allowance:…`. Work of one kind may take a turn of another kind, never of the same kind
 * @throws StoreError `unavailable` if another server keeps its turn for too long
 */
export async function inTurn<T>(
  ctx: Pick<ActionContext, 'store' | 'queues'>,
  name: string,
  work: (stillMine: StillMine) => Promise<T>,
): Promise<T> {
  const turn = leaseName(name);
  const lease = ctx.store.lease(turn);
  return ctx.queues.run(
    turn,
    () => whenFree(lease, (held) => work(() => refuseIfLost(held))),
    () => lease.release(),
  );
}

/**
 * Runs `work` after everything that was begun under this name in this process. For changes of one record, which the
 * store's version check protects: callers who queue do not make each other start again.
 */
export async function queuedHere<T>(
  ctx: Pick<ActionContext, 'queues'>,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  return ctx.queues.run(name, work);
}

/** Tries again until no other server holds the lease. */
async function whenFree<T>(lease: Lease, work: (held: HeldLease) => Promise<T>): Promise<T> {
  const untilMs = performance.now() + TURN_WAIT_MS;
  for (let lookMs: number = LOOK_AGAIN_MS.first; ; lookMs = Math.min(2 * lookMs, LOOK_AGAIN_MS.most)) {
    const done = await whileLeased(lease, work);
    if (done !== null) return done.made;
    if (performance.now() > untilMs)
      throw new StoreError('unavailable', 'another server has been at this for too long');
    await wait(lookMs);
  }
}

async function refuseIfLost(held: HeldLease): Promise<void> {
  if (!(await held.isStillMine())) throw new StoreError('unavailable', 'this server slept past its turn');
}

function leaseName(name: string): string {
  const kind = name.slice(0, name.indexOf(':'));
  return `turn:${kind}:${createHash('sha256').update(name).digest().readUInt32BE(0) % LEASES_A_KIND}`;
}
