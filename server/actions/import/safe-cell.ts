// Cells that run nothing. A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line
// end) is written with an apostrophe before it. Reading takes the apostrophe off again. So an export runs nothing on a
// reader's machine and comes back unchanged.

/** Text that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** Undoes `safeCell`. */
export function readSafeCell(text: string): string {
  return /^'[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

/** A line of CSV, cells safe, with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(safeCell(cell))).join(',')}\r\n`;
}

function csvCell(text: string): string {
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
