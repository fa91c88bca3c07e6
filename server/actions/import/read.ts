// Reads imports: one, the list, the uploaded table and the outcome of its rows.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import {
  chunksOf,
  type Chunk,
  type FaultCause,
  type RegistryImport,
  type RowOutcome,
} from '../../domain/import/registry-import.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { listInReach, readInReach } from '../kit/reach.ts';
import { hasCause } from './fault-causes.ts';
import type { RowReport } from './import-rows.ts';
import type { TableRow } from '../uploads/upload-work.ts';

/** Problems: not-allowed, not-found. */
export function readImport(actor: Actor, importId: Id, ctx: ActionContext): Promise<Result<RegistryImport>> {
  return readInReach(ctx.store.imports, actor, 'make-producer', importId);
}

/** Newest first. */
export function listImports(
  actor: Actor,
  page: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<RegistryImport>>> {
  return listInReach(ctx.store.imports, actor, 'make-producer', {}, page);
}

/** The first rows as they were uploaded. Problems: as readImport. @throws Error if the store has lost the file */
export async function readFirstRows(
  actor: Actor,
  importId: Id,
  ctx: ActionContext,
): Promise<Result<readonly TableRow[]>> {
  const found = await readImport(actor, importId, ctx);
  if (!found.ok) return found;
  const [first] = chunksOf(found.value);
  return ok(first === undefined ? [] : await rowsOfChunk(first, ctx));
}

/**
 * The reports of rows, of one outcome or cause or all, from position `from`.
 * @returns `next` is the position to continue from; null: there are no more. Problems: as readImport.
 */
export async function readImportRows(
  actor: Actor,
  input: { id: Id; outcome: RowOutcome | null; cause?: FaultCause | null; from: number; limit: number },
  ctx: ActionContext,
): Promise<Result<{ rows: RowReport[]; next: number | null }>> {
  const found = await readImport(actor, input.id, ctx);
  if (!found.ok) return found;
  const { reportFileIds, reportCounts, kind } = found.value;
  const { outcome, cause = null } = input;
  const rows: RowReport[] = [];
  for (const [at, chunk] of chunksOf(found.value).entries()) {
    const fileId = reportFileIds[at];
    if (fileId === undefined) break;
    if (chunk.from + chunk.rows <= input.from) continue;
    const counts = reportCounts?.[at];
    const wanted = cause === null ? outcome : 'wrong';
    if (counts !== undefined && wanted !== null && counts[wanted] === 0) continue;
    const reports = await reportsOf(fileId, ctx);
    for (const [inChunk, row] of reports.entries()) {
      const position = chunk.from + inChunk;
      if (position < input.from || (outcome !== null && row.outcome !== outcome)) continue;
      if (cause !== null && !hasCause(kind, row, cause)) continue;
      if (rows.length === input.limit) return ok({ rows, next: position });
      rows.push(row);
    }
  }
  return ok({ rows, next: null });
}

/** The reports of one step; none where the store has lost them. */
export async function reportsOf(fileId: Id, ctx: Pick<ActionContext, 'store'>): Promise<RowReport[]> {
  return (await readJson<RowReport[]>(fileId, ctx)) ?? [];
}

/** The rows of one step. @throws Error if the store has lost the file */
export async function rowsOfChunk(
  { fileId, from, skip, rows }: Chunk,
  ctx: Pick<ActionContext, 'store'>,
): Promise<readonly TableRow[]> {
  const table = await readJson<StoredTable>(fileId, ctx);
  if (table === null) throw new Error(`import file ${fileId} is not there`);
  return table.rows.slice(skip, skip + rows).map((row, at) => rowOf(row, from + at));
}

/** Up to version 0.1 a row was its cells alone, and the file began with its heads. */
interface StoredTable {
  heads: string[];
  rows: (TableRow | string[])[];
}

function rowOf(row: TableRow | string[], at: number): TableRow {
  return Array.isArray(row) ? { line: at + 2, cells: row } : row;
}

async function readJson<T>(fileId: Id, ctx: Pick<ActionContext, 'store'>): Promise<T | null> {
  const file = await ctx.store.files.get(fileId);
  return file === null ? null : (JSON.parse(Buffer.from(file.bytes).toString('utf8')) as T);
}
