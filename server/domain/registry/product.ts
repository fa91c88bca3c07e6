// A product of one producer: what a certificate rates and what a lot is made of.

import type { Day, Entity, Id, Instant } from '../entity.ts';
import type { PhotoSizes } from '../photo-sizes.ts';
import type { Address } from '../places.ts';
import type { Allergen } from './allergens.ts';
import { englishOfUsual, englishUnit, USUAL_STORAGE, USUAL_USAGE, USUAL_WARNINGS } from './usual-texts.ts';

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

/** Texts beside those that a product always had; absent in products of before version 1.2. */
export interface ProductTexts {
  nameEn: string | null;
  unitEn: string | null;
  descriptionEn: string | null;
  ingredientsEn: string | null;
  storageEn: string | null;
  usage: string | null;
  usageEn: string | null;
  warningsEn: string | null;
  /** Null: the record does not say; empty: none of the 14. */
  allergens: readonly Allergen[] | null;
}

const NO_TEXTS: ProductTexts = {
  nameEn: null,
  unitEn: null,
  descriptionEn: null,
  ingredientsEn: null,
  storageEn: null,
  usage: null,
  usageEn: null,
  warningsEn: null,
  allergens: null,
};

export interface Product extends Entity, Partial<ProductTexts> {
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
  /** Absent: it has none, or its picture is of before version 1.2. */
  photoSizes?: PhotoSizes | null;
  /** Pictures that buyers may have seen and that others took the place of: kept (Decree 37/2026 art. 53.3). */
  pastPhotos?: readonly PastPhoto[];
}

/** With the fields that older records lack, as null. */
export function wholeProduct(product: Product): Product & ProductTexts & { shortName: string | null } {
  return { ...NO_TEXTS, shortName: null, ...product };
}

/** The texts in English: those on record, else those of our own tables (usual-texts.ts); null: Vietnamese only. */
export function englishTexts(product: Product): Omit<ProductTexts, 'usage' | 'allergens'> {
  const { unit, storage, warnings, usage, unitEn, storageEn, warningsEn, usageEn, ...rest } = wholeProduct(product);
  const told = <T>(vi: string | null, en: string | null, translate: (text: string) => T): string | T | null =>
    en ?? (vi === null ? null : translate(vi));
  return {
    nameEn: rest.nameEn,
    descriptionEn: rest.descriptionEn,
    ingredientsEn: rest.ingredientsEn,
    unitEn: told(unit, unitEn, englishUnit),
    storageEn: told(storage, storageEn, (text) => englishOfUsual(text, USUAL_STORAGE)),
    usageEn: told(usage, usageEn, (text) => englishOfUsual(text, USUAL_USAGE)),
    warningsEn: told(warnings, warningsEn, (text) => englishOfUsual(text, USUAL_WARNINGS)),
  };
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
