// A file of lists as it was read, before anybody knows which of its cells are the list: sheets of rows of text.

export interface GridRow {
  /** From 1: the row of the sheet, or the line of the CSV file on which the row ends. */
  line: number;
  cells: string[];
}

/** Cells that the file shows as one; all four from 0, both ends held. */
export interface Merge {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface GridSheet {
  /** Null: a CSV file, which has one sheet without a name. */
  name: string | null;
  isHidden: boolean;
  rows: GridRow[];
  /** `top` and `bottom` are lines less one. */
  merges: Merge[];
}

/** Why a row of the file is none of the list. */
export type LeftOut = 'above' | 'column-numbers' | 'section' | 'total' | 'below';

export interface LeftOutRow {
  line: number;
  reason: LeftOut;
  /** Its first words. */
  text: string;
}

/** Where the list is in a file: the sheet, from 0, and the line of the lowest row of its heads. */
export interface ListPlace {
  sheet: number;
  /** 0: where it fits a list best. */
  headLine: number;
}

/** What a text of the file outside the list says of every row, where the list has no column for it. */
export interface TitleValue {
  /** Our column. */
  column: string;
  value: string;
  /** The text that it was read from. */
  text: string;
}

/** The list in a file. */
export interface FoundTable {
  sheet: string | null;
  /** The position of that sheet. */
  sheetAt: number;
  /** The line of the lowest row of heads. */
  headLine: number;
  heads: string[];
  rows: GridRow[];
  leftOut: LeftOutRow[];
}

/** The first rows of a sheet, as a page shows them to choose the heads in. */
export interface SheetPicture {
  name: string | null;
  isHidden: boolean;
  rows: GridRow[];
}
