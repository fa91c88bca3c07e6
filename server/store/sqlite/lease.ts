// Leases in the embedded store. Two processes may have the same file open (a service and its successor), and only one
// of them at a time makes print files. The promise of a lease is in store.ts.

import { randomUUID } from 'node:crypto';
import type { Lease } from '../store.ts';
import type { LeaseSign } from './messages.ts';
import type { Writer } from './writer.ts';

/** A new holder for the lease of this name. */
export function leaseOf(name: string, writer: Writer, silenceMs: number): Lease {
  const me = randomUUID();
  let held: number | null = null;
  /** The other holder's last heartbeat, and when we first saw it. */
  let seen: (LeaseSign & { atMs: number }) | null = null;
  return {
    async hold() {
      const silent = seen !== null && performance.now() - seen.atMs >= silenceMs ? seen : null;
      const answer = await writer.send({ kind: 'hold-lease', name, me, held, silent });
      if (answer.kind === 'ours') {
        seen = null;
        held = answer.fence;
        return held;
      }
      held = null;
      if (seen?.fence !== answer.fence || seen.beat !== answer.beat)
        seen = { fence: answer.fence, beat: answer.beat, atMs: performance.now() };
      return null;
    },
    async release() {
      if (held === null) return;
      held = null;
      await writer.send({ kind: 'release-lease', name, me });
    },
  };
}
