// Processes imports, a chunk at a time. One runner across all servers holds the lease, so that no row is applied by two
// at once. Between chunks it yields the thread and checks whether it must stop; after a restart it continues with the
// next chunk. Every few rows it renews the lease, and it stops if another server has taken over.

import { advanceImport, failImport, NamedRecords, nextImport } from '../actions/import/advance-import.ts';
import { advanceUndo, OwnRecords } from '../actions/import/undo-import.ts';
import type { ActionContext } from '../actions/kit/context.ts';
import type { RegistryImport } from '../domain/import/registry-import.ts';
import { StoreError, type Lease } from '../store/store.ts';

const LEASE = 'imports';

/** The runner of a process. `work` does what is due and then returns; it is called again and again. */
export function makeImportRunner(context: Omit<ActionContext, 'request'>): {
  work: () => Promise<void>;
  stop: () => Promise<void>;
} {
  const ctx: ActionContext = { ...context, request: null };
  const lease: Lease = ctx.store.lease(LEASE);
  const named = new NamedRecords();
  const own = new OwnRecords();
  let stopped = false;
  /** Fails an import that can never be applied, so that it does not block all others. A store outage is rethrown. */
  const advance = async (next: RegistryImport, isMine: () => Promise<boolean>): Promise<void> => {
    try {
      if (next.state === 'undoing') await advanceUndo(next, ctx, isMine, own);
      else await advanceImport(next, ctx, isMine, named);
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
          // Null: it was just cancelled or taken over, or we are stopping. The next round finds out which.
          await advance(next, async () => !stopped && (await lease.hold()) === mine);
        }
      } finally {
        named.drop();
        if (isHeld) await lease.release();
      }
    },
    /** Finishes the rows under way; `work` releases the lease after them. */
    async stop() {
      stopped = true;
    },
  };
}
