// Cells that run nothing. If a spreadsheet would take a cell for a formula (it begins with = + - @, a tab or a line
// end, even after apostrophes), it is written with an extra apostrophe, which reading removes again. So an export runs
// nothing on a reader's machine and comes back unchanged.

import { z } from 'zod';

/** Text that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
  return /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** Undoes `safeCell`. */
export function readSafeCell(text: string): string {
  return /^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

/** Without this mark a spreadsheet does not read Vietnamese letters as UTF-8. */
export const BYTE_ORDER_MARK = '\u{FEFF}';
/** Separates the cells of a CSV line for Vietnamese spreadsheets, which use the comma for fractions. */
export const SHEET_SEPARATOR = ';';

/** A line of CSV as a Vietnamese spreadsheet opens it: semicolons, safe cells, and a line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(safeCell(cell))).join(SHEET_SEPARATOR)}\r\n`;
}

/** The query parameter that asks for a spreadsheet's form of a file that is otherwise for programs. */
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
