// Works imports on, a chunk at a time, by whoever holds the lease: one runner across all servers, so that no row is applied by two at the
// same moment. Between chunks it lets go of the thread, and looks whether it was told to stop; a restart goes on with the next chunk.
// Every few rows it shows that it lives, and stops where it slept so long that another took over.

import { advanceImport, failImport, nextImport } from '../actions/import/advance-import.ts';
import type { ActionContext } from '../actions/kit/context.ts';
import type { RegistryImport } from '../domain/import/registry-import.ts';
import { StoreError, type Lease } from '../store/store.ts';

const LEASE = 'imports';

/** The runner of a process. `work` does what there is to do and ends; call it again and again. */
export function makeImportRunner(context: Omit<ActionContext, 'request'>): {
  work: () => Promise<void>;
  stop: () => Promise<void>;
} {
  const ctx: ActionContext = { ...context, request: null };
  const lease: Lease = ctx.store.lease(LEASE);
  let stopped = false;
  /** An import that can never be applied must not keep all others waiting; a store that is away is waited for. */
  const advance = async (next: RegistryImport, isMine: () => Promise<boolean>): Promise<void> => {
    try {
      await advanceImport(next, ctx, isMine);
    } catch (error) {
      if (error instanceof StoreError && error.kind !== 'tampered') throw error;
      await failImport(next, ctx);
      throw new Error(`import ${next.id} was ended`, { cause: error });
    }
  };
  return {
    async work() {
      let isHeld = false;
      try {
        while (!stopped) {
          const next = await nextImport(ctx);
          if (next === null) break;
          const mine = await lease.hold();
          isHeld = mine !== null;
          if (!isHeld) break;
          // Null is a cancellation in this moment, another's turn, or our end: the next look tells.
          await advance(next, async () => !stopped && (await lease.hold()) === mine);
        }
      } finally {
        if (isHeld) await lease.release();
      }
    },
    /** The rows under way are finished; `work` lets go of the lease after them. */
    async stop() {
      stopped = true;
    },
  };
}
