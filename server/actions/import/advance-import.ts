// Processes one chunk of rows of an import: tries them on a store that changes nothing, or applies them through the
// actions that a person would use. A chunk's report is stored before the import counts the chunk as done. After a crash
// in between, the chunk runs again; rows that were already applied are reported as what the trial said of them.

import { SYSTEM, type User } from '../../domain/people/account.ts';
import { chunksOf, isUnderWay, NO_ROWS, type RegistryImport } from '../../domain/import/registry-import.ts';
import { personOf } from '../people/person-of.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { keepFile } from '../kit/keep-file.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { addCauses } from './fault-causes.ts';
import { addCounts, importRows, registryRows, type RegistryRow, type RowReport } from './import-rows.ts';
import { HeldBook, type NameBook } from './name-book.ts';
import { reportsOf, rowsOfChunk } from './read.ts';
import { answersOf } from './value-words.ts';
import { soundUser } from '../people/sound-credential.ts';

/** The oldest import that has work to do, or null. */
export async function nextImport(ctx: Pick<ActionContext, 'store'>): Promise<RegistryImport | null> {
  for (const state of ['applying', 'undoing', 'checking'] as const) {
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
  if (!isUnderWay(before) || before.state === 'undoing') return null;
  const user = await soundUser(ctx.store, before.by);
  if (user === null || user.disabledAt !== null) return fail(before, user, ctx);
  const mayGoOn = async (): Promise<boolean> => {
    if (!(await isMine())) return false;
    const now = await ctx.store.imports.get(before.id);
    if (now?.version === before.version) return true;
    if (now?.state === 'cancelled' && before.state === 'applying') await saveLastRows(now, user, await told(), ctx);
    return false;
  };
  const trial = await triedRows(before, ctx);
  const told = (): Promise<RowReport[]> => asTried(before, trial, reports, ctx);
  const rows = await named.rowsOfStep(before, ctx);
  const { kind, officeId } = before;
  const how = { kind, officeId, actor: personOf(user), isTrial: before.state === 'checking' };
  // Of a row of several kinds the first records must not stay behind where the last is known to be wrong.
  const isLeft = ({ line, parts }: RegistryRow): boolean => {
    const tried = trial.get(line)?.outcome;
    return (before.renamesAgreed !== true && tried === 'decide') || (tried === 'wrong' && parts.length > 1);
  };
  const reports: RowReport[] = rows.filter(isLeft).flatMap(({ line }) => trial.get(line) ?? []);
  if (!(await mayGoOn())) return null;
  const due = rows.filter((row) => !isLeft(row));
  for await (const some of importRows(due, how, ctx, named.bookOf(before, ctx))) {
    reports.push(...some);
    if (!(await mayGoOn())) return null;
  }
  return saveChunk(before, user, await told(), ctx);
}

/** What a cancelled import recorded since its last chunk is in its report too. */
async function saveLastRows(
  cancelled: RegistryImport,
  user: User,
  reports: readonly RowReport[],
  ctx: ActionContext,
): Promise<void> {
  if (reports.length > 0) await saveReports(cancelled, {}, user, reports, ctx);
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
  private readonly book = new HeldBook();

  /** The names on record, kept from step to step. */
  bookOf({ id, officeId, state, applyingSince }: RegistryImport, ctx: Pick<ActionContext, 'store'>): NameBook {
    const since = state === 'applying' ? (applyingSince ?? null) : null;
    return this.book.of(`${id} ${state}`, officeId, since, ctx);
  }

  /** Forgets the names on record: nothing is under way. */
  drop(): void {
    this.book.drop();
  }

  /** The rows of the import's next step. @throws Error if the store has lost a file */
  async rowsOfStep(next: RegistryImport, ctx: Pick<ActionContext, 'store'>): Promise<RegistryRow[]> {
    const { id, kind, columns, also = [], said = [], done, state, answers = [] } = next;
    const round = JSON.stringify([state, kind, columns, also, said, answers]);
    const known = answersOf(answers);
    if (this.importId !== id || this.round !== round || this.done !== done) {
      Object.assign(this, { importId: id, round, done: 0, seen: new Set<string>() });
    }
    for (const chunk of chunksOf(next)) {
      if (chunk.from < this.done) continue;
      const rows = registryRows(next, await rowsOfChunk(chunk, ctx), this.seen, known);
      this.done = chunk.from + chunk.rows;
      if (chunk.from === done) return rows;
    }
    return [];
  }
}

/** @returns null: someone else changed the import meanwhile, or the reports could not be stored */
async function saveReports(
  before: RegistryImport,
  change: Partial<RegistryImport>,
  user: User,
  reports: readonly RowReport[],
  ctx: ActionContext,
): Promise<RegistryImport | null> {
  const bytes = Buffer.from(JSON.stringify(reports));
  const file = await keepFile({ ...ctx, request: null }, { mediaType: 'application/json', bytes });
  if (!file.ok) return change.state === undefined ? null : fail(before, user, ctx);
  const doc = nextVersion(ctx, before, {
    ...change,
    done: before.done + reports.length,
    counts: addCounts(before.counts, reports),
    causes: addCauses(before.causes ?? [], before.kind, reports),
    reportFileIds: [...before.reportFileIds, file.value],
    reportCounts: [...(before.reportCounts ?? []), addCounts(NO_ROWS, reports)],
  });
  const { state, done, counts } = doc;
  const saved = await saveChange({ ...ctx, request: null }, personOf(user), {
    collection: 'imports',
    before,
    doc,
    action: 'advance-import',
    answer: null,
    values: { state, done, counts },
  });
  return saved.ok ? doc : null;
}

function saveChunk(
  before: RegistryImport,
  user: User,
  reports: readonly RowReport[],
  ctx: ActionContext,
): Promise<RegistryImport | null> {
  const isLast = before.done + reports.length >= before.rows;
  const ended = before.state === 'checking' ? 'checked' : 'applied';
  const state = isLast ? ended : before.state;
  const isApplied = state === 'applied';
  const endedAt = isApplied ? ctx.now().toISOString() : null;
  return saveReports(before, { state, endedAt, ...(isApplied && { trialFileIds: [] }) }, user, reports, ctx);
}

/** What the trial said of the rows of an applying import's next step, by line; empty where it is not kept. */
async function triedRows(before: RegistryImport, ctx: ActionContext): Promise<ReadonlyMap<number, RowReport>> {
  const { state, trialFileIds, reportFileIds } = before;
  const fileId = state === 'applying' ? trialFileIds?.[reportFileIds.length] : undefined;
  const reports = fileId === undefined ? [] : await reportsOf(fileId, ctx);
  return new Map(reports.map((report) => [report.line, report]));
}

/**
 * The reports of applied rows with what the trial said of them: which fields changed, and that a row was new, also
 * where it was applied before a restart and is found the same now. In the order of the file.
 */
async function asTried(
  { applyingSince }: RegistryImport,
  trial: ReadonlyMap<number, RowReport>,
  reports: readonly RowReport[],
  ctx: ActionContext,
): Promise<RowReport[]> {
  const told = reports.map(async (report): Promise<RowReport> => {
    const tried = trial.get(report.line);
    if (tried === undefined || applyingSince === undefined) return report;
    const { changes } = tried;
    if (report.outcome === 'changed') return { ...report, changes };
    if (report.outcome !== 'same' || tried.outcome === 'same' || tried.outcome === 'wrong') return report;
    const records = await Promise.all(
      (report.records ?? []).map(async (one) => {
        const record = await ctx.store[one.kind].get(one.id);
        if (record === null || record.updatedAt < applyingSince) return one;
        return { ...one, outcome: record.createdAt >= applyingSince ? ('new' as const) : ('changed' as const) };
      }),
    );
    const isOurs = records.some(({ outcome }) => outcome !== 'same');
    return isOurs ? { ...report, records, outcome: tried.outcome === 'new' ? 'new' : 'changed', changes } : report;
  });
  return (await Promise.all(told)).toSorted((a, b) => a.line - b.line);
}

/** @param user null: the account no longer exists, and the system ends the import */
async function fail(before: RegistryImport, user: User | null, ctx: ActionContext): Promise<RegistryImport | null> {
  const actor = user === null ? SYSTEM : personOf(user);
  const doc = nextVersion(ctx, before, { state: 'failed', endedAt: ctx.now().toISOString() });
  const change = { collection: 'imports', before, doc, action: 'fail-import', answer: null } as const;
  const saved = await saveChange({ ...ctx, request: null }, actor, change);
  return saved.ok ? doc : null;
}
