// Finds the list in a file as offices keep it: which sheet, which rows are its heads, and which rows below are no rows
// of it, because they are column numbers, section lines, totals, or the signature. Nothing is dropped in silence: every
// row that is left out is named with its reason.
//
// A candidate is a run of one to three rows within the first HEAD_LINES_MAX; it is worth what its texts say of a list
// of ours. The file's own order decides between equals, and a visible sheet goes before a hidden one.

import type {
  FoundTable,
  GridRow,
  GridSheet,
  LeftOut,
  LeftOutRow,
  ListPlace,
  SheetPicture,
} from '../../domain/import/grid.ts';
import { REGISTRY_KINDS, type SheetList } from '../../domain/import/registry-import.ts';
import { foldedText } from '../../domain/search-text.ts';
import { HEAD_PARTS, kindOfHeads, matchColumns, missingColumns } from './match-columns.ts';
import { REGISTRY_COLUMNS } from './registry-columns.ts';

/** A letterhead with its title and notes takes some twenty rows. */
const HEAD_LINES_MAX = 40;
const HEAD_ROWS_MAX = 3;
/** Columns that a group head covers. */
const HEAD_COLUMNS_MAX = 60;
/** Rows named one by one; a file with more notes than this is no list. */
const LEFT_OUT_MAX = 60;
/** A title that says what holds for every row (read-title.ts) is longer than a total. */
const WORDS_SHOWN = 200;
/** Columns that must be recognised before a row of texts is taken for heads. */
const MATCHES_MIN = 2;

/** What a page shows of a sheet: enough to see where its list begins. */
const PICTURE_ROWS = 15;
const PICTURE_COLUMNS = 12;
const PICTURE_SYMBOLS = 40;
/** Sheets that are shown and looked through; a workbook with more is no file of lists. */
const SHEETS_MAX = 20;

interface Candidate {
  sheet: FilledSheet;
  /** Positions in the sheet's rows, both held. */
  from: number;
  to: number;
  heads: string[];
  worth: number;
}

/**
 * The list that fits best; where no heads are known, the first rows of the first visible sheet, for a person.
 * @param place where a person says that it is
 */
export function findTable(sheets: readonly GridSheet[], place: ListPlace | null = null): FoundTable | null {
  const all = sheets.map(filledSheet);
  const filled = all.filter(({ rows, at }) => rows.length > 0 && (place === null || place.sheet === at));
  const first = filled.find(({ isHidden }) => !isHidden) ?? filled[0];
  if (first === undefined) return null;
  if (place !== null && place.headLine > 0) return tableOf(candidateAt(first, place.headLine));
  const found = bestOf(filled.flatMap(candidatesOf));
  const best = place === null ? firstList(sheets, filled, found) : found;
  return tableOf(best ?? { sheet: first, from: 0, to: 0, heads: headsOf(first, 0, 0), worth: 0 });
}

/** Of a workbook with several lists, one of the kind on which the others rest. */
function firstList(
  sheets: readonly GridSheet[],
  filled: readonly FilledSheet[],
  best: Candidate | null,
): Candidate | null {
  const order = ({ kind }: SheetList): number => REGISTRY_KINDS.indexOf(kind);
  const lists = listsOf(sheets).toSorted((a, b) => order(a) - order(b));
  const [first] = lists;
  const own = lists.find(({ sheet }) => sheet === best?.sheet.at);
  if (first === undefined || own === undefined || order(own) === order(first)) return best;
  return bestOf(filled.filter(({ at }) => at === first.sheet).flatMap(candidatesOf)) ?? best;
}

function bestOf(candidates: readonly Candidate[]): Candidate | null {
  return candidates.reduce<Candidate | null>(
    (most, one) => (most === null || one.worth > most.worth ? one : most),
    null,
  );
}

/** The heads whose lowest row a person pointed at: with the rows of group heads above it, where they say more. */
function candidateAt(sheet: FilledSheet, headLine: number): Candidate {
  const to = Math.max(
    0,
    sheet.rows.findIndex(({ line }) => line >= headLine),
  );
  const froms = Array.from({ length: HEAD_ROWS_MAX }, (_, above) => to - above).filter((from) => from >= 0);
  const candidates = froms.map((from) => {
    const heads = headsOf(sheet, from, to);
    return { sheet, from, to, heads, worth: worthOf(heads) - (to - from) * 0.1 };
  });
  return bestOf(candidates) as Candidate;
}

/** The sheets that hold a list of ours with every column it needs, each with its kind. */
export function listsOf(sheets: readonly GridSheet[]): SheetList[] {
  return sheets.slice(0, SHEETS_MAX).flatMap((sheet, at): SheetList[] => {
    const best = sheet.isHidden ? null : bestOf(candidatesOf(filledSheet(sheet, at)));
    const kind = best === null ? null : kindOfHeads(best.heads);
    if (best === null || kind === null || missingColumns(kind, matchColumns(kind, best.heads)).length > 0) return [];
    const { rows } = tableOf(best);
    return rows.length === 0 ? [] : [{ sheet: at, name: sheet.name ?? '', kind, rows: rows.length }];
  });
}

/** The first rows of each sheet, cut to what a page shows. */
export function picturesOf(sheets: readonly GridSheet[]): SheetPicture[] {
  return sheets.slice(0, SHEETS_MAX).map(({ name, isHidden, rows }) => ({
    name,
    isHidden,
    rows: rows
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
      .slice(0, PICTURE_ROWS)
      .map(({ line, cells }) => ({
        line,
        cells: cells.slice(0, PICTURE_COLUMNS).map((cell) => cell.slice(0, PICTURE_SYMBOLS)),
      })),
  }));
}

/** A sheet without its blank rows, and what stands in cells that a merge covers. */
interface FilledSheet extends Pick<GridSheet, 'name' | 'isHidden' | 'rows'> {
  /** Its position in the file. */
  at: number;
  /** Of cells to the right of a merged text, by `line,column`. */
  across: ReadonlyMap<string, string>;
  /** Of cells below it. */
  down: ReadonlyMap<string, string>;
}

/** Cells that merges may cover in all: every row of the longest list, in five columns. */
const COVERED_MAX = 100_000;

const placeOf = (line: number, column: number): string => `${line},${column}`;

function filledSheet({ name, isHidden, rows, merges }: GridSheet, at: number): FilledSheet {
  const byLine = new Map(rows.map((row) => [row.line, row.cells]));
  const across = new Map<string, string>();
  const down = new Map<string, string>();
  for (const { top, bottom, left, right } of merges) {
    const text = byLine.get(top + 1)?.[left] ?? '';
    if (text === '' || across.size + down.size > COVERED_MAX) continue;
    for (let column = left + 1; column <= Math.min(right, left + HEAD_COLUMNS_MAX); column += 1)
      across.set(placeOf(top + 1, column), text);
    for (let line = top + 2; line <= bottom + 1 && down.size < COVERED_MAX; line += 1)
      down.set(placeOf(line, left), text);
  }
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { name, isHidden, at, rows: filled, across, down };
}

function candidatesOf(sheet: FilledSheet): Candidate[] {
  const found: Candidate[] = [];
  for (let from = 0; from < Math.min(sheet.rows.length, HEAD_LINES_MAX); from += 1) {
    for (let to = from; to < Math.min(from + HEAD_ROWS_MAX, sheet.rows.length); to += 1) {
      const heads = headsOf(sheet, from, to);
      const worth = worthOf(heads);
      if (worth === 0) continue;
      // Fewer rows of heads first; a row below that adds nothing is a row of the list. A hidden sheet goes last.
      found.push({ sheet, from, to, heads, worth: worth - (to - from) * 0.1 - (sheet.isHidden ? 0.5 : 0) });
    }
  }
  return found;
}

/** What the heads say of the list that fits them best: known columns, needed ones twice; 0: too few are known. */
function worthOf(heads: readonly string[]): number {
  const worths = REGISTRY_KINDS.map((kind) => {
    const matched = Object.keys(matchColumns(kind, heads));
    if (matched.length < MATCHES_MIN) return 0;
    const needed = REGISTRY_COLUMNS[kind].filter((column) => column.needed && matched.includes(column.key)).length;
    return matched.length + needed;
  });
  // Every text that is no head of ours makes a row of the list, or a letterhead, less likely to be the heads.
  const known = Math.max(...worths);
  const filled = heads.filter((head) => head !== '').length;
  return known === 0 ? 0 : known - filled * 0.05;
}

/** The texts of some rows, column by column; a merged cell's text stands in each column that it covers. */
function headsOf(sheet: FilledSheet, from: number, to: number): string[] {
  const rows = sheet.rows.slice(from, to + 1);
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, column) => {
    const parts = rows
      .map(({ line, cells }) => cells[column] || (sheet.across.get(placeOf(line, column)) ?? ''))
      .map((part) => part.replace(/\s+/g, ' '))
      .filter((part) => part !== '');
    return [...new Set(parts)].join(HEAD_PARTS);
  });
}

function tableOf({ sheet, from, to, heads: all }: Candidate): FoundTable {
  const width = all.findLastIndex((head) => head !== '') + 1;
  const heads = all.slice(0, width);
  const leftOut: LeftOutRow[] = [];
  const leave = (row: GridRow, reason: LeftOut): void => {
    if (leftOut.length < LEFT_OUT_MAX) leftOut.push({ line: row.line, reason, text: wordsOf(row) });
  };
  for (const row of sheet.rows.slice(0, from)) leave(row, 'above');
  const rows: GridRow[] = [];
  const body = sheet.rows.slice(to + 1);
  const ended = endOf(body, heads);
  for (const [at, row] of body.entries()) {
    const reason = at >= ended ? 'below' : reasonOf(row, heads);
    if (reason === null) rows.push({ line: row.line, cells: filledCells(sheet, row, heads.length) });
    else leave(row, reason);
  }
  const headLine = sheet.rows[to]?.line ?? 1;
  return { sheet: sheet.name, sheetAt: sheet.at, headLine, heads, rows, leftOut };
}

const wordsOf = ({ cells }: GridRow): string =>
  cells
    .filter((cell) => cell !== '')
    .join(' ')
    .slice(0, WORDS_SHOWN);

/** Whether a row is none of the list, by its own words; null: it is one, right or wrong. */
function reasonOf({ cells }: GridRow, heads: readonly string[]): LeftOut | null {
  const filled = cells.slice(0, heads.length).filter((cell) => cell !== '');
  if (filled.length === 0) return 'below';
  if (filled.length > 2 && filled.every((cell, at) => isColumnNumber(cell, at + 1))) return 'column-numbers';
  const few = filled.length <= Math.max(2, Math.floor(heads.length / 4));
  if (filled.length <= Math.ceil(heads.length / 2) && filled.some(isTotal)) return 'total';
  if (few && isSection(filled)) return 'section';
  return null;
}

const isColumnNumber = (cell: string, position: number): boolean =>
  cell === String(position) || cell === `(${position})` || cell === `[${position}]`;

const TOTAL = /^(?:tong(?: cong| so)?|cong|total|trung binh|binh quan)(?:$|[ :.\d(])/;
const isTotal = (cell: string): boolean => TOTAL.test(foldedText(cell));

const ORDINAL = /^(?:[ivxlc]{1,6}|[a-z]|\d{1,2})[.)]?$/;
const PLACE = /^(?:nhom|cum|xa|phuong|thi tran|huyen|thanh pho|tinh|khu vuc|phan|muc|loai|hang)\b/;

/** `I` and `CỤM MỘT`, or a place or group alone. */
function isSection(filled: readonly string[]): boolean {
  const [first = '', second] = filled;
  const isLoud = (text: string): boolean => text === text.toUpperCase() && /\p{Lu}/u.test(text);
  if (second === undefined) return isLoud(first) || PLACE.test(foldedText(first)) || /^[IVXLC]{1,6}[.)]/.test(first);
  return filled.length === 2 && ORDINAL.test(foldedText(first)) && (isLoud(second) || PLACE.test(foldedText(second)));
}

const FOOT =
  /^(?:nguoi lap|lap bieu|nguoi tong hop|thu truong|chu tich|giam doc|ky ten|\(ky|noi nhan|ghi chu|luu y|xac nhan|tm\.|kt\.|.{0,30}ngay .{0,12}thang .{0,12}nam)/;

/** Where the list ends: at the first row behind which only totals, notes and signatures follow. */
function endOf(body: readonly GridRow[], heads: readonly string[]): number {
  let end = body.length;
  while (end > 0) {
    const row = body[end - 1];
    if (row === undefined) break;
    const filled = row.cells.filter((cell) => cell !== '');
    const isFoot = filled.length <= 2 && filled.some((cell) => FOOT.test(foldedText(cell)));
    if (!isFoot && !(reasonOf(row, heads) === 'below')) break;
    end -= 1;
  }
  return end;
}

/** A row's cells, with the text of a cell that is merged downwards in every row that it covers. */
function filledCells(sheet: FilledSheet, { line, cells }: GridRow, width: number): string[] {
  return Array.from({ length: width }, (_, column) => cells[column] || (sheet.down.get(placeOf(line, column)) ?? ''));
}
