// A registry file on its way in: uploaded, its columns matched, tried without changing anything, then applied row by row. It is a
// document of its own, so that the work goes on where it stopped, whoever restarts.

import type { Entity, Id, Instant } from '../entity.ts';

export const REGISTRY_KINDS = ['producers', 'products', 'evaluations', 'certificates'] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/**
 * matching: waits for its columns; checking: being tried; checked: waits to be applied; applying; applied; failed: the file
 * cannot be read any more, or the store refused; cancelled.
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
  /** The file's own heads, in order. */
  heads: string[];
  rows: number;
  /** Our column -> position in `heads`; what is not there is not read. */
  columns: Readonly<Record<string, number>>;
  state: ImportState;
  /** Rows tried or applied of this state's run. */
  done: number;
  counts: RowCounts;
  /** Report of the dry run, then of the run, JSON in store.files: one a chunk. */
  reportFileIds: Id[];
  by: Id;
  endedAt: Instant | null;
}

/** Whether a job has something to do with it. */
export function isUnderWay({ state }: RegistryImport): boolean {
  return state === 'checking' || state === 'applying';
}
