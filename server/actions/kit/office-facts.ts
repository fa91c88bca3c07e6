// The few fields of certificates, councils, products, producers, batches and reminders that an office's overviews need,
// kept in memory. Reading and checking sealed records by the hundred thousand for each page would take too long.
//
// The next call sees changes made by this process at once. Those of other servers are found in the audit chain, every
// STALE_MS; until then the old facts are used. Decision: docs/decisions/0020-office-facts.md.

import { setImmediate as turn } from 'node:timers/promises';
import type { Activation, Batch, BatchKind, DisplayRange } from '../../domain/batches/batch.ts';
import type { StampAnswer } from '../../domain/stamp/stamp-answer.ts';
import { countOf } from '../../domain/batches/intervals.ts';
import { activeRanges, inHand } from '../../domain/batches/ledger.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Day, Entity, Id, Instant } from '../../domain/entity.ts';
import type { Dated } from '../../domain/programme/as-of.ts';
import type { FollowUp, RatedPaper } from '../../domain/programme/lapsing.ts';
import type { Evaluation } from '../../domain/registry/evaluation.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import type { Product } from '../../domain/registry/product.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';
import { everyOf } from './every-of.ts';
import { COLLECTIONS } from '../../store/collections.ts';
import type { Collection, CollectionName, Store } from '../../store/store.ts';

export type ProductFact = Pick<Product, 'id' | 'producerId' | 'name' | 'group'> & Dated;
export type CertificateFact = RatedPaper & Dated;
export type ProducerFact = Pick<Producer, 'id' | 'name' | 'phone' | 'email' | 'representative'>;
export type EvaluationFact = Pick<Evaluation, 'id' | 'productId' | 'producerId' | 'round' | 'heldOn' | 'stars'> & Dated;

/** What is true of single stamps of a batch. Most batches have one activation and nothing else. */
export interface StampLife {
  activations: readonly Activation[];
  displays: readonly DisplayRange[];
  answers: readonly StampAnswer[];
}

export interface BatchFact extends StampLife {
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
  /** Neither active nor void; a stamp may be both. */
  inHand: number;
}

export interface OfficeFacts {
  /** OCOP certificates only. */
  certificates: ReadonlyMap<Id, CertificateFact>;
  evaluations: ReadonlyMap<Id, EvaluationFact>;
  products: ReadonlyMap<Id, ProductFact>;
  producers: ReadonlyMap<Id, ProducerFact>;
  /** Newest first, by issue. */
  batches: ReadonlyMap<Id, BatchFact>;
  followUps: ReadonlyMap<Id, FollowUp>;
}

/** How old facts may be that another server may have changed. An overview of a year may be a minute old. */
const STALE_MS = 60_000;
/** Lines of the chain that are followed; where more were written meanwhile, everything is read anew. */
const LINES_MAX = 20_000;
/** Records read again between two turns of the event loop. */
const TURN_RECORDS = 100;
/** More than the country has provinces. The least recently used is dropped. */
const OFFICES_KEPT_MAX = 40;
const PAGE_SIZE = 200;

/** When a record was entered and its earlier states: a report of a past day needs both. */
const DATED = { createdAt: true, was: true } as const;
/** The fields kept of each collection. Batches are kept as counts (batchFact), reminders whole. */
const FIELDS = {
  certificates: {
    id: true,
    productId: true,
    producerId: true,
    scheme: true,
    stars: true,
    number: true,
    issuedOn: true,
    expiresOn: true,
    extension: true,
    revocation: true,
    ...DATED,
  } satisfies Record<keyof CertificateFact, true>,
  evaluations: {
    id: true,
    productId: true,
    producerId: true,
    round: true,
    heldOn: true,
    stars: true,
    ...DATED,
  } satisfies Record<keyof EvaluationFact, true>,
  products: { id: true, producerId: true, name: true, group: true, ...DATED } satisfies Record<keyof ProductFact, true>,
  producers: { id: true, name: true, phone: true, email: true, representative: true } satisfies Record<
    keyof ProducerFact,
    true
  >,
  batches: null,
  followUps: null,
} as const satisfies Partial<Record<CollectionName, object | null>>;
type FactName = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as FactName[];

type Kept = Record<FactName, Map<Id, unknown>>;

interface Entry {
  kept: Kept;
  /** When it was last known to be whole. */
  readAtMs: number;
  /** The last line of the chain that it may lack. */
  seq: number;
  /** Records that changed after they were read. */
  dirty: Map<string, { name: FactName; id: Id }>;
  loading: Promise<void> | null;
}

/** The facts of all offices of one store. */
export class OfficeFactsCache {
  private readonly offices = new BoundedMap<Id, Entry>(OFFICES_KEPT_MAX);
  private readonly store: Store;
  private readonly timeZone: string;
  private readonly now: () => Date;

  constructor(store: Store, timeZone: string, now: () => Date) {
    this.store = store;
    this.timeZone = timeZone;
    this.now = now;
    store.onChange((name, id) => {
      if (!isFactName(name)) return;
      for (const { dirty } of this.offices.values()) dirty.set(`${name} ${id}`, { name, id });
    });
  }

  /** Reads the facts of all offices, so that nobody waits for the first view. @param isStopped asked between offices */
  async warm(isStopped: () => boolean): Promise<void> {
    let warmed = 0;
    for await (const { id } of everyOf(this.store.offices, {})) {
      // Those that come after would push out the first.
      if (isStopped() || warmed === OFFICES_KEPT_MAX) return;
      await this.of(id);
      warmed += 1;
    }
  }

  /** The first call for an office reads all of its records. @throws StoreError */
  async of(officeId: Id): Promise<OfficeFacts> {
    const entry = this.offices.getOrMake(officeId, newEntry);
    if (!Number.isFinite(entry.readAtMs)) await this.load(entry, officeId);
    // An absolute difference, because a clock that was set back must not keep old facts for ever.
    else if (Math.abs(this.now().getTime() - entry.readAtMs) > STALE_MS)
      void this.follow(entry, officeId).catch(() => undefined);
    await this.refresh(entry, officeId);
    return entry.kept as unknown as OfficeFacts;
  }

  /** One load at a time. After a failure the next call loads again. */
  private load(entry: Entry, officeId: Id): Promise<void> {
    entry.loading ??= this.readAll(entry, officeId).finally(() => {
      entry.loading = null;
    });
    return entry.loading;
  }

  /** Marks what any server has changed since, by the lines that it left. */
  private async follow(entry: Entry, officeId: Id): Promise<void> {
    const nowMs = this.now().getTime();
    entry.readAtMs = nowMs;
    for (let lines = 0; lines < LINES_MAX; lines += PAGE_SIZE) {
      const page = await this.store.audit.read(entry.seq + 1, PAGE_SIZE);
      for (const { seq, entity } of page) {
        const changed = entityOf(entity);
        if (changed !== null) entry.dirty.set(`${changed.name} ${changed.id}`, changed);
        entry.seq = seq;
      }
      if (page.length === 0) return;
      await turn();
    }
    await this.load(entry, officeId);
  }

  private async readAll(entry: Entry, officeId: Id): Promise<void> {
    const kept = nothing();
    const nowMs = this.now().getTime();
    const { seq } = await this.store.audit.head();
    for (const name of NAMES) {
      const collection = this.store[name] as unknown as Collection<Entity>;
      const filter = name === 'certificates' ? { officeId, scheme: 'ocop' } : { officeId };
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof collection.list>> = await collection.list(filter, {
          limit: PAGE_SIZE,
          after,
        });
        for (const doc of page.items) kept[name].set(doc.id, this.factOf(name, doc));
        after = page.next;
        await turn(); // the store reads on this thread, so let scans run in between
      } while (after !== null);
    }
    Object.assign(entry, { kept, readAtMs: nowMs, seq });
  }

  /** Reads the changed records again, one at a time: few change between two views. */
  private async refresh(entry: Entry, officeId: Id): Promise<void> {
    let read = 0;
    for (const [key, { name, id }] of entry.dirty) {
      const doc = (await this.store[name].get(id)) as (Entity & { officeId: Id; scheme?: string }) | null;
      if (doc !== null && doc.officeId === officeId && (name !== 'certificates' || doc.scheme === 'ocop'))
        entry.kept[name].set(id, this.factOf(name, doc));
      else entry.kept[name].delete(id);
      // During a full load, its pages may be older than this record, so it is read once more afterwards.
      if (entry.loading === null) entry.dirty.delete(key);
      read += 1;
      if (read % TURN_RECORDS === 0) await turn();
    }
  }

  private factOf(name: FactName, doc: Entity): unknown {
    const fields = FIELDS[name];
    if (fields === null) return name === 'batches' ? batchFact(doc as Batch, this.timeZone) : doc;
    return Object.fromEntries(Object.entries(doc).filter(([field]) => Object.hasOwn(fields, field)));
  }
}

function newEntry(): Entry {
  return { kept: nothing(), readAtMs: Number.NEGATIVE_INFINITY, seq: 0, dirty: new Map(), loading: null };
}

/** The record that a line is about, if it is one of those kept. */
function entityOf(entity: string): { name: FactName; id: Id } | null {
  const at = entity.indexOf(':');
  const name = NAMES.find((one) => COLLECTIONS[one].entity === entity.slice(0, at));
  return name === undefined ? null : { name, id: entity.slice(at + 1) };
}

function isFactName(name: CollectionName): name is FactName {
  return Object.hasOwn(FIELDS, name);
}

function nothing(): Kept {
  return Object.fromEntries(NAMES.map((name) => [name, new Map()])) as Kept;
}

/** One list for all batches that have none of a kind: there are hundreds of thousands. */
const NONE: readonly [] = Object.freeze([]);

function batchFact(batch: Batch, timeZone: string): BatchFact {
  const { id, kind, producerId, productId, lotId, quantity, issuedAt, printed, voids } = batch;
  const { activations, displays, answers = [] } = batch;
  return {
    activations: activations.length === 0 ? NONE : activations,
    displays: displays.length === 0 ? NONE : displays,
    answers: answers.length === 0 ? NONE : answers,
    id,
    kind,
    producerId,
    productId,
    lotId,
    quantity,
    issuedAt,
    issuedOn: dayIn(timeZone, issuedAt),
    active: countOf(activeRanges(batch)),
    printed: countOf(printed),
    voided: countOf(voids),
    inHand: inHand(batch),
  };
}
