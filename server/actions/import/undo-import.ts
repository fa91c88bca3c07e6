// Takes an import back as one, while nothing rests on it: what it made is removed, what it changed is as it was before.
// A job does it in two rounds over the reports: the first only looks, and if anything rests on a record or a record was
// changed since, it is named and nothing is taken back; the second takes back, last rows first, looking once more at
// each record. Decision: docs/decisions/0045-undone-imports.md.

import type { Entity, Id } from '../../domain/entity.ts';
import {
  chunksOf,
  REGISTRY_KINDS,
  RESTING_MAX,
  type RegistryImport,
  type RegistryKind,
  type RestingRecord,
} from '../../domain/import/registry-import.ts';
import { SYSTEM, type Actor } from '../../domain/people/account.ts';
import { fail } from '../../domain/problem.ts';
import type { AuditEntry } from '../../domain/audit/audit.ts';
import type { Collection, CollectionName, Page } from '../../store/store.ts';
import { COLLECTION_NAMES, COLLECTIONS } from '../../store/collections.ts';
import { entityOf } from '../../store/witness.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { lineOf, nextVersion, saveChange } from '../kit/save.ts';
import { reach } from '../kit/reach.ts';
import { personOf } from '../people/person-of.ts';
import { soundUser } from '../people/sound-credential.ts';
import type { RowReport } from './import-rows.ts';
import { reportsOf } from './read.ts';

type RowRecord = NonNullable<RowReport['records']>[number];

/** Whether an import recorded anything that can be taken back. */
export function mayBeUndone({ state, applyingSince, counts, reportFileIds }: RegistryImport): boolean {
  const isEnded = state === 'applied' || state === 'cancelled' || state === 'failed';
  return isEnded && applyingSince !== undefined && reportFileIds.length > 0 && counts.new + counts.changed > 0;
}

/** Starts taking an import back. Problems: not-found, version-conflict, already-decided. */
export async function undoImport(
  actor: Actor,
  input: { id: Id; version: number },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reach(ctx.store.imports, actor, 'make-producer', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (!mayBeUndone(before)) return fail('already-decided', 'This import recorded nothing that can be taken back.');
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this import meanwhile. Read it again.');
  const doc = nextVersion(ctx, before, {
    state: 'undoing',
    done: 0,
    undo: { isLooked: false, rests: [], was: before.state },
  });
  const change = { collection: 'imports', before, doc, action: 'undo-import', answer: doc } as const;
  return saveChange(ctx, actor, { ...change, values: { state: doc.state } });
}

/** The records of imports under way, kept from step to step. */
export class OwnRecords {
  private importId = '';
  private ids = new Set<Id>();

  async of({ id, reportFileIds }: RegistryImport, ctx: Pick<ActionContext, 'store'>): Promise<ReadonlySet<Id>> {
    if (this.importId === id) return this.ids;
    const ids = new Set<Id>();
    for (const fileId of reportFileIds)
      for (const { records = [] } of await reportsOf(fileId, ctx))
        for (const record of records) if (record.outcome === 'new') ids.add(record.id);
    Object.assign(this, { importId: id, ids });
    return ids;
  }
}

/**
 * Takes one step. @returns the import after it; null: someone else changed it meanwhile, or we lost the lease
 */
export async function advanceUndo(
  before: RegistryImport,
  ctx: ActionContext,
  isMine: () => Promise<boolean>,
  ownRecords: OwnRecords = new OwnRecords(),
): Promise<RegistryImport | null> {
  const user = await soundUser(ctx.store, before.by);
  const actor: Actor = user === null ? SYSTEM : personOf(user);
  const { reportFileIds, undo = { isLooked: false, rests: [], was: 'applied' } } = before;
  const sizes = chunksOf(before).map(({ rows }) => rows);
  const own = await ownRecords.of(before, ctx);
  // Steps are counted from the last report: what rests on a record of an earlier row goes before it.
  const steps = reportFileIds.length;
  const step = stepOf(before.done, sizes, steps);
  const rests = [...undo.rests];
  const reports = await reportsOf(reportFileIds[steps - 1 - step] ?? '', ctx);
  for (const { records = [] } of reports.toReversed()) {
    if (!(await isMine())) return null;
    for (const record of inReverse(records)) {
      const found = undo.isLooked ? await takeBack(record, own, actor, ctx) : await lookAt(record, own, ctx);
      if (found !== null && rests.length < RESTING_MAX) rests.push(found);
    }
  }
  const isLast = step + 1 >= steps;
  const done = isLast ? before.rows : before.done + (sizes[steps - 1 - step] ?? reports.length);
  const looked = isLast && !undo.isLooked;
  const fields: Partial<RegistryImport> = !isLast
    ? { done, undo: { ...undo, rests } }
    : looked && rests.length === 0
      ? { done: 0, undo: { ...undo, isLooked: true, rests } }
      : looked
        ? { done, state: undo.was, undo: { ...undo, rests } }
        : { done, state: 'undone', endedAt: ctx.now().toISOString(), undo: { ...undo, rests } };
  const doc = nextVersion(ctx, before, fields);
  const saved = await saveChange({ ...ctx, request: null }, actor, {
    collection: 'imports',
    before,
    doc,
    action: 'advance-import',
    answer: null,
    values: { state: doc.state, done: doc.done, rests: rests.length },
  });
  return saved.ok ? doc : null;
}

/** Which step is next, of those that were counted by their rows. */
function stepOf(done: number, sizes: readonly number[], steps: number): number {
  let counted = 0;
  for (let step = 0; step < steps; step += 1) {
    if (counted >= done) return step;
    counted += sizes[steps - 1 - step] ?? 0;
  }
  return Math.max(0, steps - 1);
}

/** What rests on another goes first. */
function inReverse(records: readonly RowRecord[]): RowRecord[] {
  return records
    .filter(({ outcome }) => outcome !== 'same')
    .toSorted((a, b) => REGISTRY_KINDS.indexOf(b.kind) - REGISTRY_KINDS.indexOf(a.kind));
}

const collectionOf = (kind: RegistryKind, { store }: ActionContext): Collection<Entity> =>
  store[kind] as unknown as Collection<Entity>;

const nameOf = (record: Entity): string => {
  const { name, number, round } = record as Entity & { name?: string; number?: string; round?: string };
  return name ?? number ?? round ?? record.id;
};

/** What keeps a record from being taken back; null: nothing. */
async function lookAt(
  { kind, id, version, outcome }: RowRecord,
  own: ReadonlySet<Id>,
  ctx: ActionContext,
): Promise<RestingRecord | null> {
  const record = await collectionOf(kind, ctx).get(id);
  if (record === null) return null;
  if (record.version !== version) return { what: 'changed', name: nameOf(record) };
  if (outcome === 'changed')
    return (await valuesBefore(kind, record, ctx)) === null ? { what: 'erased', name: nameOf(record) } : null;
  const what = await restsOn(kind, record, own, ctx);
  return what === null ? null : { what, name: nameOf(record) };
}

/** Takes a record back, unless something came to rest on it meanwhile: then it stays, and is named. */
async function takeBack(
  found: RowRecord,
  own: ReadonlySet<Id>,
  actor: Actor,
  ctx: ActionContext,
): Promise<RestingRecord | null> {
  const { kind, id, outcome } = found;
  const collection = collectionOf(kind, ctx);
  const record = await collection.get(id);
  if (record === null) return null;
  // A step that was taken before a restart put the values back already.
  if (outcome === 'changed' && record.version === found.version + 1 && (await isPutBack(kind, record, ctx)))
    return null;
  if (record.version !== found.version) return { what: 'changed', name: nameOf(record) };
  if (outcome === 'changed') {
    const values = await valuesBefore(kind, record, ctx);
    if (values === null) return { what: 'erased', name: nameOf(record) };
    const doc = nextVersion(ctx, record, values);
    const change = { collection: kind, before: record, doc, action: 'undo-import', answer: null } as never;
    const saved = await saveChange({ ...ctx, request: null }, actor, change);
    return saved.ok ? null : { what: 'changed', name: nameOf(record) };
  }
  const what = await restsOn(kind, record, own, ctx);
  if (what !== null) return { what, name: nameOf(record) };
  const officeId = (record as Entity & { officeId?: Id }).officeId ?? null;
  const line = lineOf(ctx, actor, { entity: '', action: 'undo-import', officeId, values: {} });
  const removed = await collection.remove(record, { line, request: null });
  return removed.kind === 'removed' ? null : { what: 'changed', name: nameOf(record) };
}

/** The values that the last change of a record took the place of, from its line; null: they were erased. */
async function valuesBefore(
  kind: RegistryKind,
  record: Entity,
  ctx: ActionContext,
): Promise<Record<string, unknown> | null> {
  const line = await lastLine(kind, record, ctx);
  const before = (line?.values as { before?: unknown } | null | undefined)?.before;
  return typeof before === 'object' && before !== null ? (before as Record<string, unknown>) : null;
}

async function isPutBack(kind: RegistryKind, record: Entity, ctx: ActionContext): Promise<boolean> {
  return (await lastLine(kind, record, ctx))?.action === 'undo-import';
}

/** The last line that states the record's version: an earlier record of the same id may have had that version too. */
async function lastLine(
  kind: RegistryKind,
  record: Entity,
  { store }: ActionContext,
): Promise<{ action: string; values: Record<string, unknown> | null } | null> {
  const filter = { officeId: null, entity: entityOf(kind, record.id), from: null, to: null };
  let last: AuditEntry | null = null;
  let after: string | null = null;
  do {
    const page: Page<AuditEntry> = await store.audit.list(filter, { limit: 200, after });
    last = page.items.findLast(({ recordVersion }) => recordVersion === record.version) ?? last;
    after = page.next;
  } while (after !== null);
  return last;
}

/** Fields by which other records name one of a kind. */
const NAMED_BY: Readonly<Record<RegistryKind, readonly string[]>> = {
  producers: ['producerId'],
  products: ['productId', 'scope.productId'],
  evaluations: [],
  certificates: ['certificateId'],
};

/**
 * The kind of a record that rests on this one (`lots`); null: nothing does.
 * @param own the records of the same import, which are taken back with it
 */
async function restsOn(
  kind: RegistryKind,
  record: Entity,
  own: ReadonlySet<Id>,
  ctx: Pick<ActionContext, 'store'>,
): Promise<CollectionName | null> {
  for (const name of COLLECTION_NAMES) {
    for (const field of NAMED_BY[kind].filter((one) => COLLECTIONS[name].filters.includes(one))) {
      const collection = ctx.store[name] as unknown as Collection<Entity>;
      for await (const one of everyOf(collection, { [field]: record.id })) if (!own.has(one.id)) return name;
    }
  }
  return restsOtherwise(kind, record, own, ctx);
}

/** What names a record by a field that no list can be filtered by. */
async function restsOtherwise(
  kind: RegistryKind,
  record: Entity,
  own: ReadonlySet<Id>,
  { store }: Pick<ActionContext, 'store'>,
): Promise<CollectionName | null> {
  const subject = `${COLLECTIONS[kind].entity}:${record.id}`;
  const papers = await store.papers.list({ subject }, { limit: 1, after: null });
  if (papers.items.length > 0) return 'papers';
  const { productId, producerId } = record as Entity & { productId?: Id | null; producerId?: Id };
  if (kind === 'evaluations' && typeof productId === 'string') {
    for await (const one of everyOf(store.certificates, { productId }))
      if (one.evaluationId === record.id && !own.has(one.id)) return 'certificates';
  }
  if (kind !== 'producers' && producerId !== undefined) {
    for await (const one of everyOf(store.requests, { producerId, state: 'waiting' }))
      if (one.subject?.id === record.id) return 'requests';
  }
  return null;
}
