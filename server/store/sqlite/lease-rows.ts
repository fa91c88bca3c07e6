// Leases as rows, written in the writer thread. The promise of a lease is in store.ts, the main thread's half in
// lease.ts.

import type { DatabaseSync } from 'node:sqlite';
import { prepare, rowOf } from './connection.ts';
import type { LeaseAnswer, Write } from './messages.ts';

const FIND = `select holder, fence, beat from lease where name = ?`;
const KEEP = `insert into lease (name, holder, fence, beat) values (?, ?, ?, ?)
  on conflict (name) do update set holder = excluded.holder, fence = excluded.fence, beat = excluded.beat`;
const RELEASE = `update lease set holder = '' where name = ? and holder = ?`;

/**
 * In the writer's transaction: renews the holder's lease, or takes over one that is free, or as silent as the caller
 * saw it.
 */
export function holdLease(
  db: DatabaseSync,
  { name, me, held, silent }: Extract<Write, { kind: 'hold-lease' }>,
): LeaseAnswer {
  const row = rowOf(prepare(db, FIND), name);
  const [holder, fence, beat] = row === null ? ['', 0, 0] : (row as [string, number, number]);
  const keep = (nextFence: number, nextBeat: number): LeaseAnswer => {
    prepare(db, KEEP).run(name, me, nextFence, nextBeat);
    return { kind: 'ours', fence: nextFence };
  };
  if (holder === me && fence === held) return keep(fence, beat + 1);
  const isFree = holder === '' || (silent !== null && silent.fence === fence && silent.beat === beat);
  return isFree ? keep(fence + 1, 0) : { kind: 'taken', fence, beat };
}

export function releaseLease(db: DatabaseSync, { name, me }: Extract<Write, { kind: 'release-lease' }>): null {
  prepare(db, RELEASE).run(name, me);
  return null;
}
