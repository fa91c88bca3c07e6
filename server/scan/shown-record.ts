// What the public may see of a product, a producer and an event: the members of the look-up's JSON (CONTRACT §4), from
// the records themselves.

import { dayIn } from '../domain/calendar.ts';
import type { Day, Id, Instant } from '../domain/entity.ts';
import { usualStep } from '../domain/lots/journey.ts';
import type { LotEvent } from '../domain/lots/lot.ts';
import type { PhotoSizes } from '../domain/photo-sizes.ts';
import type { Address } from '../domain/places.ts';
import type { Office } from '../domain/registry/office.ts';
import type { PaperKind } from '../domain/registry/paper.ts';
import type { Proof } from '../domain/registry/proof.ts';
import type { Producer, ProducerKind } from '../domain/registry/producer.ts';
import {
  englishTexts,
  wholeProduct,
  type Product,
  type ProductGroup,
  type ProductTexts,
} from '../domain/registry/product.ts';

/** English texts: as recorded, or of words that we offer; null: Vietnamese only. */
export interface ShownProduct extends ProductTexts {
  id: Id;
  name: string;
  brand: string | null;
  group: ProductGroup;
  description: string | null;
  gtin: string | null;
  /** A path below this service's address; null: none. */
  photo: string | null;
  unit: string | null;
  ingredients: string | null;
  storage: string | null;
  standards: string | null;
  warnings: string | null;
}

export interface ShownProducer {
  id: Id;
  name: string;
  kind: ProducerKind;
  address: Address;
  addressToday: Address | null;
  phone: string | null;
  website: string | null;
  story: string | null;
  storyEn: string | null;
}

/** A paper that the office let buyers see. */
export interface ShownProof {
  kind: PaperKind;
  /** Paths of its first pages' pictures, below this service's address. */
  pages: string[];
  /** How many more pages it has. */
  pagesLeft: number;
  reference: string | null;
  issuedBy: string | null;
  link: string | null;
  handedInBy: 'producer' | 'office';
  handedInOn: Day;
  /** The day on which the office let it be shown. */
  shownOn: Day;
}

export interface ShownEvent {
  /** An instant, or a day if no time is known. */
  at: Instant;
  step: string;
  /** As recorded, or of a step that we offer; null: Vietnamese only. */
  stepEn: string | null;
  place: string | null;
  gln: string | null;
  by: string | null;
  note: string | null;
  /** A path below this service's address; absent: it has none. */
  photo?: string;
  /** The day on which it was corrected after a buyer could have read it; absent if it never was. */
  correctedOn?: Day;
}

/** Paths of a photograph's three sizes; `small` and `middle` are squares, null for a picture of before version 1.2. */
export interface ShownPhoto {
  large: string;
  small: string | null;
  middle: string | null;
}

export function shownProduct(product: Product): ShownProduct {
  const { usage, allergens } = wholeProduct(product);
  return {
    id: product.id,
    name: product.name,
    brand: product.brand,
    group: product.group,
    description: product.description,
    gtin: product.gtin,
    photo: shownPhoto(product)?.large ?? null,
    unit: product.unit,
    ingredients: product.ingredients,
    storage: product.storage,
    standards: product.standards,
    warnings: product.warnings,
    usage,
    allergens,
    ...englishTexts(product),
  };
}

/** A telephone only with the producer's consent. */
export function shownProducer(producer: Producer): ShownProducer {
  const phone = producer.phonePublic ? producer.phone : null;
  return {
    id: producer.id,
    name: producer.name,
    kind: producer.kind,
    address: producer.address,
    addressToday: producer.addressToday,
    phone,
    website: producer.website,
    story: producer.story,
    storyEn: producer.storyEn ?? null,
  };
}

export function shownEvent(event: LotEvent, timeZone: string): ShownEvent {
  const { at, day = null, place, gln, by, note, correctedAt = null } = event;
  const usual = usualStep(event.step);
  const step = usual?.vi ?? event.step;
  const stepEn = event.stepEn ?? usual?.en ?? null;
  const photo = shownPhoto(event);
  const pictured = photo === null ? {} : { photo: photo.large };
  const corrected = correctedAt === null ? {} : { correctedOn: dayIn(timeZone, correctedAt) };
  return { at: day ?? at, step, stepEn, place, gln, by, note, ...pictured, ...corrected };
}

export function shownPhoto({
  photoFileId,
  photoSizes = null,
}: {
  photoFileId: Id | null;
  photoSizes?: PhotoSizes | null;
}): ShownPhoto | null {
  if (photoFileId === null) return null;
  const pathOf = (id: Id): string => `/photos/${id}`;
  return {
    large: pathOf(photoFileId),
    small: photoSizes === null ? null : pathOf(photoSizes.px112),
    middle: photoSizes === null ? null : pathOf(photoSizes.px336),
  };
}

/** Left out if there is none. */
export function shownProofs(proofs: readonly Proof[] = [], timeZone: string): { proofs?: ShownProof[] } {
  if (proofs.length === 0) return {};
  return {
    proofs: proofs.map(({ kind, pages, pagesLeft, reference, issuedBy, link, handedInBy, handedInAt, shownAt }) => ({
      kind,
      pages: pages.map((id) => `/photos/${id}`),
      pagesLeft,
      reference,
      issuedBy,
      link,
      handedInBy,
      handedInOn: dayIn(timeZone, handedInAt),
      shownOn: dayIn(timeZone, shownAt),
    })),
  };
}

export function shownOffice({ name, phone, emblemFileId = null }: Office): {
  name: string;
  phone: string | null;
  emblem?: string;
} {
  return { name, phone, ...(emblemFileId === null ? {} : { emblem: `/photos/${emblemFileId}` }) };
}
