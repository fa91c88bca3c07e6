// The messages to the spreadsheet thread: read a file's first sheet as text, or write sheets of text.

export interface SheetOfText {
  name: string;
  /** Heads first. */
  rows: readonly (readonly string[])[];
  /** In letters. */
  widths: readonly number[];
}

export type TableWork = { kind: 'read'; bytes: Uint8Array } | { kind: 'write'; sheets: readonly SheetOfText[] };
