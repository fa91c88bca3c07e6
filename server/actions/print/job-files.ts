// Where the files of print jobs are, and whether the disk has room for more. The files hold codes, so only the
// service's own account may read the folder.

import { join } from 'node:path';
import type { Id } from '../../domain/entity.ts';
import type { SerialRange } from '../../domain/batches/intervals.ts';
import { partsOf, type JobRange, type PrintJob } from '../../domain/print/print-job.ts';
import type { Result } from '../../domain/problem.ts';
import { makePart, type MakePart } from '../../sheet/threads/make-part.ts';
import type { PartProgress } from '../../sheet/threads/part-progress.ts';
import { MM_PER_INCH } from '../../sheet/setting/layout.ts';
import { isThermal, type ThermalJob } from '../../sheet/thermal/thermal-job.ts';
import type { SheetJob } from '../../sheet/threads/sheet-job.ts';
import { checkRoom, type Room } from '../kit/room.ts';

export interface JobFiles {
  /** `DATA_DIR/print-jobs`; created with the first file. */
  folder: string;
  makePart: MakePart;
  /** What this server is making at the moment, by print job; kept in memory only. */
  underWay: Map<Id, PartUnderWay>;
}

/** A part in progress: nothing of it counts as done. */
export interface PartUnderWay extends PartProgress {
  part: number;
}

/** The most that a stamp, a page and a file take: measured 110 to 140, 320 and 40,000 bytes. */
const STAMP_BYTES = 200;
const PAGE_BYTES = 600;
const FILE_BYTES = 200_000;
/** A bitmap in which no row equals another, and the text around it. */
const DIGITS_PER_BYTE = 2;
const LABEL_HEAD_BYTES = 200;

/** @param dataDir an existing folder */
export function jobFilesIn(dataDir: string): JobFiles {
  return {
    folder: join(dataDir, 'print-jobs'),
    makePart,
    underWay: new Map(),
  };
}

export function jobFolder(files: JobFiles, jobId: Id): string {
  return join(files.folder, jobId);
}

export function partPath(files: JobFiles, job: Pick<PrintJob, 'id' | 'output'>, part: number): string {
  return join(jobFolder(files, job.id), `part-${part}.${job.output ?? 'pdf'}`);
}

/** The part of a print run's drawing that one file holds. */
export function partJob<J extends SheetJob>(job: J, { from, to }: SerialRange, skip: number): J {
  return { ...job, from, to, skip };
}

/** What a row of labels takes in a thermal printer's language; null: the job is for sheets. */
export function labelBytesOf(job: SheetJob | ThermalJob): number | null {
  if (!isThermal(job)) return null;
  const { widthMm, heightMm } = job.template.page;
  const dotsPerMm = job.thermal.dpi / MM_PER_INCH;
  const bytes = Math.ceil((widthMm * dotsPerMm) / 8 + 1) * Math.ceil(heightMm * dotsPerMm + 1);
  return bytes * (job.thermal.language === 'zpl' ? DIGITS_PER_BYTE : 1) + LABEL_HEAD_BYTES;
}

/** What the files of these stamps take on disk. */
export function bytesFor(job: JobRange & { labelBytes: number | null }): number {
  const stamps = job.to - job.from + 1;
  const pages = Math.ceil((stamps + job.skip) / job.placesPerPage);
  if (job.labelBytes !== null) return pages * job.labelBytes;
  return stamps * STAMP_BYTES + pages * PAGE_BYTES + partsOf(job).length * FILE_BYTES;
}

/** Whether the disk has room for print files of so many bytes. Problems: no-disk-space. */
export function checkPrintRoom({ room }: { room: Room }, bytes: number): Promise<Result<null>> {
  return checkRoom(
    room,
    'data',
    bytes,
    'The server’s disk has no room for these print files. Print fewer stamps, or ask its operator to make room.',
  );
}
