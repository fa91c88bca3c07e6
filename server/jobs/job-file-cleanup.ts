// Removes old print files. Each holds codes, and can be made again at any time from its print run. Also removes what a
// killed process left behind: unfinished files, and folders of jobs that no longer exist.

import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasEnded } from '../domain/print/print-job.ts';
import { UNFINISHED } from '../sheet/threads/part-file.ts';
import { systemCode } from '../sheet/threads/system-error.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 86_400_000;
/** A file that is still being written is younger. */
const UNFINISHED_MS = DAY_MS;

/** One round. Returns how many files were removed. */
export async function cleanJobFiles(
  store: Pick<Store, 'printJobs'>,
  folder: string,
  now: Date,
  keptDays: number,
): Promise<number> {
  let removed = 0;
  for (const jobId of await namesIn(folder)) {
    const job = await store.printJobs.get(jobId);
    const isEnded = job === null || hasEnded(job);
    for (const name of await namesIn(join(folder, jobId))) {
      const path = join(folder, jobId, name);
      const age = now.getTime() - ((await stat(path).catch(() => null))?.mtimeMs ?? now.getTime());
      const isOld = name.endsWith(UNFINISHED) ? age > UNFINISHED_MS : isEnded && age > keptDays * DAY_MS;
      if (!isOld) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    // A folder that is not empty stays, also if a file is being made in it at this moment.
    if (isEnded) await rmdir(join(folder, jobId)).catch(() => undefined);
  }
  return removed;
}

/** Empty if there is no such folder, because no print job was made yet. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
