// Cells that run nothing. If a spreadsheet would take a cell for a formula (it begins with = + - @, a tab or a line
// end, even after apostrophes), it is written with an extra apostrophe, which reading removes again. So an export runs
// nothing on a reader's machine and comes back unchanged.

import { z } from 'zod';

/** Text that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
  return /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/**
 * Text that a spreadsheet would take for a number or a day where it opens a CSV file: `0912345678` would lose its zero,
 * a GTIN become 8,93E+12, `2026-1` a month. A whole number of up to 11 digits without a zero before it stays as it is.
 */
function looksLikeFigure(text: string): boolean {
  const isFigure = /^\d[\d .,:/-]*$/.test(text) || /^\d+(?:[.,]\d*)?e\d+$/i.test(text);
  return isFigure && !/^(?:0|[1-9]\d{0,10})$/.test(text);
}

/**
 * A cell of text in a line of CSV for a spreadsheet: `="0912345678"`, the one form that Excel opens as text and saves
 * as the text alone. It holds digits and marks, so it can run nothing.
 */
function keptText(text: string): string {
  return looksLikeFigure(text) ? `="${text}"` : safeCell(text);
}

/** Undoes `safeCell` and `keptText`. */
export function readSafeCell(text: string): string {
  const kept = /^="([^"]*)"$/.exec(text)?.[1];
  if (kept !== undefined) return kept;
  return /^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

/** Without this mark a spreadsheet does not read Vietnamese letters as UTF-8. */
export const BYTE_ORDER_MARK = '\u{FEFF}';
/** Separates the cells of a CSV line for Vietnamese spreadsheets, which use the comma for fractions. */
export const SHEET_SEPARATOR = ';';

/**
 * A line of CSV as a Vietnamese spreadsheet opens it: semicolons, safe cells, and a line end.
 *
 * @param isFigure whether the cell of a column is a number or a day: the spreadsheet may read it as one
 */
export function csvLine(cells: readonly string[], isFigure: (at: number) => boolean = () => false): string {
  const written = cells.map((cell, at) => csvCell(isFigure(at) ? safeCell(cell) : keptText(cell)));
  return `${written.join(SHEET_SEPARATOR)}\r\n`;
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
