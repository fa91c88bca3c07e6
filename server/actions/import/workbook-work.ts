// The messages to the thread that writes workbooks.

/** A cell, before it is made safe. */
export type WorkbookCell =
  string | number | null | { value: string; style: Readonly<Record<string, string | number | boolean>> };

export interface WorkbookSheet {
  name: string;
  rows: readonly (readonly WorkbookCell[])[];
  /** In letters. */
  widths: readonly number[];
  /** Rows at the top that stay when the sheet is scrolled. */
  stickyRows?: number;
}

/** A sheet's rows come in pieces, so that no message holds up the thread that answers look-ups. */
export type WorkbookWork =
  /** Rows of the workbook `id`, after those that came before. */
  | { kind: 'rows'; id: number; rows: readonly (readonly WorkbookCell[])[] }
  /** Writes the workbook; the rows that came before are those of its first sheet, after its own. */
  | { kind: 'write'; id: number; sheets: readonly WorkbookSheet[]; font: WorkbookFont | null }
  /** Nobody waits for the workbook any more. */
  | { kind: 'forget'; id: number };

export interface WorkbookFont {
  fontFamily: string;
  fontSize: number;
}
