// Imports a whole registry file of an office, for the command line and the demo. Every head must be known, and the rows
// are applied at once. A second run changes nothing. In the console a person matches the columns first
// (keep-import.ts).

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { NO_ROWS, REGISTRY_KINDS, type RegistryKind, type RowCounts } from '../../domain/import/registry-import.ts';
import type { ActionContext } from '../kit/context.ts';
import { officeOf } from '../kit/office-of.ts';
import { decide } from '../kit/rights.ts';
import { addCounts, importRows, registryRows, type RegistryRow, type RowReport } from './import-rows.ts';
import { kindOfHeads, matchColumns, missingColumns } from './match-columns.ts';
import { REGISTRY_COLUMNS } from './registry-columns.ts';
import { unreadableLine } from '../uploads/unreadable.ts';
import { readExactTable } from './table-file.ts';

export interface RegistryFile {
  kind: RegistryKind;
  rows: RegistryRow[];
}

export interface ImportReport {
  kind: RegistryKind;
  counts: RowCounts;
  rows: RowReport[];
}

/** Reads .csv or .xlsx. Problems: invalid at `file`, also for an unknown head or a missing column. */
export async function readRegistryFile(bytes: Uint8Array): Promise<Result<RegistryFile>> {
  const table = await readExactTable(bytes);
  if (!table.ok) return table;
  const { heads, rows } = table.value;
  const kind = kindOfHeads(heads);
  const columns = kind === null ? {} : matchColumns(kind, heads);
  const isWhole = kind !== null && missingColumns(kind, columns).length === 0;
  if (isWhole && Object.keys(columns).length === heads.length)
    return ok({ kind, rows: registryRows({ kind, columns }, rows) });
  const known = REGISTRY_KINDS.map((one) => `${one} (${headsOf(one, true)}; also ${headsOf(one, false)})`);
  const message = `The columns ${heads.join(', ')} are those of no registry file. Known: ${known.join('; ')}.`;
  return unreadableLine(1, 'header', message);
}

/**
 * Rows with errors are listed in the report.
 * @param input `officeId` is needed from an admin if there are several offices
 * Problems: not-allowed, not-signed-in, invalid or absent-reference at `officeId`.
 */
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
  const reports: RowReport[] = [];
  for await (const some of importRows(rows, { kind, officeId: office.value, actor, isTrial: false }, ctx))
    reports.push(...some);
  return ok({ kind, counts: addCounts(NO_ROWS, reports), rows: reports });
}

function headsOf(kind: RegistryKind, needed: boolean): string {
  const columns = REGISTRY_COLUMNS[kind].filter((column) => column.needed === needed);
  return columns.map(({ key }) => key).join(', ');
}
