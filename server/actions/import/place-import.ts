// Where the list is in its file, as a person points at it in the picture of the first rows; and the next list of a
// workbook that holds several. The file is read anew, as it was uploaded.

import { z } from 'zod';
import type { Id } from '../../domain/entity.ts';
import type { ListPlace, SheetPicture } from '../../domain/import/grid.ts';
import { isUnderWay, type RegistryImport } from '../../domain/import/registry-import.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { reach } from '../kit/reach.ts';
import { ROW_REF_MAX, type TableRead } from '../uploads/upload-work.ts';
import { listFields, reachImport, saveBegun, UNTRIED } from './keep-import.ts';
import { readImport } from './read.ts';
import { readTable } from './table-file.ts';

export const placeImportInput = z.strictObject({
  sheet: z.int().min(0).max(255),
  /** 0: where the sheet fits a list best. */
  headLine: z.int().min(0).max(ROW_REF_MAX),
});

/**
 * Reads the list from where a person says that it is; its columns are guessed anew.
 * Problems: not-found, version-conflict, already-decided, invalid at `file`.
 */
export async function placeImport(
  actor: Actor,
  input: { id: Id; version: number } & z.output<typeof placeImportInput>,
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reachImport(actor, input, ctx);
  if (!found.ok) return found;
  const before = found.value;
  const table = await readSource(before, { sheet: input.sheet, headLine: input.headLine }, ctx);
  if (!table.ok) return table;
  const listed = await listFields(table.value, ctx);
  if (!listed.ok) return listed;
  const doc = nextVersion(ctx, before, { ...listed.value, ...UNTRIED, state: 'matching' });
  const { place, sheet, kind } = doc;
  const change = { collection: 'imports', before, doc, action: 'place-import', answer: doc } as const;
  return saveChange(ctx, actor, { ...change, values: { place, sheet, kind } });
}

/** Begins the import of another sheet of the same workbook. Problems: not-found, invalid at `file`. */
export async function beginNextList(
  actor: Actor,
  input: { id: Id; sheet: number },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reach(ctx.store.imports, actor, 'make-producer', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  const table = await readSource(before, { sheet: input.sheet, headLine: 0 }, ctx);
  if (!table.ok) return table;
  const { officeId, fileName, sourceFileIds = [] } = before;
  return saveBegun(actor, { officeId, fileName, sourceFileIds }, table.value, ctx);
}

async function readSource(
  { sourceFileIds = [] }: RegistryImport,
  place: ListPlace,
  ctx: ActionContext,
): Promise<Result<TableRead>> {
  const pieces: Uint8Array[] = [];
  for (const id of sourceFileIds) {
    const file = await ctx.store.files.get(id);
    if (file === null) return fail('not-found', 'The file was not kept. Upload it again.');
    pieces.push(file.bytes);
  }
  if (pieces.length === 0) return fail('not-found', 'The file was not kept. Upload it again.');
  return readTable(Buffer.concat(pieces), place);
}

/** The first rows of each sheet; empty where they were not kept. Problems: as readImport. */
export async function readPictures(actor: Actor, importId: Id, ctx: ActionContext): Promise<Result<SheetPicture[]>> {
  const found = await readImport(actor, importId, ctx);
  if (!found.ok) return found;
  const { pictureFileId } = found.value;
  const file = pictureFileId === undefined ? null : await ctx.store.files.get(pictureFileId);
  return ok(file === null ? [] : (JSON.parse(Buffer.from(file.bytes).toString('utf8')) as SheetPicture[]));
}

/** How many of an office's last imports are looked through for those of the same workbook. */
const IMPORTS_LOOKED_AT = 50;

/** The other lists of its workbook, and whether each was begun since. Problems: as readImport. */
export async function readOtherLists(
  actor: Actor,
  importId: Id,
  ctx: ActionContext,
): Promise<Result<{ list: NonNullable<RegistryImport['lists']>[number]; importId: Id | null }[]>> {
  const found = await readImport(actor, importId, ctx);
  if (!found.ok) return found;
  const { officeId, lists = [], place, sourceFileIds = [] } = found.value;
  const others = lists.filter(({ sheet }) => sheet !== place?.sheet);
  if (others.length === 0) return ok([]);
  const { items } = await ctx.store.imports.list({ officeId }, { limit: IMPORTS_LOOKED_AT, after: null });
  const siblings = items.filter(
    (one) => one.sourceFileIds?.[0] === sourceFileIds[0] && (isUnderWay(one) || one.state !== 'cancelled'),
  );
  return ok(
    others.map((list) => ({ list, importId: siblings.find((one) => one.place?.sheet === list.sheet)?.id ?? null })),
  );
}
