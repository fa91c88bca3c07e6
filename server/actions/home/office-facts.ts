// What an office's overviews are made of: the few fields they need of its certificates, councils, products, producers and batches,
// kept in memory. Reading and checking five thousand sealed records for each page would take longer than the page may.
//
// A change made through this process is seen by the next call; another server's within STALE_MS, while the old facts answer.
// Decision: docs/decisions/0020-office-facts.md.

import { setImmediate as turn } from 'node:timers/promises';
import type { Batch, BatchKind } from '../../domain/batches/batch.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Certificate } from '../../domain/registry/certificate.ts';
import type { Day, Entity, Id, Instant } from '../../domain/entity.ts';
import type { Evaluation } from '../../domain/registry/evaluation.ts';
import { countOf } from '../../domain/batches/intervals.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import type { Product } from '../../domain/registry/product.ts';
import type { RatedPaper } from '../../domain/programme/lapsing.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';
import type { Collection, CollectionName, Store } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';

export type ProductFact = Pick<Product, 'id' | 'producerId' | 'name' | 'group'>;
export type ProducerFact = Pick<Producer, 'id' | 'name' | 'phone' | 'email' | 'representative'>;
export type EvaluationFact = Pick<Evaluation, 'id' | 'productId' | 'producerId' | 'round' | 'heldOn' | 'stars'>;

export interface BatchFact {
  id: Id;
  kind: BatchKind;
  producerId: Id;
  productId: Id | null;
  lotId: Id | null;
  quantity: number;
  issuedAt: Instant;
  issuedOn: Day;
  active: number;
  printed: number;
  voided: number;
}

export interface OfficeFacts {
  /** OCOP alone. */
  certificates: ReadonlyMap<Id, RatedPaper>;
  evaluations: ReadonlyMap<Id, EvaluationFact>;
  products: ReadonlyMap<Id, ProductFact>;
  producers: ReadonlyMap<Id, ProducerFact>;
  /** Newest first as they were issued. */
  batches: ReadonlyMap<Id, BatchFact>;
}

/** How long facts answer that another server may have changed: overviews of a year bear a minute. */
const STALE_MS = 60_000;
/** A nation's provinces; the one not asked for longest goes first. */
const OFFICES_KEPT_MAX = 40;
const PAGE_SIZE = 200;

const NAMES = [
  'certificates',
  'evaluations',
  'products',
  'producers',
  'batches',
] as const satisfies readonly CollectionName[];
type FactName = (typeof NAMES)[number];
type Kept = { [N in FactName]: Map<Id, unknown> };

interface Shelf {
  offices: BoundedMap<Id, Entry>;
}

interface Entry {
  kept: Kept;
  readAtMs: number;
  /** Changed since they were read. */
  dirty: Map<string, { name: FactName; id: Id }>;
  loading: Promise<void> | null;
}

const shelves = new WeakMap<Store, Shelf>();

export async function officeFacts(officeId: Id, ctx: ActionContext): Promise<OfficeFacts> {
  const { offices } = shelfOf(ctx.store);
  const entry = offices.getOrMake(officeId, () => ({
    kept: nothing(),
    readAtMs: Number.NEGATIVE_INFINITY,
    dirty: new Map(),
    loading: null,
  }));

  const nowMs = ctx.now().getTime();
  if (!Number.isFinite(entry.readAtMs)) await load(entry, officeId, ctx);
  // A clock that was set back must not keep old facts for ever.
  else if (Math.abs(nowMs - entry.readAtMs) > STALE_MS) void load(entry, officeId, ctx).catch(() => undefined);
  await refresh(entry, officeId, ctx);
  return entry.kept as unknown as OfficeFacts;
}

/** One reading at a time; what fails is read again by whoever asks next. */
function load(entry: Entry, officeId: Id, ctx: ActionContext): Promise<void> {
  entry.loading ??= readAll(entry, officeId, ctx).finally(() => {
    entry.loading = null;
  });
  return entry.loading;
}

async function readAll(entry: Entry, officeId: Id, ctx: ActionContext): Promise<void> {
  const kept = nothing();
  const nowMs = ctx.now().getTime();
  for (const name of NAMES) {
    const collection = ctx.store[name] as unknown as Collection<Entity>;
    const filter = name === 'certificates' ? { officeId, scheme: 'ocop' } : { officeId };
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof collection.list>> = await collection.list(filter, {
        limit: PAGE_SIZE,
        after,
      });
      for (const doc of page.items) kept[name].set(doc.id, factOf(name, doc, ctx));
      after = page.next;
      await turn(); // the store reads on this thread: look-ups come in between
    } while (after !== null);
  }
  Object.assign(entry, { kept, readAtMs: nowMs });
}

/** Reads again what was changed since; each id by itself, for changes are few between two views. */
async function refresh(entry: Entry, officeId: Id, ctx: ActionContext): Promise<void> {
  for (const [key, { name, id }] of entry.dirty) {
    const doc = (await ctx.store[name].get(id)) as (Entity & { officeId: Id; scheme?: string }) | null;
    if (doc !== null && doc.officeId === officeId && (name !== 'certificates' || doc.scheme === 'ocop'))
      entry.kept[name].set(id, factOf(name, doc, ctx));
    else entry.kept[name].delete(id);
    // While a reading of everything is under way its pages may be older than this: it is read once more after it.
    if (entry.loading === null) entry.dirty.delete(key);
  }
}

function shelfOf(store: Store): Shelf {
  let shelf = shelves.get(store);
  if (shelf !== undefined) return shelf;
  const made: Shelf = { offices: new BoundedMap(OFFICES_KEPT_MAX) };
  shelf = made;
  shelves.set(store, made);
  store.onChange((name, id) => {
    if (!isFactName(name)) return;
    for (const { dirty } of made.offices.values()) dirty.set(`${name} ${id}`, { name, id });
  });
  return shelf;
}

function isFactName(name: CollectionName): name is FactName {
  return (NAMES as readonly CollectionName[]).includes(name);
}

function nothing(): Kept {
  return {
    certificates: new Map(),
    evaluations: new Map(),
    products: new Map(),
    producers: new Map(),
    batches: new Map(),
  };
}

function factOf(name: FactName, doc: Entity, ctx: ActionContext): unknown {
  switch (name) {
    case 'certificates':
      return paperFact(doc as Certificate);
    case 'evaluations':
      return evaluationFact(doc as Evaluation);
    case 'products':
      return productFact(doc as Product);
    case 'producers':
      return producerFact(doc as Producer);
    case 'batches':
      return batchFact(doc as Batch, ctx.settings.timeZone);
    default:
      return name satisfies never;
  }
}

function paperFact({
  id,
  productId,
  producerId,
  scheme,
  stars,
  number,
  issuedOn,
  expiresOn,
  extension,
  revocation,
}: Certificate): RatedPaper {
  return { id, productId, producerId, scheme, stars, number, issuedOn, expiresOn, extension, revocation };
}

function evaluationFact({ id, productId, producerId, round, heldOn, stars }: Evaluation): EvaluationFact {
  return { id, productId, producerId, round, heldOn, stars };
}

function productFact({ id, producerId, name, group }: Product): ProductFact {
  return { id, producerId, name, group };
}

function producerFact({ id, name, phone, email, representative }: Producer): ProducerFact {
  return { id, name, phone, email, representative };
}

function batchFact(batch: Batch, timeZone: string): BatchFact {
  const { id, kind, producerId, productId, lotId, quantity, issuedAt, activations, printed, voids } = batch;
  const issuedOn = dayIn(timeZone, issuedAt);
  return {
    id,
    kind,
    producerId,
    productId,
    lotId,
    quantity,
    issuedAt,
    issuedOn,
    active: countOf(activations),
    printed: countOf(printed),
    voided: countOf(voids),
  };
}
