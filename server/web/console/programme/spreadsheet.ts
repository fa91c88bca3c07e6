// Tables as an .xlsx file for people: title lines, bold heads, figures as numbers. Text stays text by the rule of all
// exports (safe-cell.ts), even after somebody has saved it as CSV.

import { writeWorkbook } from '../../../actions/import/write-workbook.ts';

export interface SheetTable {
  name: string;
  /** Widths in letters. */
  widths: readonly number[];
  /** Lines above the table: title, day, source. */
  lines: readonly string[];
  heads: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Excel's own bound. */
const NAME_LETTERS_MAX = 31;

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function spreadsheetOf(tables: readonly SheetTable[]): Promise<Uint8Array> {
  const sheets = tables.map(({ name, widths, lines, heads, rows }) => ({
    name: name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, NAME_LETTERS_MAX),
    widths,
    rows: [
      ...lines.map((value, at) => [{ value, style: at === 0 ? TITLE : {} }]),
      ...(lines.length > 0 ? [[]] : []),
      heads.map((value) => ({ value, style: HEAD })),
      ...rows,
    ],
  }));
  return writeWorkbook(sheets, { font: { fontFamily: 'Arial', fontSize: 11 } });
}

const TITLE = { fontWeight: 'bold', fontSize: 14 };
const HEAD = { fontWeight: 'bold', bottomBorderStyle: 'medium', wrap: true };
