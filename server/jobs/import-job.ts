// Works imports on, a chunk at a time, by whoever holds the lease: one runner across all servers, so that no row is applied by two at the
// same moment. Between chunks it lets go of the thread, and looks whether it was told to stop; a restart goes on with the next chunk.
// Every few rows it shows that it lives, and stops where it slept so long that another took over.

import { advanceImport, nextImport } from '../actions/advance-import.ts';
import type { ActionContext } from '../actions/context.ts';
import type { Lease } from '../store/store.ts';

const LEASE = 'imports';

/** The runner of a process. `work` does what there is to do and ends; call it again and again. */
export function makeImportRunner(context: Omit<ActionContext, 'request'>): { work: () => Promise<void>; stop: () => Promise<void> } {
  const ctx: ActionContext = { ...context, request: null };
  const lease: Lease = ctx.store.lease(LEASE);
  let stopped = false;
  let fence: number | null = null;
  const letGo = async (): Promise<void> => {
    if (fence === null) return;
    fence = null;
    await lease.release();
  };
  return {
    async work() {
      while (!stopped) {
        const next = await nextImport(ctx);
        if (next === null) break;
        const mine = await lease.hold();
        fence = mine;
        if (mine === null) return;
        // Null is a cancellation in this moment, or another's turn: the next look tells.
        await advanceImport(next, ctx, async () => (await lease.hold()) === mine);
      }
      await letGo();
    },
    async stop() {
      stopped = true;
      await letGo();
    },
  };
}
