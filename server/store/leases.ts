// Leases: of all servers, one does a thing.

/** One process at a time does a thing. Clocks of two machines are never compared: each measures silence by itself. */
export interface Lease {
  /**
   * Our fencing number if we hold it after a renewal or a take-over; null if another holds it. It is taken over only
   * from a holder that released it or did not renew it for LEASE_SILENCE_MS. Each take-over has a higher number, so a
   * former holder that wakes late recognises that its own is lower.
   */
  hold(): Promise<number | null>;
  /** Lets another holder take over at once. */
  release(): Promise<void>;
}

/** Far longer than a busy machine delays a heartbeat. The work of a dead server waits this long. */
export const LEASE_SILENCE_MS = 6_000;
