// Reads and writes spreadsheets in a separate thread: a hostile upload (a bomb, a loop) harms only that thread, and
// look-ups are answered all the time. A formula's cell gives the saved value; formulas are never computed.

import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { answerCalls } from '../../kit/thread-call.ts';
import type { TableWork } from './table-work.ts';

answerCalls<TableWork, string[][] | Uint8Array>((work) => (work.kind === 'read' ? read(work.bytes) : write(work)));

async function read(bytes: Uint8Array): Promise<string[][]> {
  const rows = await readSheet<string>(Buffer.from(bytes), { parseNumber: (text) => text, trim: true });
  return rows.map((row) => row.map(cellText));
}

/** Days as people and the rest of the import write them. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return plainNumber(cell);
  return typeof cell === 'boolean' ? String(cell) : '';
}

/** A long number that the file holds as `9.52E+12`. */
function plainNumber(text: string): string {
  return /^\d(?:\.\d+)?[Ee]\+?\d{1,2}$/.test(text) ? BigInt(Math.round(Number(text))).toString() : text;
}

async function write({ sheets }: Extract<TableWork, { kind: 'write' }>): Promise<Uint8Array> {
  const written = sheets.map(({ name, rows, widths }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width })),
    data: rows.map((row, at) =>
      row.map((value) => ({ value, type: String, ...(at === 0 ? { fontWeight: 'bold' as const } : {}) })),
    ),
  }));
  return new Uint8Array(await writeXlsxFile(written).toBuffer());
}
