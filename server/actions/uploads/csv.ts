// The rows of a CSV file, with commas, semicolons or tabs. Runs in the child process that reads uploads.

import { CsvError, parse } from 'csv-parse/sync';
import { ok, type Result } from '../../domain/problem.ts';
import { unreadable, unreadableLine } from './unreadable.ts';
import { TABLE_COLUMNS_MAX, TABLE_ROWS_MAX, type TableRow } from './upload-work.ts';

/** Lines that are read, including blank ones. */
const LINES_MAX = 2 * TABLE_ROWS_MAX;
/** Cells of a line that are kept: one more than allowed, so that the line is recognised as too long. */
const CELLS_KEPT = TABLE_COLUMNS_MAX + 1;

/** Problems: invalid at `file`. */
export function readCsv(bytes: Uint8Array): Result<TableRow[]> {
  let text: string;
  try {
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
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
      to: LINES_MAX,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return ok(lines.map(({ info, record }) => ({ line: info.lines, cells: record.slice(0, CELLS_KEPT) })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadableLine(Number(error['lines'] ?? 1), 'csv', error.message);
  }
}

/** A spreadsheet in Vietnamese saves semicolons, because its decimal mark is the comma. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
