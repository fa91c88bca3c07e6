// Tables as an .xlsx file for people: title lines, bold heads, figures as numbers. Text stays text by the rule of every
// export (table-file.ts `safeCell`), also after somebody saved it as CSV.

import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { safeCell } from '../../../actions/import/table-file.ts';

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

export async function spreadsheetOf(tables: readonly SheetTable[]): Promise<Uint8Array> {
  const sheets = tables.map(({ name, widths, lines, heads, rows }) => {
    const data: SheetData = [
      ...lines.map((line, i) => [
        { value: safeCell(line), ...(i === 0 ? { fontWeight: 'bold' as const, fontSize: 14 } : {}) },
      ]),
      ...(lines.length > 0 ? [[]] : []),
      heads.map((head) => ({
        value: safeCell(head),
        fontWeight: 'bold' as const,
        bottomBorderStyle: 'medium' as const,
        wrap: true,
      })),
      ...rows.map((row) =>
        row.map((cell) =>
          cell === null
            ? null
            : typeof cell === 'number'
              ? { value: cell, format: '#,##0' }
              : { value: safeCell(cell) },
        ),
      ),
    ];
    return {
      data,
      sheet: name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, NAME_LETTERS_MAX),
      columns: widths.map((width) => ({ width })),
    };
  });
  return new Uint8Array(await writeXlsxFile(sheets, { fontFamily: 'Arial', fontSize: 11 }).toBuffer());
}
