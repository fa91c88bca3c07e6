// The wrong rows of a trial as a workbook: as they stand in the file, with the reason in a column beside, to be mended
// and brought back.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { chunksOf, type RegistryImport } from '../../domain/import/registry-import.ts';
import type { ActionContext } from '../kit/context.ts';
import type { RowReport } from './import-rows.ts';
import { readImport, reportsOf, rowsOfChunk } from './read.ts';
import { tableSheet, writeWorkbook } from './write-workbook.ts';

interface WrongWords {
  sheet: string;
  /** Of the column of reasons: no head of ours, so that it is not read when the file comes back. */
  reason: string;
  reasonOf: (report: RowReport) => string;
}

/** Problems: not-allowed, not-found. @throws Error if the store has lost a file */
export async function exportWrongRows(
  actor: Actor,
  input: { id: Id; wordsOf: (one: RegistryImport) => WrongWords },
  ctx: ActionContext,
): Promise<Result<Uint8Array>> {
  const found = await readImport(actor, input.id, ctx);
  if (!found.ok) return found;
  const one = found.value;
  const words = input.wordsOf(one);
  const widths = one.heads.map(() => 20);
  const sheet = tableSheet(words.sheet, [[...one.heads, words.reason]], [...widths, 60]);
  return ok(await writeWorkbook([sheet], { more: wrongRows(one, words, ctx) }));
}

async function* wrongRows(
  { heads, reportFileIds, ...one }: RegistryImport,
  { reasonOf }: WrongWords,
  ctx: ActionContext,
): AsyncGenerator<string[][]> {
  for (const [at, chunk] of chunksOf(one).entries()) {
    const fileId = reportFileIds[at];
    if (fileId === undefined) return;
    const wrong = (await reportsOf(fileId, ctx)).filter(({ outcome }) => outcome === 'wrong');
    if (wrong.length === 0) continue;
    const byLine = new Map((await rowsOfChunk(chunk, ctx)).map(({ line, cells }) => [line, cells]));
    yield wrong.map((report) => {
      const cells = byLine.get(report.line) ?? [];
      return [...heads.map((_head, column) => cells[column] ?? ''), reasonOf(report)];
    });
  }
}
