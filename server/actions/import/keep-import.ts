// The steps of an import that a person takes: upload, match columns and try, apply, cancel. Each step is one write. A
// job tries and applies the rows (advance-import.ts).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import {
  isUnderWay,
  NO_ROWS,
  REGISTRY_KINDS,
  type ListPart,
  type RegistryImport,
  type TableSlice,
} from '../../domain/import/registry-import.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { keepFile } from '../kit/keep-file.ts';
import { officeOf } from '../kit/office-of.ts';
import { reach } from '../kit/reach.ts';
import { rememberedAnswers } from './office-answers.ts';
import { readingOf } from './list-parts.ts';
import { missingColumns } from './match-columns.ts';
import { REGISTRY_COLUMNS } from './registry-columns.ts';
import { decide } from '../kit/rights.ts';
import { actorId, differenceOf, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import type { TableRead } from '../uploads/upload-work.ts';
import { readTable } from './table-file.ts';

const columnsInput = z.record(z.string().max(40), z.int().min(0).max(60));

export const matchImportInput = z.strictObject({
  kind: z.enum(REGISTRY_KINDS),
  columns: columnsInput,
  /** Other kinds of record in each row. */
  also: z
    .array(z.strictObject({ kind: z.enum(REGISTRY_KINDS), columns: columnsInput }))
    .max(REGISTRY_KINDS.length - 1)
    .default([]),
  /** What the titles say of every row, by our columns, as a person left it. */
  said: z.record(z.string().max(40), z.string().max(120)).default({}),
});

/**
 * Stores an uploaded file; the registry does not change yet.
 * Problems: not-allowed, invalid at `file`, invalid or absent-reference at `officeId`.
 */
export async function beginImport(
  actor: Actor,
  input: { fileName: string; bytes: Uint8Array; officeId?: Id | undefined },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const may = decide(actor, 'make-producer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await officeOf(actor, input.officeId, ctx);
  if (!office.ok) return office;
  const table = await readTable(input.bytes);
  if (!table.ok) return table;
  const source = await keepSource(input.bytes, ctx);
  if (!source.ok) return source;
  const fileName =
    input.fileName
      .normalize('NFC')
      .replaceAll(/[\p{Cc}/\\]/gu, ' ')
      .trim()
      .slice(0, 120) || '–';
  return saveBegun(actor, { officeId: office.value, fileName, sourceFileIds: source.value }, table.value, ctx);
}

/** Saves an import of a list that was read: its columns wait to be confirmed. */
export async function saveBegun(
  actor: Actor,
  file: Pick<RegistryImport, 'officeId' | 'fileName'> & { sourceFileIds: readonly Id[] },
  table: TableRead,
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const listed = await listFields(table, ctx);
  if (!listed.ok) return listed;
  const doc: RegistryImport = {
    ...newEntity(ctx),
    ...file,
    ...listed.value,
    ...UNTRIED,
    state: 'matching',
    answers: await rememberedAnswers(file.officeId, ctx),
    by: actorId(actor),
  };
  return saveNew(ctx, actor, { collection: 'imports', doc, action: 'begin-import', answer: doc });
}

/** What an import holds of the list that was found or pointed at in its file. */
export async function listFields(
  table: TableRead,
  ctx: ActionContext,
): Promise<
  Result<
    Pick<
      RegistryImport,
      | 'kind'
      | 'columns'
      | 'also'
      | 'said'
      | 'fileId'
      | 'slices'
      | 'sheet'
      | 'place'
      | 'lists'
      | 'leftOut'
      | 'heads'
      | 'rows'
    > & { pictureFileId: Id }
  >
> {
  const { heads, rows, sheet, place, lists, leftOut } = table;
  const kept = await keepSlices(table, ctx);
  if (!kept.ok) return kept;
  const slices = kept.value;
  const bytes = Buffer.from(JSON.stringify(table.pictures));
  const picture = await keepFile(ctx, { mediaType: 'application/json', bytes });
  if (!picture.ok) return picture;
  const fileId = slices[0]?.fileId ?? '';
  const found = { ...readingOf(heads, leftOut), fileId, slices, sheet, place, lists, leftOut, heads, rows };
  return ok({ ...found, pictureFileId: picture.value });
}

/** A commit holds a piece, so that scans that come meanwhile wait for no more. */
const PIECE_BYTES = 256 * 1024;

async function keepSource(bytes: Uint8Array, ctx: ActionContext): Promise<Result<Id[]>> {
  const kept: Id[] = [];
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    const file = await keepFile(ctx, { mediaType: 'application/octet-stream', bytes: piece });
    if (!file.ok) return file;
    kept.push(file.value);
  }
  return ok(kept);
}

/** One after the other, as `keepSource`. */
async function keepSlices(
  { slices }: Pick<TableRead, 'slices'>,
  ctx: ActionContext,
): Promise<Result<readonly TableSlice[]>> {
  const kept: TableSlice[] = [];
  for (const { rows, json } of slices) {
    const file = await keepFile(ctx, { mediaType: 'application/json', bytes: json });
    if (!file.ok) return file;
    kept.push({ fileId: file.value, rows });
  }
  return ok(kept);
}

/** Of an import of which no row was tried. */
export const UNTRIED = {
  done: 0,
  counts: NO_ROWS,
  causes: [],
  renamesAgreed: false,
  reportFileIds: [] as Id[],
  reportCounts: [],
  endedAt: null,
};

/**
 * Stores which column is which, and starts the trial of the rows.
 * Problems: not-found, version-conflict, invalid at `columns`.
 */
export async function matchImport(
  actor: Actor,
  input: { id: Id; version: number } & z.input<typeof matchImportInput>,
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const { kind, also = [] } = input;
  const found = await reachImport(actor, input, ctx);
  if (!found.ok) return found;
  const before = found.value;
  const parts = [input, ...also].map((part): ListPart => ({ kind: part.kind, columns: knownColumns(part, before) }));
  const said = (before.said ?? []).flatMap((one) => {
    const value = (input.said?.[one.column] ?? one.value).trim();
    return value === '' ? [] : [{ ...one, value }];
  });
  const errors = parts.flatMap((part) =>
    missingColumns(part.kind, part.columns, said).map(({ key }) => ({
      path: part.kind === kind ? ['columns', key] : ['also', part.kind, key],
      code: 'required',
      message: 'No column was chosen for it.',
    })),
  );
  if (errors.length > 0) return fail('invalid', 'Columns are missing.', { errors });
  for (const { columns } of parts)
    if (new Set(Object.values(columns)).size < Object.keys(columns).length)
      return fieldProblem('invalid', 'columns', 'twice', 'A column was chosen twice.');
  if (new Set(parts.map((part) => part.kind)).size < parts.length)
    return fieldProblem('invalid', 'kind', 'twice', 'A kind was chosen twice.');
  const columns = parts[0]?.columns ?? {};
  const fields = { kind, columns, also: parts.slice(1), said, ...UNTRIED, state: 'checking' } as const;
  return change(actor, before, fields, 'check-import', ctx);
}

function knownColumns({ kind, columns }: ListPart, { heads }: RegistryImport): Record<string, number> {
  const known = new Set(REGISTRY_COLUMNS[kind].map(({ key }) => key));
  return Object.fromEntries(Object.entries(columns).filter(([key, at]) => known.has(key) && at < heads.length));
}

/** Starts applying the rows that were tried. Problems: not-found, version-conflict, already-decided. */
export async function applyImport(
  actor: Actor,
  input: { id: Id; version: number },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reachImport(actor, input, ctx);
  if (!found.ok) return found;
  if (found.value.state !== 'checked') return fail('already-decided', 'Only a file that was tried can be applied.');
  return change(
    actor,
    found.value,
    {
      ...UNTRIED,
      renamesAgreed: found.value.renamesAgreed ?? false,
      state: 'applying',
      trialFileIds: found.value.reportFileIds,
      applyingSince: ctx.now().toISOString(),
    },
    'apply-import',
    ctx,
  );
}

/**
 * Whether the rows that would rename or move a record are applied with the others: a decision of its own.
 * Problems: not-found, version-conflict, already-decided.
 */
export async function agreeToRenames(
  actor: Actor,
  input: { id: Id; version: number; agreed: boolean },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reachImport(actor, input, ctx);
  if (!found.ok) return found;
  if (found.value.state !== 'checked') return fail('already-decided', 'Only a file that was tried is decided about.');
  return change(actor, found.value, { renamesAgreed: input.agreed }, 'decide-import', ctx);
}

/** Cancels an import; rows already applied stay. Problems: not-found, already-decided. */
export async function cancelImport(
  actor: Actor,
  input: { id: Id; version: number },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reach(ctx.store.imports, actor, 'make-producer', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (['applied', 'cancelled', 'failed', 'undoing', 'undone'].includes(before.state))
    return fail('already-decided', 'It has ended already.');
  return change(actor, before, { state: 'cancelled', endedAt: ctx.now().toISOString() }, 'cancel-import', ctx);
}

/** An import that no job is processing. Problems: not-found, version-conflict, already-decided. */
export async function reachImport(
  actor: Actor,
  input: { id: Id; version: number },
  ctx: ActionContext,
): Promise<Result<RegistryImport>> {
  const found = await reach(ctx.store.imports, actor, 'make-producer', input.id);
  if (!found.ok) return found;
  const { doc } = found.value;
  if (isUnderWay(doc) || doc.state === 'applied' || doc.state === 'undone')
    return fail('already-decided', 'It is under way, or done.');
  if (doc.version !== input.version)
    return fail('version-conflict', 'Somebody changed this import meanwhile. Read it again.');
  return ok(doc);
}

function change(
  actor: Actor,
  before: RegistryImport,
  fields: Partial<RegistryImport>,
  action: string,
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const doc = nextVersion(ctx, before, fields);
  // The causes of rows are in the reports; a line of the audit chain need not repeat them.
  const values = differenceOf({ ...before, causes: [] }, { ...doc, causes: [] });
  return saveChange(ctx, actor, { collection: 'imports', before, doc, action, answer: doc, values });
}
