// What the law requires a trace page to show and a product's record still lacks: the union of Decree 37/2026 art. 23.5
// and 42 and Circular 02/2024 art. 6.3 (STANDARDS §5). What a product need not have ("if any") never counts as lacking.
//
// The latest lot represents the product's lots; a product without a lot lacks the facts of a lot.

import type { Producer } from './producer.ts';
import type { Product, ProductGroup } from './product.ts';
import type { Lot } from '../lots/lot.ts';

const COMPLETENESS_KEYS = [
  'name',
  'photo',
  'producer',
  'address',
  'origin',
  'brand',
  'unit',
  'ingredients',
  'storage',
  'warnings',
  'standards',
  'shelfLife',
  'gtinAuthorisation',
  'lot',
  'madeOn',
  'expiresOn',
  'stages',
  'placeCode',
] as const;
export type CompletenessKey = (typeof COMPLETENESS_KEYS)[number];

export interface CompletenessItem {
  key: CompletenessKey;
  /** `not-asked`: the law asks for it only if the goods have it, and these need not. */
  state: 'there' | 'lacking' | 'not-asked';
  /** Where it is filled in. */
  of: 'product' | 'producer' | 'lot';
}

export interface Completeness {
  items: readonly CompletenessItem[];
  there: number;
  /** How many items the law asks of this product. */
  asked: number;
}

/** Groups whose goods are eaten, drunk or put on the skin: art. 42 asks for their ingredients and storage. */
const CONSUMED: ReadonlySet<ProductGroup> = new Set(['food', 'drink', 'herbal']);

/** @param latestLot null: the product has no lot */
export function completenessOf(product: Product, producer: Producer, latestLot: Lot | null): Completeness {
  const isService = product.group === 'tourism';
  const isConsumed = CONSUMED.has(product.group);
  const told = latestLot?.events.filter((event) => event.public && event.copiedFrom === null) ?? [];
  const hasPlaceCode = producer.gln !== null || told.some(({ gln }) => gln !== null);
  const items: CompletenessItem[] = [
    item('name', 'product', true),
    item('photo', 'product', product.photoFileId !== null),
    item('producer', 'producer', true),
    item('address', 'producer', producer.address.detail !== null),
    // If the record names no origin, the page shows the producer's address, which is an origin.
    item('origin', 'product', true),
    item('brand', 'product', product.brand !== null, false),
    item('unit', 'product', product.unit !== null, !isService),
    item('ingredients', 'product', product.ingredients !== null, isConsumed),
    item('storage', 'product', product.storage !== null, isConsumed),
    item('warnings', 'product', product.warnings !== null, isConsumed),
    item('standards', 'product', product.standards !== null),
    item('shelfLife', 'product', product.shelfLifeDays !== null, isConsumed),
    item('gtinAuthorisation', 'product', product.gtinAuthorisation !== null, product.gtin !== null),
    item('lot', 'lot', latestLot !== null, !isService),
    item('madeOn', 'lot', latestLot !== null && latestLot.producedOn !== null, !isService),
    item('expiresOn', 'lot', latestLot !== null && latestLot.expiresOn !== null, isConsumed),
    item('stages', 'lot', told.length > 0, !isService),
    item('placeCode', 'producer', hasPlaceCode, !isService),
  ];
  const asked = items.filter(({ state }) => state !== 'not-asked');
  return { items, there: asked.filter(({ state }) => state === 'there').length, asked: asked.length };
}

/** An item that is there counts, whether the law asks for it or not. */
function item(key: CompletenessKey, of: CompletenessItem['of'], isThere: boolean, isAsked = true): CompletenessItem {
  return { key, of, state: isThere ? 'there' : isAsked ? 'lacking' : 'not-asked' };
}
