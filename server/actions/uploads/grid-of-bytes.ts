// An uploaded file of lists as sheets of rows of text, before anybody looks for the list in it. The first bytes decide
// what it is, not the name. Runs in the child process that reads uploads.

import type { GridSheet } from '../../domain/import/grid.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { visibleText } from '../../domain/visible-text.ts';
import { readSafeCell } from '../import/safe-cell.ts';
import { readCsv } from './csv.ts';
import { unfonted } from '../../domain/import/old-fonts.ts';
import { readOpenDocument } from './open-document.ts';
import { oldFont } from './text-of-bytes.ts';
import { unreadable } from './unreadable.ts';
import { TABLE_BYTES_MAX } from './upload-work.ts';
import { readWorkbook } from './workbook.ts';

/**
 * A compound file (MS-CFB): a workbook of before 2007, which has a stream `Workbook` or `Book` (MS-XLS §2.1.2), or one
 * under a password (MS-OFFCRYPTO §1.3.1).
 */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const OLD_STREAM = Buffer.from('Book', 'utf16le');
const OLDER_STREAM = Buffer.from('book', 'utf16le');
const ZIP = [0x50, 0x4b];
const OPEN_DOCUMENT = Buffer.from('mimetypeapplication/vnd.oasis.opendocument');

/** Problems: invalid at `file`, which say what the file is where it is another kind. */
export async function gridOfBytes(bytes: Uint8Array, tell: () => void): Promise<Result<GridSheet[]>> {
  if (bytes.length === 0) return unreadable('empty', 'The file is empty.');
  if (bytes.length > TABLE_BYTES_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_BYTES_MAX} bytes.`);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (begins(bytes, COMPOUND)) {
    return !file.includes(OLD_STREAM) && !file.includes(OLDER_STREAM)
      ? unreadable(
          'locked',
          'The workbook is locked with a password. Open it, take the password off, and save it again.',
        )
      : unreadable('old-format', 'This is a workbook of before 2007 (.xls). Open it and save it as .xlsx.');
  }
  const isOpenDocument = begins(bytes, ZIP) && file.subarray(0, 200).includes(OPEN_DOCUMENT);
  const read = isOpenDocument
    ? await readOpenDocument(file, tell)
    : begins(bytes, ZIP)
      ? await readWorkbook(bytes, tell)
      : csvSheet(bytes);
  if (!read.ok) return read;
  tell();
  const sheets = inUnicode(read.value);
  if (sheets === null) return oldFont();
  return ok(
    sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map(({ line, cells }) => ({ line, cells: cells.map(plainCell) })),
    })),
  );
}

/** Cells that are looked at for an old font: those with a sign of Windows 1252, which a list in Unicode has few of. */
const OLD_FONT_CELLS_MAX = 20_000;

/** The sheets with what was written for an old font read; null: that is not certain. */
function inUnicode(sheets: readonly GridSheet[]): readonly GridSheet[] | null {
  const texts = new Set<string>();
  for (const { rows } of sheets)
    for (const { cells } of rows)
      for (const cell of cells) if (texts.size < OLD_FONT_CELLS_MAX && /[\u00a1-\u00ff]/.test(cell)) texts.add(cell);
  const found = unfonted([...texts]);
  if (found.kind === 'none') return sheets;
  // Beyond the bound nothing was looked at, so nothing is certain.
  if (found.kind === 'doubtful' || texts.size === OLD_FONT_CELLS_MAX) return null;
  const read = new Map([...texts].map((text, at) => [text, found.texts[at] ?? text]));
  return sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map(({ line, cells }) => ({ line, cells: cells.map((cell) => read.get(cell) ?? cell) })),
  }));
}

function csvSheet(bytes: Uint8Array): Result<GridSheet[]> {
  const rows = readCsv(bytes);
  return rows.ok ? ok([{ name: null, isHidden: false, rows: rows.value, merges: [] }]) : rows;
}

/** Composed letters, without what nobody sees, on one line where a head or cell was broken only to fit its column. */
function plainCell(cell: string): string {
  return readSafeCell(visibleText(cell.normalize('NFC')).replace(/\r\n?/g, '\n').trim());
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}
