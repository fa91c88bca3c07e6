// The rows of a registry file, tried or applied, and the outcome of each. Used by every import: the console's jobs, the
// command line and the demo.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { NO_ROWS, type RegistryKind, type RowCounts, type RowOutcome } from '../../domain/import/registry-import.ts';
import type { ActionContext } from '../kit/context.ts';
import { differenceOf } from '../kit/save.ts';
import { columnOf, IMPORT_ROW, rowKeyOf, type Cells, type RowDone } from './import-row.ts';
import { nameBook, type NameBook } from './name-book.ts';
import { cellsOf } from './registry-columns.ts';
import type { Answers } from './value-words.ts';
import type { TableRow } from '../uploads/upload-work.ts';
import { trialStore, type Trial } from './trial-store.ts';

/** Rows processed at once: enough that their commits share a write, few enough that memory stays flat. */
const ROWS_AT_ONCE = 32;
const VALUE_SYMBOLS_MAX = 200;

/** A row by our column names. */
export interface RegistryRow {
  line: number;
  cells: Cells;
  /** An earlier row of the file names the same record, and we cannot know which one is meant. */
  isRepeated: boolean;
}

export interface RowReport {
  line: number;
  outcome: RowOutcome;
  /** The record's id; null if the row has errors. */
  id: Id | null;
  /** Errors, by column. */
  errors: { column: string; code: string; message: string }[];
  /** The row's cells by our column names, shortened to what a page shows. */
  cells: Record<string, string>;
  /** Of a trial: field -> its value before and after; empty for a new record. */
  changes: Record<string, readonly [before: string, after: string]>;
}

/**
 * @param columns our column -> position in a row
 * @param seen which records the rows before these name; those of these rows are added
 * @param answers what people said that texts of closed columns mean
 */
export function registryRows(
  kind: RegistryKind,
  columns: Readonly<Record<string, number>>,
  rows: readonly TableRow[],
  seen: Set<string> = new Set<string>(),
  answers: Answers = new Map(),
): RegistryRow[] {
  return rows.map(({ line, cells: texts }) => {
    const cells = cellsOf(kind, columns, texts, answers);
    const { key } = rowKeyOf(kind, cells);
    const isRepeated = seen.has(key);
    seen.add(key);
    return { line, cells, isRepeated };
  });
}

/**
 * Applies rows one by one, so that a row with errors does not stop the others; or tries them without changing anything.
 * Yields the reports of a few rows at a time, in order. Ending the loop early leaves the remaining rows untouched.
 */
export async function* importRows(
  rows: readonly RegistryRow[],
  how: { kind: RegistryKind; officeId: Id; actor: Actor; isTrial: boolean },
  ctx: ActionContext,
): AsyncGenerator<RowReport[]> {
  const book = nameBook(how.officeId, ctx);
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    yield await Promise.all(rows.slice(at, at + ROWS_AT_ONCE).map((row) => importRow(row, how, book, ctx)));
  }
}

/** A record whose name or place changes may be another one that the row meant. */
const RENAMING_FIELDS = ['name', 'address'] as const;

async function importRow(
  { line, cells, isRepeated }: RegistryRow,
  { kind, officeId, actor, isTrial }: Parameters<typeof importRows>[1],
  book: NameBook,
  ctx: ActionContext,
): Promise<RowReport> {
  const trial = isTrial ? trialStore(ctx.store, ['producers', 'products', 'evaluations', 'certificates']) : null;
  const own: ActionContext = { ...ctx, request: null, store: trial?.store ?? ctx.store };
  const report: Pick<RowReport, 'outcome' | 'id' | 'errors'> = isRepeated
    ? wrong([{ column: rowKeyOf(kind, cells).column, code: 'repeated', message: 'stands in this file twice' }])
    : reportOf(await IMPORT_ROW[kind](cells, { officeId, actor, ctx: own, book }));
  const changes = report.outcome === 'changed' ? changesOf(trial) : {};
  const isMove = RENAMING_FIELDS.some((field) => field in changes);
  const shown = Object.entries(cells).map(([key, value]) => [key, value.slice(0, VALUE_SYMBOLS_MAX)]);
  const cellsShown = Object.fromEntries(shown) as Record<string, string>;
  return { line, ...report, ...(isMove && { outcome: 'decide' }), cells: cellsShown, changes };
}

function reportOf(done: Result<RowDone>): Pick<RowReport, 'outcome' | 'id' | 'errors'> {
  return done.ok ? { ...done.value, errors: [] } : wrong(errorsOf(done.problem));
}

function wrong(errors: RowReport['errors']): Pick<RowReport, 'outcome' | 'id' | 'errors'> {
  return { outcome: 'wrong', id: null, errors };
}

function errorsOf({ code, detail, errors }: Problem): RowReport['errors'] {
  if (errors === undefined || errors.length === 0) return [{ column: '', code, message: detail }];
  return errors.map((error) => ({ column: columnOf(error.path.join('.')), code: error.code, message: error.message }));
}

function changesOf(trial: Trial | null): RowReport['changes'] {
  const change = trial?.change() ?? null;
  if (change === null || change.before === null) return {};
  const { before, after } = differenceOf(change.before, change.after);
  const fields = Object.keys(after);
  return Object.fromEntries(fields.map((field) => [field, [valueText(before[field]), valueText(after[field])]]));
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value as string | number | boolean).slice(0, VALUE_SYMBOLS_MAX);
  const parts = Object.values(value).filter((part) => part !== null && part !== '');
  return parts.map(valueText).join(', ');
}

export function addCounts(before: RowCounts, reports: readonly RowReport[]): RowCounts {
  // An import of before rows were to be decided has no count of them.
  const counts = { ...NO_ROWS, ...before };
  for (const { outcome } of reports) counts[outcome] += 1;
  return counts;
}
