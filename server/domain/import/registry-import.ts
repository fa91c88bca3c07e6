// A registry file that is being imported: uploaded, its columns matched, tried without changing anything, then applied
// row by row. It is stored as a document, so that the work continues after a restart.

import type { Entity, Id, Instant } from '../entity.ts';
import type { LeftOutRow, ListPlace, TitleValue } from './grid.ts';

export const REGISTRY_KINDS = ['producers', 'products', 'evaluations', 'certificates'] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/** Rows of one step, of one slice of the table and of one file of the report, at most: a second's work. */
export const CHUNK_ROWS = 500;

/** A kind of record in each row of a list, and which column of the file is which of its own. */
export interface ListPart {
  kind: RegistryKind;
  /** Our column -> position in the heads. */
  columns: Readonly<Record<string, number>>;
}

/** A list in a sheet of the file. */
export interface SheetList {
  sheet: number;
  name: string;
  kind: RegistryKind;
  rows: number;
}

/** Something that keeps an import from being undone, and how many there are of it. */
export interface RestingRecord {
  /** What rests on the record; `changed`: the record itself was changed since; `erased`: its old values are erased. */
  what: string;
  /** The name of the record that it rests on. */
  name: string;
}

/** Named one by one; a person who reads so many knows enough. */
export const RESTING_MAX = 20;

/**
 * matching: the columns are not confirmed yet; checking: rows are being tried; checked: ready to be applied; failed:
 * the file is not readable any more, or the store refused; undoing: what rests on its records is looked for, then they
 * are taken back.
 */
export type ImportState =
  'matching' | 'checking' | 'checked' | 'applying' | 'applied' | 'failed' | 'cancelled' | 'undoing' | 'undone';

/** decide: the row would rename a record or move it elsewhere, which is recorded only where a person agreed to it. */
export const ROW_OUTCOMES = ['new', 'changed', 'same', 'decide', 'wrong'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

export type RowCounts = Readonly<Record<RowOutcome, number>>;

export const NO_ROWS: RowCounts = { new: 0, changed: 0, same: 0, decide: 0, wrong: 0 };

/** Some rows of a table, in a file of their own: one step reads no others. */
export interface TableSlice {
  fileId: Id;
  /** At most CHUNK_ROWS. */
  rows: number;
}

/** What a person said that a text of a closed column means; kept with the import and remembered for its office. */
export interface ValueAnswer {
  /** Our column. */
  column: string;
  /** As a file writes it. */
  word: string;
  /** Our word. */
  value: string;
}

/** Of one import: a list with more unknown words has its columns matched wrong. */
export const ANSWERS_MAX = 200;

/** One reason for which rows are wrong, however many they are. */
export interface FaultCause {
  /** Our column; empty: the whole row. */
  column: string;
  code: string;
  /** The text of a closed column that nobody has explained yet; null: another fault. */
  word: string | null;
  rows: number;
  /** The first lines of the file that have it. */
  lines: number[];
}

/** Causes counted one by one; rows of further ones are found in the list of wrong rows alone. */
export const CAUSES_MAX = 200;
export const CAUSE_LINES_MAX = 3;

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
  /** Other kinds of record in each row; absent or empty: none. */
  also?: readonly ListPart[];
  /** The file as it was uploaded, in pieces; absent: an import of before it was kept. */
  sourceFileIds?: readonly Id[];
  /** The first rows of its sheets, JSON. */
  pictureFileId?: Id;
  place?: ListPlace;
  /** The lists of a workbook that has several. */
  lists?: readonly SheetList[];
  /** What titles say of every row. */
  said?: readonly TitleValue[];
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
  /** Absent: an import of before values were asked for. */
  answers?: readonly ValueAnswer[];
  /** Of the rows tried or applied so far; absent: an import of before they were summed. */
  causes?: readonly FaultCause[];
  /** Whether a person agreed to the rows that rename or move a record. */
  renamesAgreed?: boolean;
  /** Reports of the trial while its rows are applied: what a row that was applied before a restart would have been. */
  trialFileIds?: readonly Id[];
  /** When the rows began to be applied; absent: not yet, or an import of before this was kept. */
  applyingSince?: Instant;
  /** Reports of the trial, later of the applied rows: JSON in store.files, one file a chunk. */
  reportFileIds: Id[];
  /** The counts of each report, so that a filtered list reads no others; absent: an import of before. */
  reportCounts?: readonly RowCounts[];
  /** While and after it is undone: whether what rests on it was looked for, and what was found. */
  undo?: { isLooked: boolean; rests: readonly RestingRecord[]; was: ImportState };
  by: Id;
  endedAt: Instant | null;
}

/** Whether a job has work to do for it. */
export function isUnderWay({ state }: RegistryImport): boolean {
  return state === 'checking' || state === 'applying' || state === 'undoing';
}

/** The kinds of record in each row, in the order in which one rests on another. */
export function partsOf({ kind, columns, also = [] }: Pick<RegistryImport, 'kind' | 'columns' | 'also'>): ListPart[] {
  return [{ kind, columns }, ...also].toSorted(
    (a, b) => REGISTRY_KINDS.indexOf(a.kind) - REGISTRY_KINDS.indexOf(b.kind),
  );
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
