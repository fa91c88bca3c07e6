// Work under a lease, with a heartbeat, so that no other server takes the lease over meanwhile.

import { LEASE_SILENCE_MS, type Lease } from './store.ts';

const HEARTBEAT_MS = LEASE_SILENCE_MS / 3;

export interface HeldLease {
  /** The fencing number under which this server holds the lease. */
  fence: number;
  /** Aborts when a heartbeat finds that another server took over. */
  lost: AbortSignal;
  /**
   * Asks the store whether the lease is still ours. A server that was suspended may have lost it between two
   * heartbeats.
   */
  isStillMine: () => Promise<boolean>;
}

/**
 * Runs `work` if this server can hold the lease, and returns its result; null if another server holds it. The lease is
 * kept afterwards: the caller releases it.
 * @param heartbeatMs shortened by tests
 * @throws StoreError, and what `work` throws
 */
export async function whileLeased<T>(
  lease: Lease,
  work: (held: HeldLease) => Promise<T>,
  heartbeatMs = HEARTBEAT_MS,
): Promise<{ made: T } | null> {
  const fence = await lease.hold();
  if (fence === null) return null;
  const lost = new AbortController();
  // A lease that was lost and regained has another number.
  const isStillMine = async (): Promise<boolean> => (await lease.hold()) === fence;
  // A failed heartbeat is harmless: this server cannot write either.
  const beat = (): void =>
    void isStillMine().then(
      (isMine) => isMine || lost.abort(),
      () => undefined,
    );
  const heartbeat = setInterval(beat, heartbeatMs);
  try {
    return { made: await work({ fence, lost: lost.signal, isStillMine }) };
  } finally {
    clearInterval(heartbeat);
  }
}
