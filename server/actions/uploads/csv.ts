// The rows of a CSV file, with commas, semicolons or tabs, as offices and their spreadsheets write it: a line `sep=;`,
// breaks and delimiters inside quoted cells, quotes that stand bare, empty lines. Runs in the child process that reads
// uploads.

import { CsvError, parse } from 'csv-parse/sync';
import type { GridRow } from '../../domain/import/grid.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { textOfBytes } from './text-of-bytes.ts';
import { unreadableLine } from './unreadable.ts';
import { TABLE_COLUMNS_MAX, TABLE_ROWS_MAX } from './upload-work.ts';

/** Lines that are read, including blank ones. */
const LINES_MAX = 2 * TABLE_ROWS_MAX;
/** Cells of a line that are kept: one more than allowed, so that the line is recognised as too long. */
const CELLS_KEPT = TABLE_COLUMNS_MAX + 1;
/** How much of a file tells its delimiter. */
const SAMPLE_SYMBOLS = 16 * 1_024;
const SAMPLE_LINES = 40;
const DELIMITERS = [';', '\t', ','] as const;
/** The first line by which Excel is told the delimiter. */
const SEP = /^\ufeff?"?sep=(.)"?\r?\n/i;

/** Problems: invalid at `file`. */
export function readCsv(bytes: Uint8Array): Result<GridRow[]> {
  const decoded = textOfBytes(bytes);
  if (!decoded.ok) return decoded;
  const sep = SEP.exec(decoded.value);
  // The line stays, empty, so that line numbers are the file's own.
  const text = sep === null ? decoded.value : decoded.value.slice(sep[0].search(/\r?\n$/));
  try {
    return ok(linesOf(text, sep?.[1] ?? delimiterOf(text), LINES_MAX));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadableLine(Number(error['lines'] ?? 1), 'csv', error.message);
  }
}

function linesOf(text: string, delimiter: string, to: number): GridRow[] {
  const lines = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    to,
    trim: true,
  }) as unknown as { info: { lines: number }; record: string[] }[];
  return lines.map(({ info, record }) => ({ line: info.lines, cells: record.slice(0, CELLS_KEPT) }));
}

/** The delimiter that parts most of the first lines into the same number of cells, two or more. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE_SYMBOLS);
  const whole = sample.length < text.length ? sample.slice(0, sample.lastIndexOf('\n') + 1) : sample;
  let best: { delimiter: string; worth: number } = { delimiter: ',', worth: 0 };
  for (const delimiter of DELIMITERS) {
    const worth = worthOf(whole, delimiter);
    if (worth > best.worth) best = { delimiter, worth };
  }
  return best.delimiter;
}

function worthOf(sample: string, delimiter: string): number {
  let widths: number[];
  try {
    widths = linesOf(sample, delimiter, SAMPLE_LINES).map(({ cells }) => cells.length);
  } catch {
    return 0;
  }
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, lines] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return lines === 0 ? 0 : lines / widths.length + width / 1_000;
}
