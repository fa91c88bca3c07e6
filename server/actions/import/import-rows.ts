// The rows of a registry file, tried or applied, and the outcome of each. Used by every import: the console's jobs, the
// command line and the demo.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  NO_ROWS,
  partsOf,
  REGISTRY_KINDS,
  type ListPart,
  type RegistryKind,
  type RowCounts,
  type RowOutcome,
} from '../../domain/import/registry-import.ts';
import type { ActionContext } from '../kit/context.ts';
import { differenceOf } from '../kit/save.ts';
import { columnOf, IMPORT_ROW, rowKeyOf } from './import-row.ts';
import { filledParts, linkedCells, nameInRow, ownerOfRow, restoredColumns, type RowPart } from './list-parts.ts';
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
  /** In the order in which one rests on another; at least one. */
  parts: RowPart[];
  /** An earlier row of the file names the same record, and we cannot know which one is meant. */
  isRepeated: boolean;
}

export interface RowReport {
  line: number;
  outcome: RowOutcome;
  /** The record's id; null if the row has errors. */
  id: Id | null;
  /** The records that the row is of, in their order, as it left them; absent in imports of before 1.1. */
  records?: { kind: RegistryKind; outcome: 'new' | 'same' | 'changed'; id: Id; version: number }[];
  /** Errors, by column. */
  errors: { column: string; code: string; message: string }[];
  /** The row's cells by our column names, shortened to what a page shows. */
  cells: Record<string, string>;
  /** Columns whose zeros were put back; absent: none. */
  restored?: string[];
  /** Of a trial: field -> its value before and after; empty for a new record. */
  changes: Record<string, readonly [before: string, after: string]>;
}

/** What a list is: its kinds of record, the leading one first, and what its titles say. */
export interface ListShape extends ListPart {
  also?: readonly ListPart[];
  said?: readonly { column: string; value: string }[];
}

/**
 * @param seen which records the rows before these name; those of these rows are added
 * @param answers what people said that texts of closed columns mean
 */
export function registryRows(
  list: ListShape,
  rows: readonly TableRow[],
  seen: Set<string> = new Set<string>(),
  answers: Answers = new Map(),
): RegistryRow[] {
  const said = Object.fromEntries((list.said ?? []).map(({ column, value }) => [column, value]));
  const listed = partsOf(list);
  return rows.map(({ line, cells: texts }) => {
    const parts = filledParts(
      listed.map(({ kind, columns }) => {
        const cells = cellsOf(kind, columns, texts, answers, said);
        return { kind, cells, restored: restoredColumns(kind, columns, texts, cells) };
      }),
    );
    const last = parts.at(-1);
    // Where rows hold several kinds, a producer may stand in as many of them as it has products.
    const isFound = listed.length > 1 && last?.kind === 'producers';
    const key = last === undefined || isFound ? null : `${last.kind}${rowKeyOf(last.kind, last.cells).key}`;
    const isRepeated = key !== null && seen.has(key);
    if (key !== null) seen.add(key);
    return { line, parts, isRepeated };
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
  book: NameBook = nameBook(how.officeId, ctx),
): AsyncGenerator<RowReport[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const owners = new Map<string, Promise<RowReport>>();
    const some = rows.slice(at, at + ROWS_AT_ONCE).map((row) => {
      const owner = ownerOfRow(row.parts);
      const before = owner === '' ? undefined : owners.get(owner);
      const report = (before ?? Promise.resolve()).then(() => importRow(row, how, book, ctx));
      if (owner !== '') owners.set(owner, report);
      return report;
    });
    yield await Promise.all(some);
  }
}

/** A record whose name or place changes may be another one that the row meant. */
const RENAMING_FIELDS = ['name', 'address'] as const;

async function importRow(
  { line, parts, isRepeated }: RegistryRow,
  { kind: lead, officeId, actor, isTrial }: Parameters<typeof importRows>[1],
  book: NameBook,
  ctx: ActionContext,
): Promise<RowReport> {
  const trial = isTrial ? trialStore(ctx.store, REGISTRY_KINDS) : null;
  const own: ActionContext = { ...ctx, request: null, store: trial?.store ?? ctx.store };
  const found = new Map<RegistryKind, Id>();
  const report: RowReport = { line, outcome: 'same', id: null, records: [], errors: [], cells: {}, changes: {} };
  for (const part of parts)
    for (const [key, value] of Object.entries(part.cells))
      report.cells[nameInRow(lead, part.kind, key)] = value.slice(0, VALUE_SYMBOLS_MAX);
  const restored = parts.flatMap((part) => part.restored.map((key) => nameInRow(lead, part.kind, key)));
  if (restored.length > 0) report.restored = restored;
  const last = parts.at(-1);
  if (isRepeated && last !== undefined) {
    const column = nameInRow(lead, last.kind, rowKeyOf(last.kind, last.cells).column);
    return {
      ...report,
      outcome: 'wrong',
      errors: [{ column, code: 'repeated', message: 'stands in this file twice' }],
    };
  }
  for (const part of parts) {
    const { kind } = part;
    const done = await IMPORT_ROW[kind](linkedCells(part, found), {
      officeId,
      actor,
      ctx: own,
      book,
      isPart: parts.length > 1,
    });
    if (!done.ok) {
      const errors = errorsOf(done.problem).map((one) => ({ ...one, column: nameInRow(lead, kind, one.column) }));
      return { ...report, outcome: 'wrong', id: null, errors };
    }
    const { outcome, id, version } = done.value;
    found.set(kind, id);
    report.id = id;
    report.records?.push({ kind, outcome, id, version });
    const change = trial?.take() ?? null;
    if (outcome !== 'changed') report.outcome = outcome === 'new' ? worse(report.outcome, 'new') : report.outcome;
    else {
      const changes = changesOf(change);
      const isMove = RENAMING_FIELDS.some((field) => field in changes);
      report.outcome = worse(report.outcome, isMove ? 'decide' : 'changed');
      for (const [field, values] of Object.entries(changes)) report.changes[nameInRow(lead, kind, field)] = values;
    }
  }
  return report;
}

/** Of a row's records, the outcome that a person must know of. */
const BY_WEIGHT: readonly RowOutcome[] = ['same', 'changed', 'new', 'decide', 'wrong'];
const worse = (one: RowOutcome, other: RowOutcome): RowOutcome =>
  BY_WEIGHT.indexOf(one) > BY_WEIGHT.indexOf(other) ? one : other;

function errorsOf({ code, detail, errors }: Problem): RowReport['errors'] {
  if (errors === undefined || errors.length === 0) return [{ column: '', code, message: detail }];
  return errors.map((error) => ({ column: columnOf(error.path.join('.')), code: error.code, message: error.message }));
}

function changesOf(change: ReturnType<Trial['take']>): RowReport['changes'] {
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
