// The messages to the thread that writes workbooks.

/** A cell's value, before safeCell. */
export type WorkbookCell =
  string | number | null | { value: string; style: Readonly<Record<string, string | number | boolean>> };

export interface WorkbookSheet {
  name: string;
  rows: readonly (readonly WorkbookCell[])[];
  /** In letters. */
  widths: readonly number[];
  /** Rows at the top that stay visible when the sheet is scrolled. */
  stickyRows?: number;
}

/** A sheet's rows come in pieces, so that no message blocks the thread that answers look-ups. */
export type WorkbookWork =
  /** More rows of the workbook `id`. */
  | { kind: 'rows'; id: number; rows: readonly (readonly WorkbookCell[])[] }
  /** Writes the workbook. The rows sent before follow the first sheet's own rows. */
  | { kind: 'write'; id: number; sheets: readonly WorkbookSheet[]; font: WorkbookFont | null }
  /** The caller has given up on the workbook. */
  | { kind: 'forget'; id: number };

export interface WorkbookFont {
  fontFamily: string;
  fontSize: number;
}
