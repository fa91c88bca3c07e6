// A registry file that is being imported: uploaded, its columns matched, tried without changing anything, then applied
// row by row. It is stored as a document, so that the work continues after a restart.

import type { Entity, Id, Instant } from '../entity.ts';

export const REGISTRY_KINDS = ['producers', 'products', 'evaluations', 'certificates'] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/** Rows in one step, and in one file of the report: at most a second's work. */
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

export interface RegistryImport extends Entity {
  officeId: Id;
  kind: RegistryKind;
  fileName: string;
  /** The table as it was read, JSON in store.files. */
  fileId: Id;
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
