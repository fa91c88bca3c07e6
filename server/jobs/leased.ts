// Work that one server at a time does: whoever holds the lease when its round comes. The others pass the round by.

import { LEASE_SILENCE_MS, type Lease } from '../store/store.ts';

/** A third of the silence after which another takes over. */
const SIGN_OF_LIFE_MS = LEASE_SILENCE_MS / 3;

/** Runs a round under the lease, or does nothing while another server holds it. Returns whether it ran. */
export async function runLeased(lease: Lease, round: () => Promise<void>): Promise<boolean> {
  if ((await lease.hold()) === null) return false;
  const signs = setInterval(() => void lease.hold().catch(() => undefined), SIGN_OF_LIFE_MS);
  try {
    await round();
    return true;
  } finally {
    clearInterval(signs);
    await lease.release();
  }
}
