// One search for everything: a whole stamp code, a batch with or without a serial, and records by the words of their
// names and numbers. Each kind is looked for only by who has the right to it, and only within their reach. A code is
// never completed or corrected. Decision: docs/decisions/0051-search.md.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { looseKey } from '../../domain/search-text.ts';
import { farOff, joinedTerm, termsOf, TYPED_MAX, withSlips, type SearchTerm } from '../../domain/search-words.ts';
import { readCarriedCode } from '../../domain/stamp/carried-code.ts';
import { BATCH_ID_SYMBOLS, isBatchId } from '../../domain/stamp/stamp-code.ts';
import { wordsOf } from '../../store/collections.ts';
import type { Collection } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { placeOf } from '../kit/reach.ts';
import { decide, reachOf, type Right } from '../kit/rights.ts';
import type { DocOf } from '../kit/save.ts';
import { findStampFor } from '../scans/find-stamp-for.ts';

/** Kinds of records that are found by words, in the order in which people look for them. */
const KINDS = [
  ['products', 'read-registry'],
  ['producers', 'read-registry'],
  ['lots', 'read-registry'],
  ['certificates', 'read-registry'],
  ['evaluations', 'read-registry'],
  ['complaints', 'read-findings'],
  ['requests', 'read-request'],
  ['users', 'keep-accounts'],
  ['offices', 'keep-office'],
] as const satisfies readonly (readonly [string, Right])[];

export type FoundKind = (typeof KINDS)[number][0];
/** Records of one kind that are shown; a longer text finds fewer. */
export const EACH_SHOWN = 8;
/** Records of one kind that are read to show the nearest ones. */
const CANDIDATES_MAX = 60;

export type Found =
  | { kind: 'stamps'; batch: Batch; serial: number; product: string | null; producer: string | null }
  | { kind: 'batches'; batch: Batch; product: string | null; producer: string | null }
  | { [K in FoundKind]: FoundRecord<K> }[FoundKind];

export interface FoundRecord<K extends FoundKind> {
  kind: K;
  record: DocOf<K>;
  /** Names of what it belongs to; null: it belongs to none. */
  product: string | null;
  producer: string | null;
}

export interface FoundAnything {
  /** What was named exactly; null: nothing, or several things. */
  exact: Found | null;
  groups: { kind: Found['kind']; found: Found[]; more: boolean }[];
  /** Nothing was found as typed; these differ by a letter. */
  isSlip: boolean;
}

/** @param text as typed. Problems: not-signed-in; too-many-requests, for wrong stamp codes. */
export async function findAnything(actor: Actor, text: string, ctx: ActionContext): Promise<Result<FoundAnything>> {
  const may = decide(actor, 'read-registry', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const names = namesOf(ctx);
  const stamp = await findStampOrBatch(actor, text, names, ctx);
  if (!stamp.ok) return stamp;
  if (stamp.value?.kind === 'stamps') return ok(only(stamp.value));
  const terms = termsOf(text);
  if (terms.length === 0) return ok(stamp.value === null ? NOTHING : only(stamp.value));
  let isSlip = false;
  let kinds = await findRecords(actor, [terms, ...joined(text)], ctx);
  if (kinds.length === 0 && stamp.value === null) {
    isSlip = true;
    kinds = await findRecords(actor, [withSlips(terms), ...joined(text).map(withSlips)], ctx);
  }
  const groups: FoundAnything['groups'] = stamp.value === null ? [] : [group('batches', [stamp.value])];
  for (const { kind, docs } of kinds) {
    const shown: Found[] = [];
    for (const record of docs.slice(0, EACH_SHOWN)) shown.push(await foundOf(kind, record, names));
    groups.push({ kind, found: shown, more: docs.length > EACH_SHOWN });
  }
  const key = looseKey(text);
  const named = isSlip ? [] : groups.flatMap(({ found }) => found.filter((one) => isNamed(one, key)));
  return ok({ exact: named.length === 1 ? (named[0] ?? null) : null, groups, isSlip });
}

const NOTHING: FoundAnything = { exact: null, groups: [], isSlip: false };

function only(found: Found): FoundAnything {
  return { exact: found, groups: [group(found.kind, [found])], isSlip: false };
}

function group(kind: Found['kind'], found: Found[]): FoundAnything['groups'][number] {
  return { kind, found, more: false };
}

function joined(text: string): SearchTerm[][] {
  const one = joinedTerm(text);
  return one === null ? [] : [[one]];
}

/** The stamp or batch that the text names; null: none within reach. */
async function findStampOrBatch(
  actor: Actor,
  text: string,
  names: Names,
  ctx: ActionContext,
): Promise<Result<Extract<Found, { kind: 'stamps' | 'batches' }> | null>> {
  const isInReach = (batch: Batch): boolean => decide(actor, 'read-batch', placeOf(batch)).kind === 'may';
  const foundIn = async (
    batch: Batch,
    serial: number | null,
  ): Promise<Extract<Found, { kind: 'stamps' | 'batches' }>> => {
    const own = {
      batch,
      product: await names.product(batch.productId),
      producer: await names.producer(batch.producerId),
    };
    return serial === null ? { kind: 'batches', ...own } : { kind: 'stamps', serial, ...own };
  };
  const carried = readCarriedCode(text);
  if (carried.parsed.ok) {
    const found = await findStampFor(actor, carried.parsed.code, isInReach, ctx);
    if (!found.ok) return found;
    if (found.value !== null) return ok(await foundIn(found.value.batch, found.value.serial));
  }
  const typed = readBatchAndSerial(text);
  const batch = typed === null ? null : await ctx.store.batches.get(typed.batchId);
  if (typed === null || batch === null || !isInReach(batch)) return ok(null);
  const { serial } = typed;
  return ok(await foundIn(batch, serial !== null && serial >= 1 && serial <= batch.quantity ? serial : null));
}

/** `7K3M9Q`, `7k3m9q 12`, `7K3M9Q số 12`: a batch's whole id, and a serial behind it. */
function readBatchAndSerial(text: string): { batchId: Id; serial: number | null } | null {
  const typed = text.slice(0, TYPED_MAX).trim();
  const letters = typed.slice(0, BATCH_ID_SYMBOLS).toUpperCase();
  const batchId = letters.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const rest = typed.slice(BATCH_ID_SYMBOLS).trim();
  if (!isBatchId(batchId)) return null;
  if (rest === '') return { batchId, serial: null };
  const serial = /(?<![\p{L}\p{N}])\d{1,8}$/u.exec(rest)?.[0] ?? null;
  return serial === null || /\d/.test(rest.slice(0, -serial.length)) ? null : { batchId, serial: Number(serial) };
}

interface FoundDocs {
  kind: FoundKind;
  /** The nearest first. */
  docs: Entity[];
}

/** @param ways to read the typed text: as words, and as one number */
async function findRecords(
  actor: Actor,
  ways: readonly (readonly SearchTerm[])[],
  ctx: ActionContext,
): Promise<FoundDocs[]> {
  const { officeId = null, producerId = null } = reachOf(actor);
  const kinds: FoundDocs[] = [];
  for (const [kind, right] of KINDS) {
    if (decide(actor, right, null).kind !== 'may') continue;
    const collection = ctx.store[kind] as unknown as Collection<Entity>;
    const near = new Map<Id, { doc: Entity; far: number }>();
    for (const terms of ways) {
      for (const doc of await collection.search(terms, { officeId, producerId }, CANDIDATES_MAX)) {
        const far = farOff(wordsOf(kind, doc), terms);
        const before = near.get(doc.id)?.far ?? Number.POSITIVE_INFINITY;
        if (far < before) near.set(doc.id, { doc, far });
      }
    }
    const docs = [...near.values()].toSorted((a, b) => a.far - b.far || newer(a.doc, b.doc)).map(({ doc }) => doc);
    if (docs.length > 0) kinds.push({ kind, docs });
  }
  return kinds;
}

function newer(a: Entity, b: Entity): number {
  return a.createdAt < b.createdAt ? 1 : -1;
}

/** Whether the typed text, without its dashes, spaces, accents and case, is the name or number of this. */
function isNamed(found: Found, key: string): boolean {
  switch (found.kind) {
    case 'stamps':
    case 'batches':
      return true;
    case 'products':
      return [found.record.name, found.record.shortName, found.record.gtin].some((text) => isKey(text, key));
    case 'producers':
      return [found.record.name, found.record.taxCode].some((text) => isKey(text, key));
    case 'users':
      return [found.record.name, found.record.login].some((text) => isKey(text, key));
    case 'lots':
    case 'certificates':
    case 'complaints':
      return isKey(found.record.number, key);
    case 'evaluations':
      return isKey(found.record.decision, key);
    case 'requests':
      return isKey(found.record.id, key);
    case 'offices':
      return isKey(found.record.name, key);
    default:
      return found satisfies never;
  }
}

function isKey(text: string | null | undefined, key: string): boolean {
  return typeof text === 'string' && looseKey(text) === key;
}

interface Names {
  product: (id: Id | null) => Promise<string | null>;
  producer: (id: Id | null) => Promise<string | null>;
}

/** Of records within reach, whose products and producers are within reach too. */
function namesOf({ store }: ActionContext): Names {
  const known = new Map<Id, string | null>();
  const nameIn = async (collection: 'products' | 'producers', id: Id | null): Promise<string | null> => {
    if (id === null) return null;
    if (!known.has(id)) known.set(id, (await store[collection].get(id))?.name ?? null);
    return known.get(id) ?? null;
  };
  return { product: (id) => nameIn('products', id), producer: (id) => nameIn('producers', id) };
}

async function foundOf(kind: FoundKind, record: Entity, names: Names): Promise<Found> {
  const { productId = null, producerId = null } = record as { productId?: Id | null; producerId?: Id | null };
  const product = await names.product(productId);
  const producer = await names.producer(producerId);
  return { kind, record, product, producer } as Found;
}
