// The records of a pack, and the facts of one stamp from them: the same facts that the server gathers, for the same
// verdict function. A phone can be lost, so a record in a pack has no names of people, no notes, no telephones that
// are not public, no photographs and no journey: those fields are there and empty. This file runs on the phone as
// well.

import type { OpenBatch } from '../batches/batch.ts';
import type { Entity, Id } from '../entity.ts';
import type { Lot } from '../lots/lot.ts';
import { mayTouch, type Recall } from '../recalls/recall.ts';
import type { Certificate } from '../registry/certificate.ts';
import type { Office } from '../registry/office.ts';
import type { Producer } from '../registry/producer.ts';
import type { Product } from '../registry/product.ts';
import { stampFactsOf, type BatchFacts, type StampFacts } from '../stamp/stamp-facts.ts';

/** @member packKey 16 bytes, base64 (fingerprint.ts) */
export type PackBatch = OpenBatch & { packKey: string };

export interface PackFacts {
  offices: Office[];
  producers: Producer[];
  products: Product[];
  lots: Lot[];
  certificates: Certificate[];
  /** Withdrawn ones too. */
  recalls: Recall[];
  batches: PackBatch[];
}

export type PackKind = keyof PackFacts;
export const PACK_KINDS: readonly PackKind[] = [
  'offices',
  'producers',
  'products',
  'lots',
  'certificates',
  'recalls',
  'batches',
];

/** How a record is named in the manifest's hash. */
export function packName(kind: PackKind, { id, version }: Pick<Entity, 'id' | 'version'>): string {
  return `${kind}:${id}@${version}`;
}

const NOBODY = '';

/** A record as a pack holds it. */
export const PACKED: { readonly [K in PackKind]: (record: PackFacts[K][number]) => PackFacts[K][number] } = {
  offices: (office) => ({ ...office, markFileId: null }),
  producers: (producer) => ({
    ...withoutPast(producer),
    phone: producer.phonePublic ? producer.phone : null,
    taxCode: null,
    email: null,
    website: null,
    gln: null,
    representative: null,
    story: null,
  }),
  products: ({ pastPhotos: _pastPhotos, ...product }) => ({
    ...withoutPast(product),
    description: null,
    gtinAuthorisation: null,
    ingredients: null,
    storage: null,
    standards: null,
    warnings: null,
    photoFileId: null,
  }),
  lots: (lot) => ({ ...withoutPast(lot), declaredQuantity: null, note: null, events: [] }),
  certificates: ({ extension, ...certificate }) => ({
    ...withoutPast(certificate),
    extension: extension === null ? null : { to: extension.to, evidence: '' },
  }),
  recalls: ({ withdrawal, ...recall }) => ({
    ...recall,
    by: NOBODY,
    withdrawal: withdrawal === null ? null : { at: withdrawal.at, by: NOBODY, note: null },
  }),
  batches: (batch) => ({
    ...withoutWrapped(withoutPast(batch)),
    note: null,
    issuedBy: NOBODY,
    printed: [],
    activations: batch.activations.map(asNobodys),
    voids: batch.voids.map((range) => ({ ...asNobodys(range), note: null })),
    displays: batch.displays.map(asNobodys),
    ...(batch.answers === undefined ? {} : { answers: batch.answers.map(asNobodys) }),
  }),
};

function asNobodys<T extends { by: Id }>(range: T): T {
  return { ...range, by: NOBODY };
}

/** It has none by its type; a pack leaves the house, so it is looked at. */
function withoutWrapped<T extends object>(batch: T): T {
  const { wrappedSecret: _wrappedSecret, ...rest } = batch as T & { wrappedSecret?: unknown };
  return rest as T;
}

/** Earlier states are for reports of past days (domain/programme/as-of.ts). */
function withoutPast<T extends object>(record: T): T {
  const { was: _was, ...rest } = record as T & { was?: unknown };
  return rest as T;
}

/** A pack's records, ready to be asked about stamps. */
export class PackIndex {
  private readonly gathered = new Map<Id, BatchFacts | null>();
  private readonly facts: { readonly [K in PackKind]: ReadonlyMap<Id, PackFacts[K][number]> };

  constructor(facts: PackFacts) {
    this.facts = Object.fromEntries(
      PACK_KINDS.map((kind) => [kind, new Map(facts[kind].map((record) => [record.id, record]))]),
    ) as unknown as PackIndex['facts'];
  }

  batchOf(batchId: Id): PackBatch | null {
    return this.facts.batches.get(batchId) ?? null;
  }

  /**
   * The facts of a batch's stamps; null: the pack does not hold the batch, its producer or its office. Gathered once: a
   * stall has many stamps of few batches.
   */
  batchFactsOf(batchId: Id): BatchFacts | null {
    let known = this.gathered.get(batchId);
    if (known === undefined) this.gathered.set(batchId, (known = this.gather(batchId)));
    return known;
  }

  private gather(batchId: Id): BatchFacts | null {
    const { offices, producers, products, lots, certificates, recalls } = this.facts;
    const batch = this.batchOf(batchId);
    const office = offices.get(batch?.officeId ?? '');
    const producer = producers.get(batch?.producerId ?? '');
    if (batch === null || office === undefined || producer === undefined) return null;
    const lotIds = new Set(batch.activations.map(({ lotId }) => lotId));
    if (batch.lotId !== null) lotIds.add(batch.lotId);
    const ownLots = [...lotIds].flatMap((id) => lots.get(id) ?? []);
    const productIds = new Set(ownLots.map(({ productId }) => productId));
    if (batch.lotId === null && batch.productId !== null) productIds.add(batch.productId);
    return {
      batch,
      office,
      producer,
      products: new Map(
        [...productIds].flatMap((id) => products.get(id) ?? []).map((product) => [product.id, product]),
      ),
      lots: new Map(ownLots.map((lot) => [lot.id, lot])),
      certificates: [...certificates.values()].filter(
        ({ producerId, productId }) => producerId === producer.id && (productId === null || productIds.has(productId)),
      ),
      recalls: [...recalls.values()].filter(({ scope }) => mayTouch(scope, { id: batchId, lotIds, productIds })),
    };
  }

  /** The facts of a stamp without its scans; null: not in this pack. The caller has compared the fingerprint. */
  stampFactsOf(batchId: Id, serial: number): StampFacts | null {
    const facts = this.batchFactsOf(batchId);
    if (facts === null || serial < 1 || serial > facts.batch.quantity) return null;
    return stampFactsOf(facts, serial, null, null);
  }
}
