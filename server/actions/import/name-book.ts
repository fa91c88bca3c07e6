// The producers and products of an office by what lists name them by where they have no code: tax code, name with
// commune or telephone, name alone. Read once for some rows; a name that stands for two is never guessed.

import type { Id } from '../../domain/entity.ts';
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

interface Pages {
  producers: Map<string, Producer[]>;
  byTax: Map<string, Producer[]>;
  products: Map<string, Product[]>;
}

export function nameBook(officeId: Id, ctx: Pick<ActionContext, 'store'>): NameBook {
  let pages: Promise<Pages> | null = null;
  let office: Promise<Office | null> | null = null;
  const read = (): Promise<Pages> => (pages ??= readPages(officeId, ctx));
  return {
    async producer({ name, taxCode, commune, phone }) {
      const { producers, byTax } = await read();
      if (taxCode !== undefined) {
        const owners = byTax.get(looseKey(taxCode)) ?? [];
        if (owners.length > 0) return namedOf(owners);
      }
      const alike = producers.get(looseKey(name)) ?? [];
      const here = alike.filter(
        ({ address }) => commune !== undefined && sameKey(withoutKind(address.commune), withoutKind(commune)),
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

function namedOf(found: readonly Producer[]): Named {
  return found.length > 1 ? { kind: 'several', names: found.map(whereOf) } : oneOf(found);
}

const whereOf = ({ name, address }: Producer): string => `${name} (${address.commune})`;
const sameKey = (one: string, other: string): boolean => looseKey(one) === looseKey(other);

async function readPages(officeId: Id, ctx: Pick<ActionContext, 'store'>): Promise<Pages> {
  const pages: Pages = { producers: new Map(), byTax: new Map(), products: new Map() };
  const add = <T>(map: Map<string, T[]>, key: string, one: T): void => {
    map.set(key, [...(map.get(key) ?? []), one]);
  };
  for await (const producer of everyOf(ctx.store.producers, { officeId })) {
    add(pages.producers, looseKey(producer.name), producer);
    if (producer.taxCode !== null) add(pages.byTax, looseKey(producer.taxCode), producer);
  }
  for await (const product of everyOf(ctx.store.products, { officeId }))
    add(pages.products, looseKey(product.name), product);
  return pages;
}
