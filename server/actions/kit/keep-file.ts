// Stores a file. Nothing else in the service puts one into the store: here the reserve of disk and the day's quota are
// checked first, and the id gets the day by which a file that no record came to name is swept (jobs/file-sweep.ts).

import type { Id } from '../../domain/entity.ts';
import { fileIdOf } from '../../domain/file-id.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from './context.ts';
import type { QuotaName } from './day-quotas.ts';
import { withinQuota } from './within-quota.ts';
import { checkRoom } from './room.ts';
import { idOfText, newId } from './save.ts';

interface NewFile {
  mediaType: string;
  bytes: Uint8Array;
  /** Of its id; ends with a dot. Absent: none. */
  prefix?: string;
  /** The file that it is made from: its id follows from that one's and from `part`. */
  of?: { file: Id; part: string };
  /** The count that it adds to, and whose. Absent: its action bounds it otherwise. */
  quota?: { name: QuotaName; of: Id };
}

/** The id of the stored file. Problems: no-disk-space, quota-reached. */
export async function keepFile(
  ctx: ActionContext,
  { mediaType, bytes, prefix = '', of, quota }: NewFile,
): Promise<Result<Id>> {
  const room = await checkRoom(ctx.room, 'store', bytes.length);
  if (!room.ok) return room;
  const keep = async (): Promise<Result<Id>> => {
    const own = of === undefined ? newId(ctx) : idOfText(`${of.file}\n${of.part}`);
    const id = fileIdOf(own, ctx.now(), prefix);
    await ctx.store.files.put(id, mediaType, bytes);
    return ok(id);
  };
  return quota === undefined ? keep() : withinQuota(ctx, quota.name, quota.of, keep);
}
