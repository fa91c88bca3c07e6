// An uploaded table, .xlsx or .csv, as rows of text. The first bytes decide which it is, not the name. Runs in the
// child process that reads uploads.

import { CHUNK_ROWS } from '../../domain/import/registry-import.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { readSafeCell } from '../import/safe-cell.ts';
import { readCsv } from './csv.ts';
import { unreadable, unreadableLine } from './unreadable.ts';
import {
  SLICE_LETTERS_MAX,
  TABLE_BYTES_MAX,
  TABLE_COLUMNS_MAX,
  TABLE_ROWS_MAX,
  type ExactTable,
  type ReadSlice,
  type TableRead,
  type TableRow,
  type TextTable,
} from './upload-work.ts';
import { readWorkbook } from './workbook.ts';

/**
 * Leniently, for a person who checks the result: short rows are padded and long ones cut. Exactly, for use without a
 * person: every row must have as many cells as the header, and every head must be unique. Problems: invalid at `file`.
 */
export async function readTableBytes(
  bytes: Uint8Array,
  isExact: boolean,
  tell: () => void,
): Promise<Result<TableRead>> {
  const read = await readRows(bytes, tell);
  if (!read.ok) return read;
  return isExact ? exactTable(read.value) : lenientTable(read.value);
}

function lenientTable([{ cells: heads }, ...rows]: [TableRow, ...TableRow[]]): Result<TableRead> {
  while (heads.at(-1) === '') heads.pop();
  if (rows.length === 0) return unreadable('no-rows', 'The file has heads and no rows.');
  return ok(asRead({ heads, rows: rows.map(({ cells }) => heads.map((_head, at) => cells[at] ?? '')) }));
}

function exactTable([{ line, cells: heads }, ...rows]: [TableRow, ...TableRow[]]): Result<TableRead> {
  if (new Set(heads).size < heads.length) return unreadableLine(line, 'header', 'A column is in the header twice.');
  const crooked = rows.find(({ cells }) => cells.length !== heads.length);
  if (crooked === undefined) return ok(asRead({ heads, rows }));
  const { length } = crooked.cells;
  return unreadableLine(crooked.line, 'cells', `This row has ${length} cells, the header ${heads.length}.`);
}

function asRead(table: TextTable | ExactTable): TableRead {
  const { heads } = table;
  const slices: ReadSlice[] = [];
  for (let from = 0; from < table.rows.length || slices.length === 0;) {
    const rows = table.rows.slice(from, from + rowsOfSlice(table, from));
    slices.push({ rows: rows.length, json: Buffer.from(JSON.stringify({ heads, rows })) });
    from += Math.max(1, rows.length);
  }
  return { heads, rows: table.rows.length, slices };
}

/** How many rows from `from` on make one slice: at least one, where there is one. */
function rowsOfSlice({ rows }: TextTable | ExactTable, from: number): number {
  let letters = 0;
  for (let count = 0; count < CHUNK_ROWS; count += 1) {
    const row = rows[from + count];
    if (row === undefined) return count;
    for (const cell of 'cells' in row ? row.cells : row) letters += cell.length;
    if (letters > SLICE_LETTERS_MAX && count > 0) return count;
  }
  return CHUNK_ROWS;
}

/** The rows that are not empty, the heads first. Problems: invalid at `file`. */
async function readRows(bytes: Uint8Array, tell: () => void): Promise<Result<[TableRow, ...TableRow[]]>> {
  if (bytes.length === 0) return unreadable('empty', 'The file is empty.');
  if (bytes.length > TABLE_BYTES_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_BYTES_MAX} bytes.`);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const read = isZip ? await readWorkbook(bytes, tell) : readCsv(bytes);
  if (!read.ok) return read;
  tell();
  const [head, ...rows] = read.value
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => readSafeCell(cell.normalize('NFC').trim())) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (head === undefined) return unreadable('empty', 'The file is empty.');
  if (head.cells.findLastIndex((cell) => cell !== '') >= TABLE_COLUMNS_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_COLUMNS_MAX} columns.`);
  if (rows.length > TABLE_ROWS_MAX) return unreadable('too-large', `The file has more than ${TABLE_ROWS_MAX} rows.`);
  return ok([head, ...rows]);
}
