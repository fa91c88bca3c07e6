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
  type RegistryImport,
  type RegistryKind,
  type TableSlice,
} from '../../domain/import/registry-import.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { keepFile } from '../kit/keep-file.ts';
import { officeOf } from '../kit/office-of.ts';
import { reach } from '../kit/reach.ts';
import { rememberedAnswers } from './office-answers.ts';
import { kindOfHeads, matchColumns, missingColumns } from './match-columns.ts';
import { REGISTRY_COLUMNS } from './registry-columns.ts';
import { decide } from '../kit/rights.ts';
import { actorId, differenceOf, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import type { TableRead } from '../uploads/upload-work.ts';
import { readTable } from './table-file.ts';

export const matchImportInput = z.strictObject({
  kind: z.enum(REGISTRY_KINDS),
  columns: z.record(z.string().max(40), z.int().min(0).max(60)),
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
  const { heads, rows, sheet, leftOut } = table.value;
  const kind: RegistryKind = kindOfHeads(heads) ?? 'producers';
  const answers = await rememberedAnswers(office.value, ctx);
  const kept = await keepSlices(table.value, ctx);
  if (!kept.ok) return kept;
  const slices = kept.value;
  const fileName =
    input.fileName
      .normalize('NFC')
      .replaceAll(/[\p{Cc}/\\]/gu, ' ')
      .trim()
      .slice(0, 120) || '–';
  const doc: RegistryImport = {
    ...newEntity(ctx),
    officeId: office.value,
    kind,
    fileName,
    fileId: slices[0]?.fileId ?? '',
    slices,
    sheet,
    leftOut,
    heads,
    rows,
    columns: matchColumns(kind, heads),
    state: 'matching',
    done: 0,
    counts: NO_ROWS,
    answers,
    causes: [],
    reportFileIds: [],
    by: actorId(actor),
    endedAt: null,
  };
  return saveNew(ctx, actor, { collection: 'imports', doc, action: 'begin-import', answer: doc });
}

/** One after the other: a commit holds a slice, so that scans that come meanwhile wait for no more. */
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

/**
 * Stores which column is which, and starts the trial of the rows.
 * Problems: not-found, version-conflict, invalid at `columns`.
 */
export async function matchImport(
  actor: Actor,
  input: { id: Id; version: number } & z.output<typeof matchImportInput>,
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const { kind } = input;
  const found = await reachImport(actor, input, ctx);
  if (!found.ok) return found;
  const before = found.value;
  const known = new Set(REGISTRY_COLUMNS[kind].map(({ key }) => key));
  const columns = Object.fromEntries(
    Object.entries(input.columns).filter(([key, at]) => known.has(key) && at < before.heads.length),
  );
  const missing = missingColumns(kind, columns);
  if (missing.length > 0) {
    const errors = missing.map(({ key }) => ({
      path: ['columns', key],
      code: 'required',
      message: 'No column was chosen for it.',
    }));
    return fail('invalid', 'Columns are missing.', { errors });
  }
  if (new Set(Object.values(columns)).size < Object.keys(columns).length)
    return fieldProblem('invalid', 'columns', 'twice', 'A column was chosen twice.');
  return change(
    actor,
    before,
    {
      kind,
      columns,
      state: 'checking',
      done: 0,
      counts: NO_ROWS,
      causes: [],
      renamesAgreed: false,
      reportFileIds: [],
      endedAt: null,
    },
    'check-import',
    ctx,
  );
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
      state: 'applying',
      done: 0,
      counts: NO_ROWS,
      causes: [],
      trialFileIds: found.value.reportFileIds,
      applyingSince: ctx.now().toISOString(),
      reportFileIds: [],
      endedAt: null,
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
  if (before.state === 'applied' || before.state === 'cancelled' || before.state === 'failed')
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
  if (isUnderWay(doc) || doc.state === 'applied') return fail('already-decided', 'It is under way, or done.');
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
