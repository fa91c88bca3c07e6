// Takes over a registry file of an office: producers, products, evaluations or certificates. Rows are applied through the same
// actions as anything else, each by itself, so a wrong row keeps no other from its place; a second run changes nothing.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Problem, type Result } from '../../domain/problem.ts';
import type { RegistryKind, RowOutcome } from '../../domain/import/registry-import.ts';
import type { ActionContext } from '../kit/context.ts';
import { columnOf, IMPORT_ROW, ROW_KEY, type RowDone } from './import-row.ts';
import { officeOf } from '../kit/office-of.ts';
import type { CsvRow, RegistryFile } from './registry-csv.ts';
import { decide } from '../kit/rights.ts';

export interface RowReport {
  line: number;
  outcome: RowOutcome;
  /** Of the record; null where the row is wrong. */
  id: Id | null;
  /** What is wrong, by column. */
  errors: { column: string; code: string; message: string }[];
}

export interface ImportReport {
  kind: RegistryKind;
  counts: Record<RowOutcome, number>;
  rows: RowReport[];
}

/** Rows under way at once: enough that their commits share a write, few enough that memory stays flat. */
const ROWS_AT_ONCE = 32;

/** @param input `officeId` is needed from an admin where there are several offices */
export async function importRegistry(
  actor: Actor,
  input: { officeId?: Id | undefined; file: RegistryFile },
  ctx: ActionContext,
): Promise<Result<ImportReport>> {
  const may = decide(actor, 'make-producer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await officeOf(actor, input.officeId, ctx);
  if (!office.ok) return office;
  const { kind, rows } = input.file;
  const repeated = repeatedRows(kind, rows);
  const report: ImportReport = { kind, counts: { new: 0, same: 0, changed: 0, wrong: 0 }, rows: [] };
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    const common = { officeId: office.value, actor, ctx: { ...ctx, request: null } };
    const reports = await Promise.all(
      some.map(async (row) =>
        repeated.has(row) ? repeatedRow(kind, row) : reportOf(row, await IMPORT_ROW[kind](row.cells, common)),
      ),
    );
    report.rows.push(...reports);
  }
  for (const { outcome } of report.rows) report.counts[outcome] += 1;
  return ok(report);
}

/** What came of a row, for people. */
export function reportOf({ line }: Pick<CsvRow, 'line'>, done: Result<RowDone>): RowReport {
  if (done.ok) return { line, ...done.value, errors: [] };
  return { line, outcome: 'wrong', id: null, errors: errorsOf(done.problem) };
}

function errorsOf({ code, detail, errors }: Problem): RowReport['errors'] {
  if (errors === undefined || errors.length === 0) return [{ column: '', code, message: detail }];
  return errors.map((error) => ({ column: columnOf(error.path.join('.')), code: error.code, message: error.message }));
}

/** Rows of a record that an earlier row names already: which of them holds is not ours to choose. */
export function repeatedRows<R extends Pick<CsvRow, 'cells'>>(kind: RegistryKind, rows: readonly R[]): Set<R> {
  const seen = new Set<string>();
  const repeated = new Set<R>();
  for (const row of rows) {
    const key = JSON.stringify(ROW_KEY[kind].map((column) => row.cells[column]?.normalize('NFC')));
    if (seen.has(key)) repeated.add(row);
    seen.add(key);
  }
  return repeated;
}

export function repeatedRow(kind: RegistryKind, { line }: Pick<CsvRow, 'line'>): RowReport {
  const [column = ''] = ROW_KEY[kind];
  return {
    line,
    outcome: 'wrong',
    id: null,
    errors: [{ column, code: 'repeated', message: 'stands in this file twice' }],
  };
}
