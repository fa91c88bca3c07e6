// The rows of a workbook's first sheet (.xlsx, ECMA-376). Runs in the child process that reads uploads.
//
// The library builds every row and cell up to the last one that the file names, so one cell in row 1,048,576 makes a
// million rows. So the references are checked before it sees the file, and it sees only what was checked: the files
// that were unpacked here, packed again. A formula's cell gives the saved value; formulas are never computed.

import { readSheet } from 'read-excel-file/universal';
import { ok, type Result } from '../../domain/problem.ts';
import { unreadable } from './unreadable.ts';
import { packStored, unpack } from './unpack.ts';
import {
  COLUMN_REF_MAX,
  ENTRIES_MAX,
  ROW_REF_MAX,
  TABLE_LETTERS_MAX,
  UNPACKED_BYTES_MAX,
  type TableRow,
} from './upload-work.ts';

/** Problems: invalid at `file`. */
export async function readWorkbook(bytes: Uint8Array, tell: () => void): Promise<Result<TableRow[]>> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unpacked = await unpack(
    zip,
    { bytesMax: UNPACKED_BYTES_MAX, entriesMax: ENTRIES_MAX, isWanted: (name) => /\.(?:xml|rels)$/.test(name) },
    tell,
  );
  if (unpacked.kind === 'too-large') return unreadable('too-large', 'The workbook unpacks to too much.');
  if (unpacked.kind !== 'files') return unreadable('format', 'The file is no workbook (.xlsx), or is broken.');
  for (const content of unpacked.files.values()) {
    const far = farReference(content);
    tell();
    if (far !== null)
      return unreadable(
        'far-cell',
        `The workbook has a cell beyond ${COLUMN_REF_MAX} columns or ${ROW_REF_MAX} rows (${far}). ` +
          'Delete the columns and rows beyond the list and save it again.',
      );
  }
  try {
    const options = { parseNumber: (text: string) => text, trim: true };
    const rows = await readSheet<string>(arrayBufferOf(packStored(unpacked.files)), options);
    tell();
    return textRows(rows);
  } catch {
    return unreadable('format', 'The file is no workbook (.xlsx), or is broken.');
  }
}

/** The library has a reader without threads of its own, which this process may not start; it takes no Buffer. */
function arrayBufferOf({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

function textRows(rows: readonly (readonly unknown[])[]): Result<TableRow[]> {
  let letters = 0;
  const read: TableRow[] = [];
  for (const [at, row] of rows.entries()) {
    const cells = row.map(cellText);
    for (const cell of cells) letters += cell.length;
    if (letters > TABLE_LETTERS_MAX) return unreadable('too-large', 'The cells hold too much text.');
    read.push({ line: at + 1, cells });
  }
  return ok(read);
}

/** Any attribute `r` of any element, but no name of a namespace: more than the reader takes for a place, never less. */
const REFERENCE = /(?<!xmlns:)\br\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const LETTERS_MAX = 40;

/** The first cell or row beyond the bounds, or that is named in a strange way; null: there is none. */
function farReference(content: Buffer): string | null {
  const text = content.toString('latin1');
  if (!text.includes('sheetData')) return null;
  for (const [, double, single] of text.matchAll(REFERENCE)) {
    const reference = double ?? single ?? '';
    if (!isNear(reference)) return reference.slice(0, LETTERS_MAX);
  }
  return null;
}

function isNear(reference: string): boolean {
  const match = /^([A-Z]{0,3})([1-9]\d{0,6})$/.exec(reference);
  if (match === null) return false;
  const [, letters = '', row = ''] = match;
  const column = Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
  return column <= COLUMN_REF_MAX && Number(row) <= ROW_REF_MAX;
}

/** Days as people and the rest of the import write them. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return plainNumber(cell);
  return typeof cell === 'boolean' ? String(cell) : '';
}

/** A long number that the file holds as `9.52E+12`. */
function plainNumber(text: string): string {
  return /^\d(?:\.\d+)?[Ee]\+?\d{1,2}$/.test(text) ? BigInt(Math.round(Number(text))).toString() : text;
}
