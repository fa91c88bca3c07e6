// The list in an uploaded file, as heads and rows of text. Runs in the child process that reads uploads.

import { CHUNK_ROWS } from '../../domain/import/registry-import.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { FoundTable, GridSheet, ListPlace } from '../../domain/import/grid.ts';
import { findTable, listsOf, picturesOf } from '../import/find-table.ts';
import { isMonthFirst, isSlashedDay, MONTH_FIRST } from '../import/registry-cells.ts';
import { gridOfBytes } from './grid-of-bytes.ts';
import { unreadable, unreadableLine } from './unreadable.ts';
import {
  SLICE_LETTERS_MAX,
  TABLE_COLUMNS_MAX,
  TABLE_ROWS_MAX,
  type ReadSlice,
  type TableRead,
  type TableRow,
} from './upload-work.ts';

/**
 * Leniently, for a person who checks the result: the list is looked for in all sheets, and what is none of it is named.
 * Exactly, for use without a person: the first sheet that is not hidden is the list and nothing else, every row has as
 * many cells as the header, and every head is unique. Problems: invalid at `file`.
 */
export async function readTableBytes(
  bytes: Uint8Array,
  { isExact, place }: { isExact: boolean; place: ListPlace | null },
  tell: () => void,
): Promise<Result<TableRead>> {
  const grid = await gridOfBytes(bytes, tell);
  if (!grid.ok) return grid;
  return isExact ? exactTable(grid.value) : lenientTable(grid.value, place);
}

function lenientTable(sheets: readonly GridSheet[], place: ListPlace | null): Result<TableRead> {
  const found = findTable(sheets, place);
  if (found === null) return unreadable('empty', 'The file is empty.');
  const fault = tooLarge(found);
  if (fault !== null) return fault;
  if (found.rows.length === 0) return unreadable('no-rows', 'The file has heads and no rows.');
  const read = asRead({ ...found, rows: withMarkedDays(found) });
  return ok({ ...read, pictures: picturesOf(sheets), lists: listsOf(sheets) });
}

function exactTable(sheets: readonly GridSheet[]): Result<TableRead> {
  const sheet = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  const [head, ...rows] = (sheet?.rows ?? []).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (sheet === undefined || head === undefined) return unreadable('empty', 'The file is empty.');
  const { line, cells: heads } = head;
  const fault = tooLarge({ heads, rows });
  if (fault !== null) return fault;
  if (new Set(heads).size < heads.length) return unreadableLine(line, 'header', 'A column is in the header twice.');
  const crooked = rows.find(({ cells }) => cells.length !== heads.length);
  if (crooked === undefined)
    return ok(asRead({ heads, rows, sheet: sheet.name, sheetAt: sheets.indexOf(sheet), headLine: line, leftOut: [] }));
  const { length } = crooked.cells;
  return unreadableLine(crooked.line, 'cells', `This row has ${length} cells, the header ${heads.length}.`);
}

function tooLarge({ heads, rows }: Pick<FoundTable, 'heads' | 'rows'>): ReturnType<typeof unreadable> | null {
  if (heads.findLastIndex((cell) => cell !== '') >= TABLE_COLUMNS_MAX)
    return unreadable('too-large', `The file has more than ${TABLE_COLUMNS_MAX} columns.`);
  return rows.length > TABLE_ROWS_MAX
    ? unreadable('too-large', `The file has more than ${TABLE_ROWS_MAX} rows.`)
    : null;
}

/** The rows, with a mark before each day of a column that writes the month first, so that none is read wrong. */
function withMarkedDays({ heads, rows }: FoundTable): TableRow[] {
  const columns = heads
    .map((_head, column) => column)
    .filter((column) => isMonthFirst(rows.map(({ cells }) => cells[column] ?? '')));
  if (columns.length === 0) return rows;
  return rows.map(({ line, cells }) => ({
    line,
    cells: cells.map((cell, column) =>
      columns.includes(column) && isSlashedDay(cell) ? `${MONTH_FIRST} ${cell}` : cell,
    ),
  }));
}

function asRead({ heads, rows, sheet, sheetAt, headLine, leftOut }: FoundTable): TableRead {
  const slices: ReadSlice[] = [];
  for (let from = 0; from < rows.length || slices.length === 0;) {
    const some = rows.slice(from, from + rowsOfSlice(rows, from));
    slices.push({ rows: some.length, json: Buffer.from(JSON.stringify({ heads, rows: some })) });
    from += Math.max(1, some.length);
  }
  const place = { sheet: sheetAt, headLine };
  return { heads, rows: rows.length, sheet, place, leftOut, slices, pictures: [], lists: [] };
}

/** How many rows from `from` on make one slice: at least one, where there is one. */
function rowsOfSlice(rows: readonly TableRow[], from: number): number {
  let letters = 0;
  for (let count = 0; count < CHUNK_ROWS; count += 1) {
    const row = rows[from + count];
    if (row === undefined) return count;
    for (const cell of row.cells) letters += cell.length;
    if (letters > SLICE_LETTERS_MAX && count > 0) return count;
  }
  return CHUNK_ROWS;
}
