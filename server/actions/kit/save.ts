// How an action saves: one record, its audit line and its request key in one write. No action calls a collection's
// insert or replace directly, so no change is saved without its audit line.

import { createHash } from 'node:crypto';
import { customRandom } from 'nanoid';
import type { Actor } from '../../domain/people/account.ts';
import type { AuditLine } from '../../domain/audit/audit.ts';
import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { ChangeRequest } from '../../domain/registry/change-request.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { fail, type Problem } from '../../domain/problem.ts';
import { pastStates, REPORTED_FIELDS } from '../../domain/programme/as-of.ts';
import { BASE32, base32Symbols } from '../../kit/base32.ts';
import { COLLECTIONS } from '../../store/collections.ts';
import type { Collection, CollectionName, Collections, RequestKey, WriteNote } from '../../store/store.ts';
import { todayOf } from './today.ts';
import type { ActionContext, Done, Outcome, Waiting } from './context.ts';

/** The record that a collection holds. */
export type DocOf<N extends CollectionName> = Collections[N] extends Collection<infer T> ? T : never;

/** 20 symbols of 5 bits: 100 bits. */
const ID_SYMBOLS = 20;

/** Fields that no audit line and no stored answer may hold. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'wrappedSecret',
  'wrappedKey',
  'passwordHash',
  'keyHash',
  'tokenHash',
  'twoFactor',
  // The earlier states of a record (domain/programme/as-of.ts): earlier audit lines already hold them.
  'was',
  'version',
  'updatedAt',
]);

export function newId(ctx: ActionContext): Id {
  return customRandom(BASE32.toLowerCase(), ID_SYMBOLS, (bytes) => ctx.random(bytes))();
}

/** An id derived from a text: the same text gives the same id. */
export function idOfText(text: string): Id {
  return base32Symbols(createHash('sha256').update(text).digest().subarray(0, ID_SYMBOLS)).toLowerCase();
}

/** The fields that every new record begins with. */
export function newEntity(ctx: ActionContext, id: Id = newId(ctx)): Entity {
  const at = ctx.now().toISOString();
  return { id, version: 1, createdAt: at, updatedAt: at };
}

/** `doc` with `change` applied, as its next version. */
export function nextVersion<T extends Entity>(ctx: ActionContext, doc: T, change: Partial<Omit<T, keyof Entity>>): T {
  return { ...doc, ...change, version: doc.version + 1, updatedAt: ctx.now().toISOString() };
}

/** How records and audit lines name an actor. */
export function actorId(actor: Actor): Id {
  switch (actor.kind) {
    case 'public':
    case 'system':
      return actor.kind;
    case 'link':
      return `shop-link:${actor.shopLinkId}`;
    case 'person':
      return actor.id;
    default:
      return actor satisfies never;
  }
}

/**
 * Saves a new record. `answer` is what the caller gets, also on a retry with the same request key. If `shownOnce` is
 * given, this call gets that instead, and only a retry gets `answer`.
 */
export async function saveNew<N extends CollectionName, A>(
  ctx: ActionContext,
  actor: Actor,
  save: { collection: N; doc: DocOf<N>; action: string; answer: A; shownOnce?: A },
): Promise<Outcome<A>> {
  const answer: Done<A> = { kind: 'done', value: save.answer, created: true };
  const note = noteOf(ctx, actor, { ...save, answer }, withoutSecrets(save.doc));
  const outcome = await collectionOf<DocOf<N> & Entity>(ctx, save.collection).insert(save.doc, note);
  switch (outcome.kind) {
    case 'added':
      return { ok: true, value: ownAnswer(answer, save.shownOnce) };
    case 'duplicate':
      return taken(save.collection, outcome.index);
    case 'replayed':
      return replay(ctx, outcome);
    default:
      return outcome satisfies never;
  }
}

/** Saves a change that waits for the office; a retry with the same request key gets the same waiting request. */
export async function saveRequest(
  ctx: ActionContext,
  actor: Actor,
  doc: ChangeRequest,
  waiting: Waiting,
): Promise<Outcome<never>> {
  const note = noteOf(ctx, actor, { collection: 'requests', doc, action: 'ask', answer: waiting }, withoutSecrets(doc));
  const outcome = await ctx.store.requests.insert(doc, note);
  switch (outcome.kind) {
    case 'added':
      return { ok: true, value: waiting };
    case 'duplicate':
      return taken('requests', outcome.index);
    case 'replayed':
      return replay(ctx, outcome);
    default:
      return outcome satisfies never;
  }
}

/**
 * Saves `doc`, the next version of `before`; if someone else was faster: `version-conflict`. `values` replaces the
 * computed difference in the audit line if that would be long: thousands of intervals, of which one was added.
 */
export async function saveChange<N extends CollectionName, A>(
  ctx: ActionContext,
  actor: Actor,
  save: {
    collection: N;
    before: DocOf<N>;
    doc: DocOf<N>;
    action: string;
    answer: A;
    /** As in saveNew. */
    shownOnce?: A;
    created?: boolean;
    values?: Record<string, unknown>;
  },
): Promise<Outcome<A>> {
  const answer: Done<A> = { kind: 'done', value: save.answer, created: save.created ?? false };
  const note = noteOf(ctx, actor, { ...save, answer }, save.values ?? differenceOf(save.before, save.doc));
  const doc = withPast(ctx, save.collection, save.before, save.doc);
  const outcome = await collectionOf<DocOf<N> & Entity>(ctx, save.collection).replace(doc, note);
  switch (outcome.kind) {
    case 'replaced':
      return { ok: true, value: ownAnswer(answer, save.shownOnce) };
    case 'conflict':
      return fail('version-conflict', 'Somebody changed this record meanwhile. Read it again and repeat the change.');
    case 'duplicate':
      return taken(save.collection, outcome.index);
    case 'replayed':
      return replay(ctx, outcome);
    default:
      return outcome satisfies never;
  }
}

/** Adds its earlier states to a record that figures rest on, whichever action changes it. */
function withPast<T extends object>(ctx: ActionContext, collection: CollectionName, before: T, doc: T): T {
  if (!isReported(collection)) return doc;
  const was = pastStates(REPORTED_FIELDS[collection], before, doc, todayOf(ctx));
  return was.length === 0 ? doc : { ...doc, was };
}

function isReported(collection: CollectionName): collection is keyof typeof REPORTED_FIELDS {
  return Object.hasOwn(REPORTED_FIELDS, collection);
}

/** The audit line of something that changes no record: a download of codes, a sign-in. */
export function lineOf(
  ctx: ActionContext,
  actor: Actor,
  line: Pick<AuditLine, 'entity' | 'action' | 'officeId' | 'values'>,
): AuditLine {
  return {
    ...line,
    at: ctx.now().toISOString(),
    actor: actorId(actor),
    salt: Buffer.from(ctx.random(16)).toString('hex'),
  };
}

/**
 * Answers a retry with the first call's answer; refuses a key that came with another body, or that has no answer yet.
 */
export function replay<A>(ctx: ActionContext, seen: { bodyHash: string; answer: unknown }): Outcome<A> {
  if (ctx.request === null || seen.bodyHash !== ctx.request.bodyHash) {
    return fail(
      'request-key-reused',
      'This Idempotency-Key came before with another body. Use a new key for a new request.',
    );
  }
  if (seen.answer === null)
    return fail(
      'request-under-way',
      'The first request with this Idempotency-Key is under way. Send it again in a while.',
    );
  return { ok: true, value: seen.answer as Done<A> | Waiting };
}

/** The answer for the call that made the write. */
function ownAnswer<A>(answer: Done<A>, shownOnce: A | undefined): Done<A> {
  return shownOnce === undefined ? answer : { ...answer, value: shownOnce, shownOnce: true };
}

function collectionOf<T extends Entity>(ctx: ActionContext, name: CollectionName): Collection<T> {
  return ctx.store[name] as unknown as Collection<T>;
}

function noteOf(
  ctx: ActionContext,
  actor: Actor,
  save: { collection: CollectionName; doc: Entity; action: string; answer: unknown },
  values: Record<string, unknown>,
): WriteNote {
  const officeId = 'officeId' in save.doc && typeof save.doc.officeId === 'string' ? save.doc.officeId : null;
  const entity = `${COLLECTIONS[save.collection].entity}:${save.doc.id}`;
  const request: RequestKey | null = ctx.request === null ? null : { ...ctx.request, answer: save.answer };
  return { line: lineOf(ctx, actor, { entity, action: save.action, officeId, values }), request };
}

function withoutSecrets(doc: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(doc).filter(([key]) => !SECRET_FIELDS.has(key)));
}

/** The fields in which two versions of a record differ, with both values; without the version itself. */
export function differenceOf(
  before: object,
  after: object,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const old = withoutSecrets(before);
  const changed = Object.entries(withoutSecrets(after)).filter(
    ([key, value]) => canonicalJson(value) !== canonicalJson(old[key] ?? null),
  );
  return {
    before: Object.fromEntries(changed.map(([key]) => [key, old[key] ?? null])),
    after: Object.fromEntries(changed),
  };
}

function taken(collection: CollectionName, index: string): { ok: false; problem: Problem } {
  const fields = COLLECTIONS[collection].unique[index] ?? ['id'];
  const path = fields.at(-1) ?? 'id';
  const message = `Another record already has this ${path}.`;
  return fail('taken', message, { errors: [{ path: path.split('.'), code: 'taken', message }] });
}
