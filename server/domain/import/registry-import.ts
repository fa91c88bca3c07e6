// A registry file on its way in: uploaded, its columns matched, tried without changing anything, then applied row by
// row. It is stored as a document, so that the work goes on where it stopped after a restart.

import type { Entity, Id, Instant } from '../entity.ts';

export const REGISTRY_KINDS = ['producers', 'products', 'evaluations', 'certificates'] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/** Rows of one step, and of one file of the report: a second's work at most. */
export const CHUNK_ROWS = 500;

/**
 * matching: waits for its columns; checking: rows are being tried; checked: waits to be applied; failed: the file can
 * no longer
 * be read, or the store refused.
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
  /** Our column -> position in `heads`; a column that is absent here is not read. */
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

/** Whether a job has work to do on it. */
export function isUnderWay({ state }: RegistryImport): boolean {
  return state === 'checking' || state === 'applying';
}
