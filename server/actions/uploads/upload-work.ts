// The messages between the service and the child process that reads uploads.

import type { GridRow, LeftOutRow, ListPlace, SheetPicture } from '../../domain/import/grid.ts';
import type { SheetList } from '../../domain/import/registry-import.ts';
import type { Result } from '../../domain/problem.ts';
import type { SheetMark } from '../../sheet/threads/sheet-job.ts';

export type UploadWork =
  /**
   * `isExact`: as `readExactTable` of import/table-file.ts, else as `readTable`. `place`: where a person says that the
   * list is; null: it is looked for.
   */
  | { kind: 'table'; bytes: Uint8Array; isExact: boolean; place: ListPlace | null }
  | { kind: 'picture'; bytes: Uint8Array; form: 'webp' | 'png' | 'jpeg'; sideMaxPx: number }
  /** A photograph that buyers see, in its three sizes. */
  | { kind: 'photo'; bytes: Uint8Array }
  /** A paper whose pages buyers see (domain/registry/proof.ts). */
  | { kind: 'pages'; bytes: Uint8Array }
  /** An office's artwork, for drawing. */
  | { kind: 'mark'; bytes: Uint8Array };

export interface TableRead {
  heads: string[];
  rows: number;
  /** The sheet that holds the list; null: a file without sheets. */
  sheet: string | null;
  place: ListPlace;
  pictures: SheetPicture[];
  /** The lists that its sheets hold, the one that was read among them. */
  lists: SheetList[];
  /** Rows of the file that are none of the list. */
  leftOut: LeftOutRow[];
  /** In order, at least one. */
  slices: ReadSlice[];
}

/** Some rows of a table, small enough to be parsed between two look-ups. */
export interface ReadSlice {
  rows: number;
  /** `TextTable`, or `ExactTable` if that was asked for, as JSON in UTF-8: bytes cost the service nothing. */
  json: Uint8Array;
}

/** The list that was found in a file. Each row has as many cells as there are heads. */
export interface TextTable {
  heads: string[];
  rows: TableRow[];
}

export type TableRow = GridRow;

/** A file that is nothing but the list. */
export type ExactTable = TextTable;

/** `broken` also for a picture with more than PHOTO_PIXELS_MAX pixels. */
export type PictureRead = { kind: 'picture'; bytes: Uint8Array } | { kind: 'broken' };

/** As domain/photo-sizes.ts has them. */
export type PhotoRead = { kind: 'photo'; large: Uint8Array; px112: Uint8Array; px336: Uint8Array } | { kind: 'broken' };

/** `left`: how many pages follow those that were drawn. `broken` also for a PDF that asks for a password. */
export type PagesRead = { kind: 'pages'; pages: Uint8Array[]; left: number } | { kind: 'broken' };

/** As sheet/threads/sheet-job.ts has it. */
export type MarkRead = { kind: 'mark'; mark: SheetMark } | { kind: 'broken' };

export type UploadRead = Result<TableRead> | PictureRead | PhotoRead | PagesRead | MarkRead;

/** Of the cells in a slice: some two milliseconds to parse. A single row may be longer. */
export const SLICE_LETTERS_MAX = 128 * 1024;
/** A hundred thousand rows as CSV take 7 MiB, in UTF-16 twice that. */
export const TABLE_BYTES_MAX = 16 * 1024 * 1024;
/** Characters of all cells together. A workbook can store a text once and show it in a million cells. */
export const TABLE_LETTERS_MAX = TABLE_BYTES_MAX;
/** A province has some thousand products; all that the programme has rated are some seventeen thousand. */
export const TABLE_ROWS_MAX = 100_000;
export const TABLE_COLUMNS_MAX = 60;
/**
 * The last row and column in which a workbook may have a cell: half of the rows may be blank, and columns may be notes.
 */
export const ROW_REF_MAX = 2 * TABLE_ROWS_MAX;
export const COLUMN_REF_MAX = 256;
/** Bytes that a workbook may unpack to, counted while it is unpacked. */
export const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;
/** Files in a workbook; each sheet has a few. */
export const ENTRIES_MAX = 2_000;

/**
 * A phone's best camera has 200 megapixels, its everyday picture 12 to 50; each costs four bytes while it is decoded.
 */
export const PHOTO_PIXELS_MAX = 50_000_000;
