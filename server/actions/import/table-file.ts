// Tables as files, .xlsx and .csv, as rows of text. They are read in a process that may die alone
// (uploads/upload-reader.ts). Only people who are signed in, and the operator, send tables.

import type { ListPlace } from '../../domain/import/grid.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { unreadable } from '../uploads/unreadable.ts';
import { readUpload } from '../uploads/upload-reader.ts';
import type { ExactTable, TableRead } from '../uploads/upload-work.ts';

/**
 * Reads leniently, for a person who checks the result: short rows are padded and long ones cut. Each slice is
 * a `TextTable`. Problems: invalid at `file`.
 * @param place where a person says that the list is
 */
export function readTable(bytes: Uint8Array, place: ListPlace | null = null): Promise<Result<TableRead>> {
  return readInChild(bytes, false, place);
}

/**
 * Reads strictly, for use without a person: every row must have as many cells as the header, and every head must be
 * unique. Problems: invalid at `file`.
 */
export async function readExactTable(bytes: Uint8Array): Promise<Result<ExactTable>> {
  const read = await readInChild(bytes, true, null);
  if (!read.ok) return read;
  const parts = read.value.slices.map(({ json }) => JSON.parse(Buffer.from(json).toString('utf8')) as ExactTable);
  return ok({ heads: read.value.heads, rows: parts.flatMap(({ rows }) => rows) });
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

async function readInChild(bytes: Uint8Array, isExact: boolean, place: ListPlace | null): Promise<Result<TableRead>> {
  const read = await readUpload({ kind: 'table', bytes, isExact, place }, 'signed-in');
  if (read !== null && 'ok' in read) return read;
  return unreadable('too-hard', 'The file takes too much memory or time to read. Save it anew with the list alone.');
}
