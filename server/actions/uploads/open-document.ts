// The sheets of an OpenDocument spreadsheet (.ods, OASIS OpenDocument 1.3 part 3 §9), as rows of text. Its cells are in
// one part, content.xml. That part is read once from its start to its end; rows, columns and letters are counted, and a
// row that repeats itself is written out only where it holds something. Runs in the child process that reads uploads.

import type { GridRow, GridSheet } from '../../domain/import/grid.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { unreadable } from './unreadable.ts';
import { unpack } from './unpack.ts';
import { COLUMN_REF_MAX, ENTRIES_MAX, ROW_REF_MAX, TABLE_LETTERS_MAX, UNPACKED_BYTES_MAX } from './upload-work.ts';

/** A tag, its whole name and its attributes; or the text before the next one. */
const TOKEN = /<(\/?)([\w:.-]{1,80})(?=[\s/>])([^<>]*)>|<[!?][^<>]*>|([^<]+)/g;
const EMPTY_ROWS_SKIPPED = 1;

/** Problems: invalid at `file`. */
export async function readOpenDocument(zip: Buffer, tell: () => void): Promise<Result<GridSheet[]>> {
  const isWanted = (name: string): boolean => name === 'content.xml' || name === 'META-INF/manifest.xml';
  const bounds = { bytesMax: UNPACKED_BYTES_MAX, entriesMax: ENTRIES_MAX, isWanted };
  const unpacked = await unpack(zip, bounds, tell);
  if (unpacked.kind === 'too-large') return unreadable('too-large', 'The file unpacks to too much.');
  if (unpacked.kind !== 'files') return unreadable('format', 'The file is no spreadsheet (.ods), or is broken.');
  if (unpacked.files.get('META-INF/manifest.xml')?.includes('encryption-data') === true)
    return unreadable(
      'locked',
      'The file is locked with a password. Open it, take the password off, and save it again.',
    );
  const content = unpacked.files.get('content.xml');
  if (content === undefined) return unreadable('format', 'The file is no spreadsheet (.ods), or is broken.');
  return new SheetReader(tell).read(content.toString('utf8'));
}

interface OpenCell {
  text: string;
  repeats: number;
  columnsSpanned: number;
  rowsSpanned: number;
  isCovered: boolean;
  type: string;
  value: string;
}

/** Reads the part token by token; what it holds at a time is one row. */
class SheetReader {
  private readonly sheets: GridSheet[] = [];
  private readonly hiddenStyles = new Set<string>();
  private readonly tell: () => void;
  private sheet: GridSheet | null = null;
  private style = '';
  private line = 0;
  private row: { repeats: number; cells: string[] } | null = null;
  private cell: OpenCell | null = null;
  /** Notes and drawings stand inside cells; their text is none of the cell's. */
  private aside = 0;
  private letters = 0;

  constructor(tell: () => void) {
    this.tell = tell;
  }

  read(xml: string): Result<GridSheet[]> {
    for (const [, closing, whole = '', attributes = '', text] of xml.matchAll(TOKEN)) {
      const name = whole.slice(whole.indexOf(':') + 1);
      if (text !== undefined) this.take(text);
      else if (closing === '/') this.close(name);
      else {
        this.open(name, attributes);
        if (attributes.endsWith('/')) this.close(name);
      }
      if (this.letters > TABLE_LETTERS_MAX) return unreadable('too-large', 'The cells hold too much text.');
      if (this.line > ROW_REF_MAX)
        return unreadable(
          'far-cell',
          `The file has a cell beyond ${ROW_REF_MAX} rows. Delete the rows beyond the list.`,
        );
    }
    return this.sheets.length === 0
      ? unreadable('format', 'The file is no spreadsheet (.ods), or is broken.')
      : ok(this.sheets);
  }

  private open(name: string, attributes: string): void {
    if (name === 'style') this.style = attributeOf(attributes, 'name');
    else if (name === 'table-properties' && attributeOf(attributes, 'display') === 'false')
      this.hiddenStyles.add(this.style);
    else if (name === 'table' && this.sheet === null) this.openSheet(attributes);
    else if (name === 'table-row' && this.sheet !== null)
      this.row = { repeats: countOf(attributes, 'number-rows-repeated'), cells: [] };
    else if ((name === 'table-cell' || name === 'covered-table-cell') && this.row !== null)
      this.cell = cellOf(name, attributes);
    else if (this.cell !== null) this.openInCell(name, attributes, this.cell);
  }

  private openSheet(attributes: string): void {
    this.tell();
    const isHidden = this.hiddenStyles.has(attributeOf(attributes, 'style-name'));
    this.sheet = { name: plain(attributeOf(attributes, 'name')), isHidden, rows: [], merges: [] };
    this.line = 0;
  }

  private openInCell(name: string, attributes: string, cell: OpenCell): void {
    if (name === 'annotation' || name === 'frame') this.aside += 1;
    else if (this.aside > 0) return;
    else if (name === 'p' && cell.text !== '') cell.text += '\n';
    else if (name === 'line-break') cell.text += '\n';
    else if (name === 'tab') cell.text += ' ';
    else if (name === 's') cell.text += ' '.repeat(Math.min(80, countOf(attributes, 'c')));
  }

  private take(text: string): void {
    if (this.cell === null || this.aside > 0 || text.trim() === '') return;
    this.cell.text += plain(text);
  }

  private close(name: string): void {
    if (name === 'annotation' || name === 'frame') this.aside = Math.max(0, this.aside - 1);
    else if (this.aside > 0) return;
    else if (name === 'table-cell' || name === 'covered-table-cell') this.closeCell();
    else if (name === 'table-row') this.closeRow();
    else if (name === 'table' && this.sheet !== null) {
      this.sheets.push(this.sheet);
      this.sheet = null;
    }
  }

  private closeCell(): void {
    const { cell, row, sheet } = this;
    this.cell = null;
    if (cell === null || row === null || sheet === null) return;
    const text = cell.isCovered ? '' : shownText(cell);
    if (!cell.isCovered && (cell.columnsSpanned > 1 || cell.rowsSpanned > 1)) {
      const [top, left] = [this.line, row.cells.length];
      const [bottom, right] = [top + cell.rowsSpanned - 1, left + cell.columnsSpanned - 1];
      sheet.merges.push({ top, bottom: Math.min(bottom, ROW_REF_MAX), left, right: Math.min(right, COLUMN_REF_MAX) });
    }
    for (let times = 0; times < cell.repeats && row.cells.length < COLUMN_REF_MAX; times += 1) row.cells.push(text);
  }

  private closeRow(): void {
    const { row, sheet } = this;
    this.row = null;
    if (row === null || sheet === null) return;
    const width = row.cells.findLastIndex((cell) => cell !== '') + 1;
    const cells = row.cells.slice(0, width);
    if (width === 0) {
      // The last row of a sheet repeats to its end, a million times.
      const isEnd = row.repeats > EMPTY_ROWS_SKIPPED;
      this.line = isEnd ? Math.min(this.line + row.repeats, ROW_REF_MAX) : this.line + row.repeats;
      return;
    }
    for (let times = 0; times < row.repeats && this.line <= ROW_REF_MAX; times += 1) {
      this.line += 1;
      const made: GridRow = { line: this.line, cells };
      for (const cell of cells) this.letters += cell.length;
      if (this.letters > TABLE_LETTERS_MAX) return;
      sheet.rows.push(made);
    }
  }
}

function cellOf(name: string, attributes: string): OpenCell {
  const type = attributeOf(attributes, 'value-type');
  return {
    text: '',
    repeats: countOf(attributes, 'number-columns-repeated'),
    columnsSpanned: countOf(attributes, 'number-columns-spanned'),
    rowsSpanned: countOf(attributes, 'number-rows-spanned'),
    isCovered: name === 'covered-table-cell',
    type,
    value: attributeOf(attributes, type === 'date' ? 'date-value' : 'value'),
  };
}

/** Figures and days by their values, as the workbook reader has them; anything else as it is shown. */
function shownText({ type, value, text }: OpenCell): string {
  if (value === '') return text;
  if (type === 'date') return value.slice(0, 10);
  if (type === 'percentage' && Number.isFinite(Number(value)))
    return `${Number((Number(value) * 100).toPrecision(15))}%`;
  const isFigure = type === 'float' || type === 'currency';
  return isFigure && Number.isFinite(Number(value)) ? String(Number(Number(value).toPrecision(15))) : text;
}

function attributeOf(attributes: string, name: string): string {
  const at = attributes.search(ATTRIBUTE[name] ?? /$^/);
  if (at < 0) return '';
  const from = attributes.indexOf('"', at);
  const to = from < 0 ? -1 : attributes.indexOf('"', from + 1);
  return to < 0 ? '' : attributes.slice(from + 1, to);
}

/** Names of attributes, whatever stands before the colon. */
const ATTRIBUTE: Readonly<Record<string, RegExp>> = {
  name: /(?:^|[\s:])name="/,
  display: /(?:^|[\s:])display="/,
  'style-name': /(?:^|[\s:])style-name="/,
  'number-rows-repeated': /(?:^|[\s:])number-rows-repeated="/,
  'number-columns-repeated': /(?:^|[\s:])number-columns-repeated="/,
  'number-columns-spanned': /(?:^|[\s:])number-columns-spanned="/,
  'number-rows-spanned': /(?:^|[\s:])number-rows-spanned="/,
  'value-type': /(?:^|[\s:])value-type="/,
  'date-value': /(?:^|[\s:])date-value="/,
  value: /(?:^|[\s:])value="/,
  c: /(?:^|[\s:])c="/,
};

/** A count of at least one. */
function countOf(attributes: string, name: string): number {
  const count = Number(attributeOf(attributes, name));
  return Number.isInteger(count) && count > 1 ? count : 1;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function plain(text: string): string {
  return text.replace(/&(#x?[\da-fA-F]{1,6}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
