// The sheets of a workbook (.xlsx, ECMA-376), as rows of text. Runs in the child process that reads uploads.
//
// The library creates every row and cell up to the last one that the file names, so one cell in row 1,048,576 makes a
// million rows. So the references are checked first, and the library gets only what was checked: the files that were
// unpacked here, packed again. For a formula the saved value is used; formulas are never computed.

import readSheets from 'read-excel-file/universal';
import type { GridRow, GridSheet } from '../../domain/import/grid.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { unreadable } from './unreadable.ts';
import { packStored, unpack } from './unpack.ts';
import { sheetParts, type SheetParts } from './workbook-parts.ts';
import { COLUMN_REF_MAX, ENTRIES_MAX, ROW_REF_MAX, TABLE_LETTERS_MAX, UNPACKED_BYTES_MAX } from './upload-work.ts';

/** Problems: invalid at `file`. */
export async function readWorkbook(bytes: Uint8Array, tell: () => void): Promise<Result<GridSheet[]>> {
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
    const sheets = await readSheets<string>(arrayBufferOf(packStored(unpacked.files)), options);
    tell();
    return textSheets(sheets, sheetParts(unpacked.files));
  } catch {
    return unreadable('format', 'The file is no workbook (.xlsx), or is broken.');
  }
}

/** This process may not start threads, and the library's reader without threads does not take a Buffer. */
function arrayBufferOf({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

function textSheets(
  sheets: readonly { sheet: string; data: readonly (readonly unknown[])[] }[],
  parts: readonly SheetParts[],
): Result<GridSheet[]> {
  let letters = 0;
  const read: GridSheet[] = [];
  for (const { sheet: name, data } of sheets) {
    const part = parts.find((one) => one.name === name);
    const rows: GridRow[] = [];
    for (const [at, row] of data.entries()) {
      const cells = row.map((cell, column) => cellText(cell, part?.percents.has(`${at},${column}`) === true));
      for (const cell of cells) letters += cell.length;
      if (letters > TABLE_LETTERS_MAX) return unreadable('too-large', 'The cells hold too much text.');
      rows.push({ line: at + 1, cells });
    }
    read.push({ name, isHidden: part?.isHidden ?? false, rows, merges: part?.merges ?? [] });
  }
  return ok(read);
}

/**
 * An attribute `r` of any element, but not the declaration of a namespace: this may match more than the reader treats
 * as a position, never less.
 */
const REFERENCE = /(?<!xmlns:)\br\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const LETTERS_MAX = 40;

/** The first cell or row that is out of bounds or has a malformed name; null: there is none. */
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

/** Dates in the form that people and the rest of the import use. */
function cellText(cell: unknown, isPercent: boolean): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return isPercent ? percentText(cell) : plainNumber(cell);
  return typeof cell === 'boolean' ? String(cell) : '';
}

/** Digits of a number that Excel keeps and shows (its specifications and limits). */
const EXCEL_DIGITS = 15;

/**
 * A number as Excel shows it: `9.52E+12` in full, and 66.599999999999994, the nearest double to what was typed, as
 * 66.6. Digits alone, however many, are left: they may be an identifier kept as text.
 */
function plainNumber(text: string): string {
  if (/^\d(?:\.\d+)?[Ee]\+?\d{1,2}$/.test(text)) return BigInt(Math.round(Number(text))).toString();
  if (!/^-?\d{1,15}\.\d{10,20}(?:[Ee]-?\d{1,3})?$/.test(text)) return text;
  return String(Number(Number(text).toPrecision(EXCEL_DIGITS)));
}

/** 0.666 that the file shows as a percentage: 66.6%. */
function percentText(text: string): string {
  const share = Number(text);
  return text === '' || !Number.isFinite(share) ? text : `${Number((share * 100).toPrecision(EXCEL_DIGITS))}%`;
}
