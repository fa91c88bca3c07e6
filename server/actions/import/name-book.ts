// The producers and products of an office by what lists name them by where they have no code: tax code, name with
// commune or telephone, name alone. Read once for some rows; a name that stands for two is never guessed.

import type { Entity, Id, Instant } from '../../domain/entity.ts';
import type { Office } from '../../domain/registry/office.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import type { Product } from '../../domain/registry/product.ts';
import { looseKey } from '../../domain/search-text.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { withoutKind } from './registry-cells.ts';

/** One record, none, or several that the words could mean. */
export type Named = { kind: 'one'; id: Id } | { kind: 'none' } | { kind: 'several'; names: string[] };

export interface NameBook {
  /** The producer of a row that has no code. @param name as written */
  producer(words: { name: string; taxCode?: string; commune?: string; phone?: string }): Promise<Named>;
  /** @param producerId null: of any producer of the office */
  product(name: string, producerId: Id | null): Promise<Named>;
  /** The office's province, where a list of its producers has no column of provinces. */
  officeProvince(): Promise<string | undefined>;
  /** The producers of this name, wherever they are. */
  producerByName(name: string): Promise<Named>;
}

/** A book that is told of changes while it is kept. */
export interface HeldNames extends NameBook {
  /** A record was made, changed or removed: it is read before the next question. */
  changed(collection: Listed, id: Id): void;
}

type Listed = 'producers' | 'products';

/** What a book keeps of a record: a hundred thousand of them are held at once. */
type Name = Pick<Producer, 'id' | 'name' | 'taxCode' | 'phone'> & { commune: string };
type ProductName = Pick<Product, 'id' | 'name' | 'producerId'>;

interface Pages {
  producers: Map<string, Name[]>;
  byTax: Map<string, Name[]>;
  products: Map<string, ProductName[]>;
  /** Where a record stands, so that it can be taken out again. */
  known: Map<Id, Name | ProductName>;
}

/**
 * @param since records made from then on are left out: an import that is applied must read each row as its trial did,
 * which knew none of its own records. Null: all are in it
 */
export function nameBook(officeId: Id, ctx: Pick<ActionContext, 'store'>, since: Instant | null = null): HeldNames {
  let pages: Promise<Pages> | null = null;
  let office: Promise<Office | null> | null = null;
  let due = new Map<Id, Listed>();
  const isOld = ({ createdAt }: Entity): boolean => since === null || createdAt <= since;
  const read = async (): Promise<Pages> => {
    pages ??= readPages(officeId, isOld, ctx);
    const known = await pages;
    while (due.size > 0) {
      const changes = due;
      due = new Map();
      for (const [id, collection] of changes) await readAgain(known, { officeId, since }, collection, id, ctx);
    }
    return known;
  };
  return {
    changed(collection, id) {
      if (pages !== null) due.set(id, collection);
    },
    async producer({ name, taxCode, commune, phone }) {
      const { producers, byTax } = await read();
      if (taxCode !== undefined) {
        const owners = byTax.get(looseKey(taxCode)) ?? [];
        if (owners.length > 0) return namedOf(owners);
      }
      const alike = producers.get(looseKey(name)) ?? [];
      const here = alike.filter(
        (one) => commune !== undefined && sameKey(withoutKind(one.commune), withoutKind(commune)),
      );
      if (here.length > 0) return namedOf(here);
      const called = alike.filter((one) => one.phone !== null && phone !== undefined && sameKey(one.phone, phone));
      if (called.length > 0) return namedOf(called);
      return alike.length === 0 ? { kind: 'none' } : { kind: 'several', names: alike.map(whereOf) };
    },
    async officeProvince() {
      office ??= ctx.store.offices.get(officeId);
      return (await office)?.province;
    },
    async producerByName(name) {
      return namedOf((await read()).producers.get(looseKey(name)) ?? []);
    },
    async product(name, producerId) {
      const alike = ((await read()).products.get(looseKey(name)) ?? []).filter(
        (product) => producerId === null || product.producerId === producerId,
      );
      return alike.length <= 1 ? oneOf(alike) : { kind: 'several', names: alike.map((one) => one.name) };
    },
  };
}

const oneOf = (found: readonly { id: Id }[]): Named =>
  found[0] === undefined ? { kind: 'none' } : { kind: 'one', id: found[0].id };

function namedOf(found: readonly Name[]): Named {
  return found.length > 1 ? { kind: 'several', names: found.map(whereOf) } : oneOf(found);
}

const whereOf = ({ name, commune }: Name): string => `${name} (${commune})`;
const sameKey = (one: string, other: string): boolean => looseKey(one) === looseKey(other);

async function readPages(
  officeId: Id,
  isOld: (record: Entity) => boolean,
  ctx: Pick<ActionContext, 'store'>,
): Promise<Pages> {
  const pages: Pages = { producers: new Map(), byTax: new Map(), products: new Map(), known: new Map() };
  for await (const producer of everyOf(ctx.store.producers, { officeId }))
    if (isOld(producer)) addProducer(pages, producer);
  for await (const product of everyOf(ctx.store.products, { officeId })) if (isOld(product)) addProduct(pages, product);
  return pages;
}

function add<T>(map: Map<string, T[]>, key: string, one: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}

function addProducer(pages: Pages, { id, name, taxCode, phone, address }: Producer): void {
  const one: Name = { id, name, taxCode, phone, commune: address.commune };
  pages.known.set(id, one);
  add(pages.producers, looseKey(name), one);
  if (taxCode !== null) add(pages.byTax, looseKey(taxCode), one);
}

function addProduct(pages: Pages, { id, name, producerId }: Product): void {
  const one: ProductName = { id, name, producerId };
  pages.known.set(id, one);
  add(pages.products, looseKey(name), one);
}

async function readAgain(
  pages: Pages,
  { officeId, since }: { officeId: Id; since: Instant | null },
  collection: Listed,
  id: Id,
  ctx: Pick<ActionContext, 'store'>,
): Promise<void> {
  const before = pages.known.get(id);
  const isHeld = ({ createdAt }: Entity): boolean => before !== undefined || since === null || createdAt < since;
  if (before !== undefined) {
    pages.known.delete(id);
    const key = looseKey(before.name);
    if ('producerId' in before) takeOut(pages.products, key, before);
    else {
      takeOut(pages.producers, key, before);
      if (before.taxCode !== null) takeOut(pages.byTax, looseKey(before.taxCode), before);
    }
  }
  if (collection === 'producers') {
    const producer = await ctx.store.producers.get(id);
    if (producer !== null && producer.officeId === officeId && isHeld(producer)) addProducer(pages, producer);
  } else {
    const product = await ctx.store.products.get(id);
    if (product !== null && product.officeId === officeId && isHeld(product)) addProduct(pages, product);
  }
}

function takeOut<T>(map: Map<string, T[]>, key: string, one: T): void {
  const left = (map.get(key) ?? []).filter((other) => other !== one);
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
}

/** Reading a hundred thousand records takes seconds; another server's changes wait at most this long. */
const AGAIN_MS = 60_000;

/**
 * A book of names that is kept while a long import goes on: read once, then told of each change. What another server
 * changes is known when it is read again.
 */
export class HeldBook {
  private key = '';
  private book: HeldNames | null = null;
  private readMs = 0;
  private unsubscribe: () => void = () => undefined;

  /**
   * The names of an office.
   * @param key of the work under way: another work reads them anew
   * @param since as `nameBook`
   */
  of(key: string, officeId: Id, since: Instant | null, ctx: Pick<ActionContext, 'store'>): NameBook {
    const nowMs = performance.now();
    if (this.book !== null && this.key === key && nowMs - this.readMs < AGAIN_MS) return this.book;
    this.unsubscribe();
    const book = nameBook(officeId, ctx, since);
    Object.assign(this, { key, book, readMs: nowMs });
    this.unsubscribe = ctx.store.onChange((collection, id) => {
      if (collection === 'producers' || collection === 'products') book.changed(collection, id);
    });
    return book;
  }

  /** Forgets the names: nothing is under way. */
  drop(): void {
    this.unsubscribe();
    this.book = null;
  }
}
