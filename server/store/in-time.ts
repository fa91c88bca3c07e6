// Limits the wait for a slow store.

import { StoreError } from './store.ts';

/**
 * Settles as `work` does.
 * @throws StoreError `unknown-commit` after `mostMs`: the work may still be done, but no caller waits for it
 */
export function inTime<T>(work: Promise<T>, mostMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new StoreError('unknown-commit', `no answer within ${mostMs} ms`)), mostMs);
    late.unref();
    void work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
