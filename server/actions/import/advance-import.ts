// Processes one chunk of rows of an import: tries them on a store that changes nothing, or applies them through the
// actions that a person would use. A chunk's report is stored before the import counts the chunk as done. After a crash
// in between, the chunk runs again, and rows that were already applied are reported as "same".

import { SYSTEM, type User } from '../../domain/people/account.ts';
import { chunksOf, isUnderWay, type RegistryImport } from '../../domain/import/registry-import.ts';
import { personOf } from '../people/person-of.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { keepFile } from '../kit/keep-file.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { addCounts, importRows, registryRows, type RegistryRow, type RowReport } from './import-rows.ts';
import { rowsOfChunk } from './read.ts';
import { soundUser } from '../people/sound-credential.ts';

/** The oldest import that has work to do, or null. */
export async function nextImport(ctx: Pick<ActionContext, 'store'>): Promise<RegistryImport | null> {
  for (const state of ['applying', 'checking'] as const) {
    let oldest: RegistryImport | null = null;
    for await (const one of everyOf(ctx.store.imports, { state })) oldest = one;
    if (oldest !== null) return oldest;
  }
  return null;
}

/**
 * Processes one chunk.
 * @param isMine called before and after every few rows. If it returns false we stop, so that no late row overwrites a
 * person's change
 * @param named kept from one chunk to the next, it spares reading the chunks before
 * @returns the import after the chunk; null: someone else changed it meanwhile (a cancellation), or we lost the lease
 */
export async function advanceImport(
  before: RegistryImport,
  ctx: ActionContext,
  isMine: () => Promise<boolean>,
  named: NamedRecords = new NamedRecords(),
): Promise<RegistryImport | null> {
  if (!isUnderWay(before)) return null;
  const user = await soundUser(ctx.store, before.by);
  if (user === null || user.disabledAt !== null) return fail(before, user, ctx);
  const mayGoOn = async (): Promise<boolean> =>
    (await isMine()) && (await ctx.store.imports.get(before.id))?.version === before.version;
  const rows = await named.rowsOfStep(before, ctx);
  const { kind, officeId } = before;
  const how = { kind, officeId, actor: personOf(user), isTrial: before.state === 'checking' };
  const reports: RowReport[] = [];
  if (!(await mayGoOn())) return null;
  for await (const some of importRows(rows, how, ctx)) {
    reports.push(...some);
    if (!(await mayGoOn())) return null;
  }
  return saveChunk(before, user, reports, ctx);
}

/** Ends an import that cannot continue; rows already applied stay. */
export async function failImport(before: RegistryImport, ctx: ActionContext): Promise<void> {
  await fail(before, await ctx.store.users.get(before.by), ctx);
}

/**
 * Which records the rows before a step name: a later row of the same name is wrong. Kept from step to step; a step that
 * does not follow the one before (another import, a restart) reads the chunks before it again, one at a time.
 */
export class NamedRecords {
  private importId: string | null = null;
  private round = '';
  private done = 0;
  private seen = new Set<string>();

  /** The rows of the import's next step. @throws Error if the store has lost a file */
  async rowsOfStep(next: RegistryImport, ctx: Pick<ActionContext, 'store'>): Promise<RegistryRow[]> {
    const { id, kind, columns, done, state } = next;
    const round = JSON.stringify([state, kind, columns]);
    if (this.importId !== id || this.round !== round || this.done !== done) {
      Object.assign(this, { importId: id, round, done: 0, seen: new Set<string>() });
    }
    for (const chunk of chunksOf(next)) {
      if (chunk.from < this.done) continue;
      const rows = registryRows(kind, columns, await rowsOfChunk(chunk, ctx), this.seen);
      this.done = chunk.from + chunk.rows;
      if (chunk.from === done) return rows;
    }
    return [];
  }
}

async function saveChunk(
  before: RegistryImport,
  user: User,
  reports: readonly RowReport[],
  ctx: ActionContext,
): Promise<RegistryImport | null> {
  const bytes = Buffer.from(JSON.stringify(reports));
  const file = await keepFile({ ...ctx, request: null }, { mediaType: 'application/json', bytes });
  if (!file.ok) return fail(before, user, ctx);
  const done = before.done + reports.length;
  const ended = before.state === 'checking' ? 'checked' : 'applied';
  const state = done >= before.rows ? ended : before.state;
  const counts = addCounts(before.counts, reports);
  const doc = nextVersion(ctx, before, {
    done,
    state,
    counts,
    reportFileIds: [...before.reportFileIds, file.value],
    endedAt: state === 'applied' ? ctx.now().toISOString() : null,
  });
  const change = { collection: 'imports', before, doc, action: 'advance-import', answer: null } as const;
  const saved = await saveChange({ ...ctx, request: null }, personOf(user), {
    ...change,
    values: { state, done, counts },
  });
  return saved.ok ? doc : null;
}

/** @param user null: the account no longer exists, and the system ends the import */
async function fail(before: RegistryImport, user: User | null, ctx: ActionContext): Promise<RegistryImport | null> {
  const actor = user === null ? SYSTEM : personOf(user);
  const doc = nextVersion(ctx, before, { state: 'failed', endedAt: ctx.now().toISOString() });
  const change = { collection: 'imports', before, doc, action: 'fail-import', answer: null } as const;
  const saved = await saveChange({ ...ctx, request: null }, actor, change);
  return saved.ok ? doc : null;
}
