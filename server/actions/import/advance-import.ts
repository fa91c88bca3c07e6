// Works an import on by one chunk of rows: tried on a store that changes nothing, or applied through the actions that a person would
// use. A chunk's report is kept before the import says it is done; begun again after a crash, its rows find themselves done already.

import type { User } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import {
  isUnderWay,
  ROW_OUTCOMES,
  type RegistryImport,
  type RowCounts,
  type RowOutcome,
} from '../../domain/import/registry-import.ts';
import { personOf } from '../people/begin-session.ts';
import type { ActionContext } from '../kit/context.ts';
import { IMPORT_ROW } from './import-row.ts';
import { repeatedRow, repeatedRows, reportOf, type RowReport } from './import-registry.ts';
import { tableOf } from './keep-import.ts';
import { cellsOf } from './registry-columns.ts';
import { differenceOf, newId, nextVersion, saveChange } from '../kit/save.ts';
import { trialStore } from './trial-store.ts';

/** Rows of one step: a second's work at most. */
export const CHUNK_ROWS = 500;
/** Rows under way at once: enough that their commits share a write, few enough that memory stays flat. */
const ROWS_AT_ONCE = 32;
/** Of a row's report; what is longer is not for reading. */
const CHANGES_MAX = 20;
const VALUE_SYMBOLS_MAX = 200;

/** What came of a row, with its cells and what it changes: as a page shows it. */
export interface ReportedRow extends RowReport {
  /** The first cells of the row, by our columns. */
  cells: Record<string, string>;
  /** Field -> as it was and as it would be; empty for a new record. */
  changes: Record<string, readonly [before: string, after: string]>;
}

interface Row {
  line: number;
  cells: Record<string, string>;
}

/** The oldest import that has something to do, or null. */
export async function nextImport(ctx: Pick<ActionContext, 'store'>): Promise<RegistryImport | null> {
  for (const state of ['applying', 'checking'] as const) {
    const { items } = await ctx.store.imports.list({ state }, { limit: 50, after: null });
    const oldest = items.at(-1);
    if (oldest !== undefined) return oldest;
  }
  return null;
}

/**
 * One chunk on; the import as it is then, or null where somebody else changed it meanwhile (a cancellation).
 * @param isMine asked before every few rows: where it is no more, what a person changes by hand is not written over by a late row
 */
export async function advanceImport(
  before: RegistryImport,
  ctx: ActionContext,
  isMine: () => Promise<boolean>,
): Promise<RegistryImport | null> {
  if (!isUnderWay(before)) return null;
  const user = await ctx.store.users.get(before.by);
  if (user === null || user.disabledAt !== null) return end(before, user, 'failed', ctx);
  const { rows, repeated } = rowsOf(before, await tableOf(before, ctx));
  const some = rows.slice(before.done, before.done + CHUNK_ROWS);
  const reports: ReportedRow[] = [];
  for (let at = 0; at < some.length; at += ROWS_AT_ONCE) {
    if (!(await isMine()) || (await ctx.store.imports.get(before.id))?.version !== before.version) return null;
    reports.push(
      ...(await Promise.all(
        some.slice(at, at + ROWS_AT_ONCE).map((row) => runRow(before, user, row, repeated.has(row), ctx)),
      )),
    );
  }
  const fileId = newId(ctx);
  await ctx.store.files.put(fileId, 'application/json', Buffer.from(JSON.stringify(reports)));
  const done = before.done + some.length;
  const isLast = done >= before.rows;
  const state = !isLast ? before.state : before.state === 'checking' ? 'checked' : 'applied';
  const doc = nextVersion(ctx, before, {
    done,
    state,
    counts: addCounts(before.counts, reports),
    reportFileIds: [...before.reportFileIds, fileId],
    endedAt: state === 'applied' ? ctx.now().toISOString() : null,
  });
  const values = { state, done, counts: doc.counts };
  const saved = await saveChange({ ...ctx, request: null }, personOf(user), {
    collection: 'imports',
    before,
    doc,
    action: 'advance-import',
    answer: null,
    values,
  });
  return saved.ok ? doc : null;
}

/** The rows of a report that a page shows, from `from` on, and where the next begins (null: there is no more). */
export async function readImportRows(
  registryImport: RegistryImport,
  input: { outcome: RowOutcome | null; from: number; limit: number },
  ctx: Pick<ActionContext, 'store'>,
): Promise<Result<{ rows: ReportedRow[]; next: number | null }>> {
  const rows: ReportedRow[] = [];
  for (let chunk = Math.floor(input.from / CHUNK_ROWS); chunk < registryImport.reportFileIds.length; chunk += 1) {
    const reports = await reportOfChunk(registryImport.reportFileIds[chunk] ?? '', ctx);
    for (const [at, row] of reports.entries()) {
      const position = chunk * CHUNK_ROWS + at;
      if (position < input.from || (input.outcome !== null && row.outcome !== input.outcome)) continue;
      if (rows.length === input.limit) return ok({ rows, next: position });
      rows.push(row);
    }
  }
  return ok({ rows, next: null });
}

async function reportOfChunk(fileId: Id, ctx: Pick<ActionContext, 'store'>): Promise<ReportedRow[]> {
  const file = await ctx.store.files.get(fileId);
  return file === null ? [] : (JSON.parse(Buffer.from(file.bytes).toString('utf8')) as ReportedRow[]);
}

async function runRow(
  registryImport: RegistryImport,
  user: User,
  row: Row,
  isRepeated: boolean,
  ctx: ActionContext,
): Promise<ReportedRow> {
  const { kind, officeId, state } = registryImport;
  const shown = Object.fromEntries(
    Object.entries(row.cells).map(([key, value]) => [key, value.slice(0, VALUE_SYMBOLS_MAX)]),
  );
  if (isRepeated) return { ...repeatedRow(kind, row), cells: shown, changes: {} };
  const trial = trialStore(ctx.store, ['producers', 'products', 'evaluations', 'certificates']);
  const own: ActionContext = { ...ctx, request: null, store: state === 'checking' ? trial.store : ctx.store };
  const report = reportOf(row, await IMPORT_ROW[kind](row.cells, { officeId, actor: personOf(user), ctx: own }));
  return { ...report, cells: shown, changes: report.outcome === 'changed' ? changesOf(trial.change()) : {} };
}

function changesOf(change: ReturnType<ReturnType<typeof trialStore>['change']>): ReportedRow['changes'] {
  if (change?.before === null || change === null) return {};
  const { before, after } = differenceOf(change.before, change.after);
  const fields = Object.keys(after).slice(0, CHANGES_MAX);
  return Object.fromEntries(fields.map((field) => [field, [valueText(before[field]), valueText(after[field])]]));
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object')
    return Object.values(value)
      .filter((part) => part !== null && part !== '')
      .map(valueText)
      .join(', ');
  return String(value as string | number | boolean).slice(0, VALUE_SYMBOLS_MAX);
}

/** The rows by our columns, and those whose record an earlier row of the file names already. */
function rowsOf(
  { kind, columns }: RegistryImport,
  table: Awaited<ReturnType<typeof tableOf>>,
): { rows: Row[]; repeated: Set<Row> } {
  // The heads are the file's first line.
  const rows = table.rows.map((row, at) => ({ line: at + 2, cells: cellsOf(kind, columns, row) }));
  return { rows, repeated: repeatedRows(kind, rows) };
}

function addCounts(before: RowCounts, reports: readonly RowReport[]): RowCounts {
  return Object.fromEntries(
    ROW_OUTCOMES.map((outcome) => [
      outcome,
      before[outcome] + reports.filter((report) => report.outcome === outcome).length,
    ]),
  ) as unknown as RowCounts;
}

/** Ends an import that cannot go on; what was applied stays. */
export async function failImport(before: RegistryImport, ctx: ActionContext): Promise<void> {
  await end(before, await ctx.store.users.get(before.by), 'failed', ctx);
}

/** Ends it without its maker: an account that was shut meanwhile applies nothing. */
async function end(
  before: RegistryImport,
  user: User | null,
  state: 'failed',
  ctx: ActionContext,
): Promise<RegistryImport | null> {
  const actor =
    user === null
      ? ({ kind: 'person', id: 'system', role: 'admin', officeId: null, producerId: null } as const)
      : personOf(user);
  const doc = nextVersion(ctx, before, { state, endedAt: ctx.now().toISOString() });
  const saved = await saveChange({ ...ctx, request: null }, actor, {
    collection: 'imports',
    before,
    doc,
    action: 'fail-import',
    answer: null,
  });
  return saved.ok ? doc : null;
}
