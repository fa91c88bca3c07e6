// What the spreadsheet thread is told: to read a file's first sheet as text, or to write sheets of text.

export interface SheetOfText {
  name: string;
  /** Heads first. */
  rows: readonly (readonly string[])[];
  /** In letters. */
  widths: readonly number[];
}

export type TableWork = { kind: 'read'; bytes: Uint8Array } | { kind: 'write'; sheets: readonly SheetOfText[] };
