// A print job: the print files of a run of stamps, made in the background, in numbered parts. Each part is read back
// from its own bytes before any of them is offered. The print run keeps what the paper says (print-run.ts); the job
// keeps how far its files are. Decision: docs/decisions/0016-print-jobs.md.

import type { Entity, Id, Instant } from '../entity.ts';
import type { SerialRange } from '../batches/intervals.ts';
import type { PrintRun } from './print-run.ts';

export const PRINT_JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type PrintJobState = (typeof PRINT_JOB_STATES)[number];

/**
 * Larger jobs are split into several files: a hundred thousand stamps are 13 MB, which a print shop can open without
 * waiting.
 */
export const PART_STAMPS_MAX = 100_000;

/**
 * Labels are bitmaps of at most 12 kB each, so such a file is at most 120 MB, which a printer's own program accepts.
 */
export const PART_LABELS_MAX = 10_000;

/** A part whose file was written and read back. */
export interface FinishedPart extends SerialRange {
  /** From 1. */
  part: number;
  bytes: number;
  /** Of the file, hex. */
  sha256: string;
  /** Stamps read back from it, all of them right. */
  checked: number;
}

/** `our-fault`: a fault of this program; the log has the details. */
export const JOB_FAILURES = ['read-back', 'no-disk-space', 'cannot-be-set', 'gave-up', 'our-fault'] as const;

/** Why a job failed, for people and programs. */
export interface PrintJobFailure {
  code: (typeof JOB_FAILURES)[number];
  /** One English sentence. */
  detail: string;
  /** The first stamps that were not read back as they must be, and how many more there are. */
  serials: number[];
  more: number;
}

export interface PrintJob extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  /** The print run that keeps what the paper says. */
  printRunId: Id;
  template: string;
  from: number;
  to: number;
  skip: number;
  /** How many label places a page has: parts end with their page. */
  placesPerPage: number;
  /** A sheet, or labels in a thermal printer's language. */
  output: PrintRun['output'];
  by: Id;
  state: PrintJobState;
  /** In order; grows while the job runs, and never shrinks. */
  finished: FinishedPart[];
  failure: PrintJobFailure | null;
  readBack: { checked: number; matched: number };
  /** Fencing number of the runner that wrote last; 0: no runner has written yet. */
  fence: number;
  /** How often a runner began since the last part was finished. A job that ends its runner each time is failed. */
  attempts: number;
  /** When it became done, failed or cancelled. */
  endedAt: Instant | null;
}

export interface PartRange extends SerialRange {
  part: number;
  /** Label places left out on the part's first page. */
  skip: number;
}

/** The fields of a job that decide how it is split into files; the output is PDF by default. */
export type JobRange = Pick<PrintJob, 'from' | 'to' | 'skip' | 'placesPerPage'> & Partial<Pick<PrintJob, 'output'>>;

/** The parts of a job: whole pages but for its first and last, of PART_STAMPS_MAX stamps (or labels) at most. */
export function partsOf(job: JobRange): PartRange[] {
  const most = (job.output ?? 'pdf') === 'pdf' ? PART_STAMPS_MAX : PART_LABELS_MAX;
  const perPart = Math.floor(most / job.placesPerPage) * job.placesPerPage;
  const parts: PartRange[] = [];
  let skip = job.skip;
  for (let from = job.from; from <= job.to; skip = 0) {
    // The last part need not end with a page.
    const to = job.to - from < most ? job.to : from + perPart - skip - 1;
    parts.push({ part: parts.length + 1, from, to, skip });
    from = to + 1;
  }
  return parts;
}

/** Sheets of a job. Its first sheet may be partly used already. */
export function sheetCount(job: Pick<PrintJob, 'from' | 'to' | 'skip' | 'placesPerPage'>): number {
  return Math.ceil((job.skip + job.to - job.from + 1) / job.placesPerPage);
}

/** Whether every file is finished and read back: from here on the stamps count as printed. */
export function hasAllFiles(job: JobRange & Pick<PrintJob, 'finished'>): boolean {
  return job.finished.length >= partsOf(job).length;
}

/**
 * Stamps whose files are finished and read back. How far the part that is being drawn has come is kept elsewhere
 * (actions/print/job-files.ts).
 */
export function stampsDone(job: Pick<PrintJob, 'finished'>): number {
  return job.finished.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

export function hasEnded(job: Pick<PrintJob, 'state'>): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}
