// A registry file that is being imported: uploaded, its columns matched, tried without changing anything, then applied
// row by row. It is stored as a document, so that the work continues after a restart.

import type { Entity, Id, Instant } from '../entity.ts';
import type { LeftOutRow } from './grid.ts';

export const REGISTRY_KINDS = ['producers', 'products', 'evaluations', 'certificates'] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/** Rows of one step, of one slice of the table and of one file of the report, at most: a second's work. */
export const CHUNK_ROWS = 500;

/**
 * matching: the columns are not confirmed yet; checking: rows are being tried; checked: ready to be applied; failed:
 * the file is not readable any more, or the store refused.
 */
export type ImportState = 'matching' | 'checking' | 'checked' | 'applying' | 'applied' | 'failed' | 'cancelled';

export const ROW_OUTCOMES = ['new', 'changed', 'same', 'wrong'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

export type RowCounts = Readonly<Record<RowOutcome, number>>;

export const NO_ROWS: RowCounts = { new: 0, changed: 0, same: 0, wrong: 0 };

/** Some rows of a table, in a file of their own: one step reads no others. */
export interface TableSlice {
  fileId: Id;
  /** At most CHUNK_ROWS. */
  rows: number;
}

export interface RegistryImport extends Entity {
  officeId: Id;
  kind: RegistryKind;
  fileName: string;
  /** The table as it was read, JSON in store.files: its first slice. */
  fileId: Id;
  /** The slices of the table, the first too. Absent in imports of before 1.1: one file holds the whole table. */
  slices?: readonly TableSlice[];
  /** The sheet in which the list was found; absent or null: a file without sheets. */
  sheet?: string | null;
  /** Rows of the file that are none of the list; absent: an import of before they were told apart. */
  leftOut?: LeftOutRow[];
  /** The heads in the file, in order. */
  heads: string[];
  rows: number;
  /** Our column -> position in `heads`; columns that are absent here are not read. */
  columns: Readonly<Record<string, number>>;
  state: ImportState;
  /** Rows tried (checking) or applied (applying) so far. */
  done: number;
  counts: RowCounts;
  /** Reports of the trial, later of the applied rows: JSON in store.files, one file a chunk. */
  reportFileIds: Id[];
  by: Id;
  endedAt: Instant | null;
}

/** Whether a job has work to do for it. */
export function isUnderWay({ state }: RegistryImport): boolean {
  return state === 'checking' || state === 'applying';
}

/** A step's place in the table. */
export interface Chunk {
  fileId: Id;
  /** Rows of that file before the step's. */
  skip: number;
  /** Rows of the table before the step's. */
  from: number;
  rows: number;
}

/** The steps of an import, in order; each has a report of its own. */
export function chunksOf({ slices, fileId, rows }: Pick<RegistryImport, 'slices' | 'fileId' | 'rows'>): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 0; from < rows;) {
    const slice = slices?.[chunks.length];
    const count = slice?.rows ?? Math.min(CHUNK_ROWS, rows - from);
    chunks.push({ fileId: slice?.fileId ?? fileId, skip: slice === undefined ? from : 0, from, rows: count });
    from += count;
  }
  return chunks;
}
