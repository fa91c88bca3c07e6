// One part of a print job on disk. It is written under an unfinished name and read back from there. It gets its final
// name only if every stamp that was checked is right. So a file with a final name is complete and verified, even after
// a power cut. A part worker runs this; all other code calls make-part.ts.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Problem } from '../../domain/problem.ts';
import { syncFolder } from '../../kit/folder.ts';
import { drawSheetInProcess } from '../pdf/draw-job.ts';
import type { TellProgress } from './part-progress.ts';
import { fileBytes } from '../read-back/pdf-file.ts';
import { readBackLabels } from '../read-back/read-back-labels.ts';
import { readBackFile, type StampFault } from '../read-back/read-back.ts';
import { SheetError } from '../setting/sheet-error.ts';
import { drawLabelsInProcess } from '../thermal/draw-labels.ts';
import { isThermal, type ThermalJob } from '../thermal/thermal-job.ts';
import type { SheetJob } from './sheet-job.ts';
import { systemCode } from './system-error.ts';

export interface PartRequest {
  job: SheetJob | ThermalJob;
  /** Stamps of the whole print job: a small job is read back completely. */
  jobStamps: number;
  /** Draws the sample of a large one. */
  seed: string;
  /** Where the file will be. Its folder is created. */
  path: string;
  /** Distinguishes this writer's unfinished file from another writer's of the same part. */
  writer: string;
}

export type PartMade =
  | { kind: 'made'; bytes: number; sha256: string; checked: number }
  /** Nothing was kept. */
  | { kind: 'not-as-drawn'; checked: number; matched: number; faults: StampFault[]; more: number }
  | { kind: 'no-disk-space' }
  | { kind: 'cannot-be-set'; problem: Problem };

/** Faults that are named one by one. */
const NAMED_FAULTS_MAX = 100;
/** Ending of the name of an unfinished file. */
export const UNFINISHED = '.unfinished';
const NO_SPACE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * @param tell called after each page with the progress
 * @param write writes the job's file to disk, durable except for its name
 */
export async function makePartInProcess(
  request: PartRequest,
  tell: TellProgress = () => undefined,
  write = writePart,
): Promise<PartMade> {
  const { job, jobStamps, seed, path, writer } = request;
  const folder = dirname(path);
  const unfinished = `${path}.${writer}${UNFINISHED}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const written = write(unfinished, job, (drawn) => tell({ drawn, read: 0 }));
    const source = fileBytes(unfinished);
    let read: Awaited<ReturnType<typeof readBackFile>>;
    try {
      const passed = (stamps: number): void => tell({ drawn: job.to - job.from + 1, read: stamps });
      read = isThermal(job)
        ? await readBackLabels(source, job, jobStamps, seed, passed)
        : await readBackFile(source, job, jobStamps, seed, passed);
    } finally {
      source.close();
    }
    const { checked, matched, faults } = read;
    if (matched !== checked || faults.length > 0) {
      rmSync(unfinished, { force: true });
      return {
        kind: 'not-as-drawn',
        checked,
        matched,
        faults: faults.slice(0, NAMED_FAULTS_MAX),
        more: Math.max(0, faults.length - NAMED_FAULTS_MAX),
      };
    }
    renameSync(unfinished, path);
    // The name of the folder itself may be new as well.
    for (const each of [folder, dirname(folder)]) syncFolder(each);
    return { kind: 'made', ...written, checked };
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (error instanceof SheetError) return { kind: 'cannot-be-set', problem: error.problem };
    if (NO_SPACE.has(systemCode(error) ?? '')) return { kind: 'no-disk-space' };
    throw error;
  }
}

export function writePart(
  path: string,
  job: SheetJob | ThermalJob,
  onDrawn?: (stamps: number) => void,
): { bytes: number; sha256: string } {
  const file = openSync(path, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    const chunks = isThermal(job) ? drawLabelsInProcess(job, onDrawn) : drawSheetInProcess(job, onDrawn);
    for (const chunk of chunks) {
      hash.update(chunk);
      for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
      bytes += chunk.length;
    }
    fsyncSync(file);
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}
