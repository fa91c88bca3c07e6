// Searches the registry as people do: products by a word of their name, GTIN, group, stars and whether their
// certificate is in force; producers by a word of their name or place.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import {
  CERTIFICATE_SCHEMES,
  CERTIFICATE_STATES,
  certificateState,
  inForce,
  ratingOf,
  type Certificate,
} from '../../domain/registry/certificate.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { PRODUCER_KINDS, type Producer } from '../../domain/registry/producer.ts';
import { PRODUCT_GROUPS, type Product } from '../../domain/registry/product.ts';
import { placeWords } from '../../domain/places.ts';
import { foldedText, holdsWords, looseKey } from '../../domain/search-text.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, pageQuery, queryNumber } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { listInReach } from '../kit/reach.ts';
import { listProducers, readProducer } from './read.ts';
import { walkList } from '../kit/walk-list.ts';

const words = z.string().max(80).transform(foldedText);

export const findProductsQuery = pageQuery.extend({
  q: words.optional(),
  group: z.enum(PRODUCT_GROUPS).optional(),
  producerId: id.optional(),
  stars: queryNumber(3, 5).optional(),
  /** Whether the OCOP certificate is in force today; `none`: there is none. */
  rating: z.enum(['in-force', 'lapsed', 'none']).optional(),
});

export interface FoundProduct {
  product: Product;
  producerName: string;
  /** The OCOP certificate that its rating rests on; null: it never had one. */
  certificate: Certificate | null;
  isInForce: boolean;
}

/** Problems: as lists. */
export async function findProducts(
  actor: Actor,
  query: z.output<typeof findProductsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<FoundProduct>>> {
  const { limit, after, q = '', stars, rating, ...filter } = query;
  const today = dayIn(ctx.settings.timeZone, ctx.now().toISOString());
  const producers = producerNames(actor, ctx);
  const list = (page: { limit: number; after: string | null }): Promise<Result<Page<Product>>> =>
    listInReach(ctx.store.products, actor, 'read-registry', withoutUndefined(filter), page);
  const match = async (product: Product): Promise<FoundProduct | null> => {
    const isNamed = q === '' || holdsWords(`${product.name} ${product.brand ?? ''} ${product.gtin ?? ''}`, q);
    const certificates: Certificate[] = [];
    for await (const one of everyOf(ctx.store.certificates, { productId: product.id })) certificates.push(one);
    if (!isNamed && !certificates.some(({ number }) => looseKey(number).includes(looseKey(q)))) return null;
    const certificate = ratingOf(certificates, product.id, today);
    const isInForce = certificate !== null && inForce(certificate, today);
    if (stars !== undefined && !(isInForce && certificate.stars === stars)) return null;
    if (rating !== undefined && rating !== (certificate === null ? 'none' : isInForce ? 'in-force' : 'lapsed'))
      return null;
    return { product, producerName: await producers(product.producerId), certificate, isInForce };
  };
  return walkList(list, match, { limit, after });
}

export const findProducersQuery = pageQuery.extend({
  q: words.optional(),
  kind: z.enum(PRODUCER_KINDS).optional(),
  officeId: id.optional(),
});

/** Problems: as lists. */
export async function findProducers(
  actor: Actor,
  query: z.output<typeof findProducersQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Producer>>> {
  const { limit, after, q = '', ...filter } = query;
  if (q === '') return listProducers(actor, { ...filter, limit, after }, ctx);
  const match = (producer: Producer): Producer | null => {
    const { name, address, addressToday, taxCode, representative, phone } = producer;
    const places = [address, addressToday].flatMap((place) =>
      place === null ? [] : [place.commune, place.detail, placeWords(place.province)],
    );
    const text = [name, ...places, taxCode, representative, phone].filter((part) => typeof part === 'string').join(' ');
    return holdsWords(text, q) ? producer : null;
  };
  return walkList((page) => listProducers(actor, { ...filter, ...page }, ctx), match, { limit, after });
}

export const findCertificatesQuery = pageQuery.extend({
  q: words.optional(),
  scheme: z.enum(CERTIFICATE_SCHEMES).optional(),
  state: z.enum(CERTIFICATE_STATES).optional(),
  producerId: id.optional(),
});

/** Problems: as lists. */
export async function findCertificates(
  actor: Actor,
  query: z.output<typeof findCertificatesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Certificate>>> {
  const { limit, after, q = '', state, ...filter } = query;
  const today = dayIn(ctx.settings.timeZone, ctx.now().toISOString());
  const match = (certificate: Certificate): Certificate | null =>
    looseKey(certificate.number).includes(looseKey(q)) &&
    (state === undefined || certificateState(certificate, today) === state)
      ? certificate
      : null;
  return walkList(
    (page) => listInReach(ctx.store.certificates, actor, 'read-registry', withoutUndefined(filter), page),
    match,
    {
      limit,
      after,
    },
  );
}

/** Names by id, each read once; '' for a producer out of reach. */
export function producerNames(actor: Actor, ctx: ActionContext): (producerId: Id) => Promise<string> {
  const known = new Map<Id, string>();
  return async (producerId) => {
    const before = known.get(producerId);
    if (before !== undefined) return before;
    const found = await readProducer(actor, producerId, ctx);
    const name = found.ok ? found.value.name : '';
    known.set(producerId, name);
    return name;
  };
}

/** How many producers and products are in reach, counted up to a bound: "31 products of 27 producers". */
export async function countRegistry(
  actor: Actor,
  max: number,
  ctx: ActionContext,
): Promise<Result<{ products: number; producers: number; more: boolean }>> {
  const producers = new Set<Id>();
  let products = 0;
  let after: string | null = null;
  do {
    const page: Result<Page<Product>> = await listInReach(
      ctx.store.products,
      actor,
      'read-registry',
      {},
      { limit: 200, after },
    );
    if (!page.ok) return page;
    products += page.value.items.length;
    for (const { producerId } of page.value.items) producers.add(producerId);
    after = page.value.next;
  } while (after !== null && products < max);
  return ok({ products, producers: producers.size, more: after !== null });
}
