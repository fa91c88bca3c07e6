// A product of one producer: what a certificate rates and what a lot is made of.

import type { Day, Entity, Id, Instant } from '../entity.ts';
import type { Address } from '../places.ts';

/** Decision 26/2026/QĐ-TTg art. 2.2: six groups, 26 product sets. */
export const PRODUCT_GROUPS = ['food', 'drink', 'herbal', 'craft', 'ornamental', 'tourism'] as const;
export type ProductGroup = (typeof PRODUCT_GROUPS)[number];

/**
 * Written permission to use a GTIN under another's licence, or the record that it is the producer's own (Decree 37/2026
 * art. 28.1(e)).
 */
export interface GtinAuthorisation {
  holder: string;
  document: string;
  date: Day;
}

export interface PastPhoto {
  fileId: Id;
  until: Instant;
}

/** Of a product: a new picture every week for ten years. */
export const PAST_PHOTOS_MAX = 520;

export interface Product extends Entity {
  officeId: Id;
  producerId: Id;
  name: string;
  /** What labels print instead of the name (stamp-name.ts); absent in products of before version 1.1. */
  shortName?: string | null;
  group: ProductGroup;
  /** 1 to 26, Decision 26/2026 annex I; each set belongs to one group. */
  productSet: number;
  brand: string | null;
  description: string | null;
  /** Where the goods come from; null: the producer's address. */
  origin: Address | null;
  /** 14 digits with a right check digit. */
  gtin: string | null;
  gtinAuthorisation: GtinAuthorisation | null;
  /** What one stamp is stuck on: "thùng 5 kg". */
  unit: string | null;
  ingredients: string | null;
  storage: string | null;
  standards: string | null;
  warnings: string | null;
  shelfLifeDays: number | null;
  photoFileId: Id | null;
  /** Pictures that buyers may have seen and that others took the place of: kept (Decree 37/2026 art. 53.3). */
  pastPhotos?: readonly PastPhoto[];
}

/** How many stamps a product may be given in a year, against the output its producer expects. */
export interface Allowance extends Entity {
  officeId: Id;
  producerId: Id;
  productId: Id;
  year: number;
  /** In the product's units. */
  expectedOutput: number;
  stamps: number;
}
