// Reads a registry's file: CSV with a header line, as an office's spreadsheet saves it (comma, semicolon or tab; with or
// without a byte order mark). Which of the four kinds it is, its header says.

import { CsvError, parse } from 'csv-parse/sync';
import { fail, ok, type Problem, type Result } from '../../domain/problem.ts';
import type { RegistryKind } from '../../domain/import/registry-import.ts';

export const CSV_LETTERS_MAX = 8_000_000;
/** A province has some thousand products. */
export const CSV_ROWS_MAX = 20_000;

export interface CsvRow {
  /** Line of the file, from 1, on which the row ends. */
  line: number;
  /** By column; a cell that is empty is ''. */
  cells: Readonly<Record<string, string>>;
}

export interface CsvTable {
  columns: string[];
  rows: CsvRow[];
}

export interface RegistryFile {
  kind: RegistryKind;
  rows: CsvRow[];
}

interface Columns {
  needed: readonly string[];
  also: readonly string[];
}

/** `ref` is the office's own reference of a producer or product: by it, a second import finds the record again. */
const COLUMNS: Readonly<Record<RegistryKind, Columns>> = {
  producers: {
    needed: ['ref', 'name', 'kind', 'commune', 'province'],
    also: ['detail', 'tax_code', 'phone', 'email', 'website', 'gln', 'representative', 'story'],
  },
  products: {
    needed: ['ref', 'producer', 'name', 'group', 'product_set'],
    also: [
      'brand',
      'unit',
      'gtin',
      'shelf_life_days',
      'ingredients',
      'storage',
      'standards',
      'warnings',
      'description',
    ],
  },
  evaluations: {
    needed: ['product', 'round', 'held_on', 'score', 'minimum_stars'],
    also: ['stars', 'decision'],
  },
  certificates: {
    needed: ['product', 'scheme', 'number', 'issuer', 'issued_on'],
    also: ['stars', 'expires_on'],
  },
};

/** The rows and their kind; `invalid` where the file is no CSV or its header fits no kind. */
export function readRegistryCsv(text: string): Result<RegistryFile> {
  const table = readCsv(text);
  if (!table.ok) return table;
  const { columns, rows } = table.value;
  const kinds = Object.keys(COLUMNS) as RegistryKind[];
  const kind = kinds.find((one) => fits(columns, COLUMNS[one]));
  if (kind !== undefined) return ok({ kind, rows });
  const known = kinds.map((one) => `${one} (${COLUMNS[one].needed.join(', ')}; also ${COLUMNS[one].also.join(', ')})`);
  return unreadable(
    1,
    'header',
    `The columns ${columns.join(', ')} are those of no registry file. Known: ${known.join('; ')}.`,
  );
}

/** Any CSV with a header line. */
export function readCsv(text: string): Result<CsvTable> {
  if (text.length > CSV_LETTERS_MAX)
    return unreadable(1, 'too-large', `The file has more than ${CSV_LETTERS_MAX} letters.`);
  let lines: { info: { lines: number }; record: string[] }[];
  try {
    lines = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof lines;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable(Number(error['lines'] ?? 1), 'csv', error.message);
  }
  const [header, ...body] = lines;
  if (header === undefined) return unreadable(1, 'empty', 'The file is empty.');
  const columns = header.record;
  if (new Set(columns).size < columns.length) return unreadable(1, 'header', 'A column stands in the header twice.');
  if (body.length > CSV_ROWS_MAX) return unreadable(1, 'too-large', `The file has more than ${CSV_ROWS_MAX} rows.`);
  const crooked = body.find(({ record }) => record.length !== columns.length);
  if (crooked !== undefined) {
    return unreadable(
      crooked.info.lines,
      'cells',
      `This row has ${crooked.record.length} cells, the header ${columns.length}.`,
    );
  }
  const rows = body.map(({ info, record }) => ({
    line: info.lines,
    cells: Object.fromEntries(columns.map((column, at) => [column, record[at] ?? ''])),
  }));
  return ok({ columns, rows });
}

function fits(columns: readonly string[], { needed, also }: Columns): boolean {
  return (
    needed.every((column) => columns.includes(column)) &&
    columns.every((column) => needed.includes(column) || also.includes(column))
  );
}

/** A spreadsheet in Vietnamese saves semicolons, for its decimal mark is the comma. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function unreadable(line: number, code: string, message: string): { ok: false; problem: Problem } {
  return fail('invalid', `Line ${line}: ${message}`, { errors: [{ path: ['file', line], code, message }] });
}
