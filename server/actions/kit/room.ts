// Whether the disks have room for a file. Every write of a file asks here first, so that a reserve stays free for the
// store itself: a full disk stops every look-up. With SQLite both disks are usually the same.

import { statfs } from 'node:fs/promises';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Store } from '../../store/store.ts';

/** `data`: the one of DATA_DIR; `store`: the database's. */
export type Disk = 'data' | 'store';

export interface Room {
  /** DISK_RESERVE_MIB. */
  reserveBytes: number;
  /** Bytes that may still be written; null: the system does not tell. */
  freeBytes: Record<Disk, () => Promise<number | null>>;
}

/** @param dataDir an existing folder */
export function roomIn(dataDir: string, store: Pick<Store, 'freeBytes'>, reserveBytes: number): Room {
  const data = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(dataDir);
    return bavail * bsize;
  };
  return { reserveBytes, freeBytes: { data, store: () => store.freeBytes() } };
}

/** Problems: no-disk-space, with `neededBytes` and `freeBytes`. */
export async function checkRoom(
  { reserveBytes, freeBytes }: Room,
  disk: Disk,
  bytes: number,
  detail = 'The server’s disk has no room for this file. Ask its operator to make room, then send it again.',
): Promise<Result<null>> {
  const free = await freeBytes[disk]();
  if (free === null || free - bytes >= reserveBytes) return ok(null);
  return fail('no-disk-space', detail, { details: { neededBytes: bytes + reserveBytes, freeBytes: free } });
}
