// Tables as files: an uploaded .xlsx or .csv as rows of text, and rows as .xlsx or .csv. What the sender calls the file is not
// believed; its first bytes are.
//
// A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) is written with an apostrophe before
// it, which reading takes off again: so an export runs nothing on anybody's machine, and comes back as it was.

import { Worker } from 'node:worker_threads';
import { CsvError, parse } from 'csv-parse/sync';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { SheetOfText, TableWork } from './table-work.ts';

export const TABLE_BYTES_MAX = 8 * 1024 * 1024;
/** A province has some thousand products. */
export const TABLE_ROWS_MAX = 20_000;
export const TABLE_COLUMNS_MAX = 60;
/** What a packed file may unpack to: more is no list of products. */
const UNPACKED_BYTES_MAX = 200 * 1024 * 1024;
const READ_MS_MAX = 60_000;
const HEAP_MIB_MAX = 768;

export interface TextTable {
  heads: string[];
  /** As many cells as heads each. */
  rows: string[][];
}

/** Problems: invalid at `file`. */
export async function readTable(bytes: Uint8Array): Promise<Result<TextTable>> {
  if (bytes.length === 0) return unreadable('empty', 'The file is empty.');
  if (bytes.length > TABLE_BYTES_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_BYTES_MAX} bytes.`);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const cells = isZip ? await readXlsx(bytes) : readCsv(bytes);
  return cells.ok ? tableOf(cells.value) : cells;
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

/** What `safeCell` was given. */
export function readSafeCell(text: string): string {
  return /^'[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

function csvCell(text: string): string {
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tableOf(cells: readonly (readonly string[])[]): Result<TextTable> {
  const filled = cells
    .map((row) => row.map((cell) => readSafeCell(cell.normalize('NFC').trim())))
    .filter((row) => row.some((cell) => cell !== ''));
  const [heads, ...rows] = filled;
  if (heads === undefined) return unreadable('empty', 'The file is empty.');
  while (heads.at(-1) === '') heads.pop();
  if (heads.length > TABLE_COLUMNS_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_COLUMNS_MAX} columns.`);
  if (rows.length > TABLE_ROWS_MAX) return unreadable('too-large', `The file has more than ${TABLE_ROWS_MAX} rows.`);
  if (rows.length === 0) return unreadable('no-rows', 'The file has heads and no rows.');
  return ok({ heads, rows: rows.map((row) => heads.map((_head, at) => row[at] ?? '')) });
}

function readCsv(bytes: Uint8Array): Result<string[][]> {
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
    return ok(
      parse(text, {
        bom: true,
        delimiter: delimiterOf(text),
        relax_column_count: true,
        skip_empty_lines: true,
        trim: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable('csv', error.message);
  }
}

async function readXlsx(bytes: Uint8Array): Promise<Result<string[][]>> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === null) return unreadable('format', 'The file is no workbook (.xlsx).');
  if (unpacked > UNPACKED_BYTES_MAX) return unreadable('too-large', 'The workbook unpacks to too much.');
  try {
    return ok(await inThread<string[][]>({ kind: 'read', bytes }));
  } catch {
    return unreadable('format', 'The file is no workbook (.xlsx), or is broken.');
  }
}

/** The sum of sizes that a zip's directory states; null: it has none. */
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

/** Runs the work in a thread that is ended whatever happens. @throws what the thread threw, or an Error when it took too long */
function inThread<T>(work: TableWork): Promise<T> {
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  });
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the spreadsheet took too long')), READ_MS_MAX);
    worker.on('message', (answer: T) => resolve(answer));
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      reject(new Error('the spreadsheet thread ended'));
    });
  }).finally(() => void worker.terminate());
}

/** A spreadsheet in Vietnamese saves semicolons, for its decimal mark is the comma. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function unreadable(code: string, message: string): ReturnType<typeof fieldProblem> {
  return fieldProblem('invalid', 'file', code, message);
}
