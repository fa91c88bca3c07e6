// Work that one server at a time does: the one that gets the lease when its round comes. The others skip the round.

import type { Lease } from '../store/store.ts';
import { whileLeased } from '../store/while-leased.ts';

/** Runs a round under the lease; does nothing if another server holds it. Returns whether it ran. */
export async function runLeased(lease: Lease, round: () => Promise<void>): Promise<boolean> {
  let ran = false;
  try {
    await whileLeased(lease, () => {
      ran = true;
      return round();
    });
  } finally {
    if (ran) await lease.release();
  }
  return ran;
}
