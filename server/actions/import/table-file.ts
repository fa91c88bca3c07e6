// Tables as files: reads .xlsx and .csv as rows of text, and writes rows as either. The first bytes say which it is,
// not the name.
//
// A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) is written with an
// apostrophe before it. Reading takes the apostrophe off again. So an export runs nothing on a reader's machine and
// comes back unchanged.

import { Worker } from 'node:worker_threads';
import { CsvError, parse } from 'csv-parse/sync';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { ThreadCalls } from '../../kit/thread-call.ts';
import type { SheetOfText, TableWork } from './table-work.ts';

export const TABLE_BYTES_MAX = 8 * 1024 * 1024;
/** A province has some thousand products. */
export const TABLE_ROWS_MAX = 20_000;
const TABLE_COLUMNS_MAX = 60;
/** Bytes that a workbook may unpack to; a larger one is no list of products. */
const UNPACKED_BYTES_MAX = 200 * 1024 * 1024;
const READ_MS_MAX = 60_000;
const HEAP_MIB_MAX = 768;

export interface TextTable {
  heads: string[];
  /** As many cells as heads each. */
  rows: string[][];
}

export interface TableRow {
  /** From 1: the row of the sheet, or the line of the CSV file on which the row ends. */
  line: number;
  cells: string[];
}

/**
 * Reads leniently, for a person who checks the result: short rows are filled up and long ones cut.
 * Problems: invalid at `file`.
 */
export async function readTable(bytes: Uint8Array): Promise<Result<TextTable>> {
  const read = await readRows(bytes);
  if (!read.ok) return read;
  const [{ cells: heads }, ...rows] = read.value;
  while (heads.at(-1) === '') heads.pop();
  if (rows.length === 0) return unreadable('no-rows', 'The file has heads and no rows.');
  return ok({ heads, rows: rows.map(({ cells }) => heads.map((_head, at) => cells[at] ?? '')) });
}

/**
 * Reads strictly, for use without a person: every row must have as many cells as the header, and every head must be
 * unique.
 * Problems: invalid at `file`.
 */
export async function readExactTable(bytes: Uint8Array): Promise<Result<{ heads: string[]; rows: TableRow[] }>> {
  const read = await readRows(bytes);
  if (!read.ok) return read;
  const [{ line, cells: heads }, ...rows] = read.value;
  if (new Set(heads).size < heads.length) return unreadableLine(line, 'header', 'A column is in the header twice.');
  const crooked = rows.find(({ cells }) => cells.length !== heads.length);
  if (crooked === undefined) return ok({ heads, rows });
  const { length } = crooked.cells;
  return unreadableLine(crooked.line, 'cells', `This row has ${length} cells, the header ${heads.length}.`);
}

/** A row by the heads of its file. */
export interface NamedRow {
  line: number;
  cells: Readonly<Record<string, string>>;
}

/** As `readExactTable`, each row by its heads. */
export async function readNamedRows(bytes: Uint8Array): Promise<Result<NamedRow[]>> {
  const table = await readExactTable(bytes);
  if (!table.ok) return table;
  const { heads, rows } = table.value;
  return ok(
    rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? ''])),
    })),
  );
}

/** A fault of one line of the file. */
export function unreadableLine(line: number, code: string, message: string): ReturnType<typeof fieldProblem> {
  return unreadable(code, `Line ${line}: ${message}`);
}

/** The rows that are not empty, the heads first. Problems: invalid at `file`. */
async function readRows(bytes: Uint8Array): Promise<Result<[TableRow, ...TableRow[]]>> {
  if (bytes.length === 0) return unreadable('empty', 'The file is empty.');
  if (bytes.length > TABLE_BYTES_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_BYTES_MAX} bytes.`);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const read = isZip ? await readXlsx(bytes) : readCsv(bytes);
  if (!read.ok) return read;
  const [head, ...rows] = read.value
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => readSafeCell(cell.normalize('NFC').trim())) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (head === undefined) return unreadable('empty', 'The file is empty.');
  if (head.cells.findLastIndex((cell) => cell !== '') >= TABLE_COLUMNS_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_COLUMNS_MAX} columns.`);
  if (rows.length > TABLE_ROWS_MAX) return unreadable('too-large', `The file has more than ${TABLE_ROWS_MAX} rows.`);
  return ok([head, ...rows]);
}

/** A workbook; rows are text cells, already safe. */
export function writeXlsx(sheets: readonly SheetOfText[]): Promise<Uint8Array> {
  return inThread<Uint8Array>({
    kind: 'write',
    sheets: sheets.map(({ rows, ...sheet }) => ({ ...sheet, rows: rows.map((row) => row.map(safeCell)) })),
  });
}

/** A line of CSV, cells safe, with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(safeCell(cell))).join(',')}\r\n`;
}

/** Text that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** Undoes `safeCell`. */
export function readSafeCell(text: string): string {
  return /^'[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

function csvCell(text: string): string {
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function readCsv(bytes: Uint8Array): Result<TableRow[]> {
  let text: string;
  try {
    text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true }).decode(
      bytes,
    );
  } catch {
    return unreadable('encoding', 'The file is neither a workbook nor text in UTF-8.');
  }
  if (text.includes('\u0000')) return unreadable('format', 'The file is neither a workbook nor text.');
  try {
    const lines = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return ok(lines.map(({ info, record }) => ({ line: info.lines, cells: record })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadableLine(Number(error['lines'] ?? 1), 'csv', error.message);
  }
}

async function readXlsx(bytes: Uint8Array): Promise<Result<TableRow[]>> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === null) return unreadable('format', 'The file is no workbook (.xlsx).');
  if (unpacked > UNPACKED_BYTES_MAX) return unreadable('too-large', 'The workbook unpacks to too much.');
  try {
    const rows = await inThread<string[][]>({ kind: 'read', bytes });
    return ok(rows.map((cells, at) => ({ line: at + 1, cells })));
  } catch {
    return unreadable('format', 'The file is no workbook (.xlsx), or is broken.');
  }
}

/** The unpacked size of a zip by its directory; null: it has no directory. */
function unpackedBytes(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = Math.max(0, bytes.length - 65_557);
  for (let at = bytes.length - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    let sum = 0;
    let entry = view.getUint32(at + 16, true);
    const count = view.getUint16(at + 10, true);
    for (let one = 0; one < count; one += 1) {
      if (entry + 46 > bytes.length || view.getUint32(entry, true) !== 0x02014b50) return null;
      sum += view.getUint32(entry + 24, true);
      entry +=
        46 + view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
    }
    return sum;
  }
  return null;
}

/** Runs the work in a thread, which always ends. @throws ThreadError, also when it took too long */
async function inThread<T extends string[][] | Uint8Array>(work: TableWork): Promise<T> {
  const thread = new ThreadCalls<TableWork, T>({
    start: () =>
      new Worker(new URL('./table-worker.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
      }),
  });
  try {
    return await thread.call(work, { signal: AbortSignal.timeout(READ_MS_MAX) });
  } finally {
    void thread.terminate();
  }
}

/** A spreadsheet in Vietnamese saves semicolons, because its decimal mark is the comma. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function unreadable(code: string, message: string): ReturnType<typeof fieldProblem> {
  return fieldProblem('invalid', 'file', code, message);
}
