// Cells that run nothing. A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line
// end, also behind apostrophes of its own) is written with an apostrophe before it. Reading takes one off again. So
// an export runs nothing on a reader's machine and comes back unchanged.

import { z } from 'zod';

/** Text that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
  return /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** Undoes `safeCell`. */
export function readSafeCell(text: string): string {
  return /^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

/** A spreadsheet needs the mark to read Vietnamese letters as UTF-8. */
export const BYTE_ORDER_MARK = '\u{FEFF}';
/** Between the cells of a line that a Vietnamese spreadsheet opens: there the comma begins a fraction. */
export const SHEET_SEPARATOR = ';';

/** A line of CSV as a Vietnamese spreadsheet opens it: semicolons, cells safe, with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(safeCell(cell))).join(SHEET_SEPARATOR)}\r\n`;
}

/** The query of a file for programs that is to open in a spreadsheet instead. */
export const forSheet = z
  .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })
  .meta({ minLength: 1, maxLength: 5 })
  .default(false)
  .meta({ description: 'As a Vietnamese spreadsheet opens it: byte order mark, semicolons.' });

/** A line of CSV without quoted cells, as a spreadsheet opens it. */
export function sheetLine(line: string): string {
  return line.replaceAll(',', SHEET_SEPARATOR);
}

function csvCell(text: string): string {
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
