// The ledger of one producer's stamps in a year: given, printed, activated, voided and scanned, against its allowance
// and its declared output, by product, lot and roll. What does not add up is marked, with the figures that say why.
//
// Pure: actions/batches/read-ledger.ts gathers the batches, lots and counts of scans. A batch belongs to the year of
// its issue, a lot to the year in which it was recorded. A lot's account includes all its stamps, also those of a roll
// that was given in another year. A stamp that was activated and then voided counts under both.

import { allowanceUse } from './allowance.ts';
import type { Batch } from './batch.ts';
import type { Id } from '../entity.ts';
import { clipRanges, countOf, gapsIn, mergeRanges, type SerialRange } from './intervals.ts';
import type { Lot } from '../lots/lot.ts';
import type { Allowance, Product } from '../registry/product.ts';

export interface StampSums {
  given: number;
  printed: number;
  activated: number;
  voided: number;
  /** Stamps scanned at least once, in any state. */
  scanned: number;
}

/** What does not add up. A mark is a question to the producer, never a verdict. */
export type Oddity =
  /** More stamps of goods were given than the year's allowance. */
  | { kind: 'beyond-allowance'; stamps: number; allowed: number }
  /** More output was declared than was expected of the year. */
  | { kind: 'output-beyond-expected'; declared: number; expected: number }
  /** The lot has more stamps than units. */
  | { kind: 'more-stamps-than-output'; stamps: number; declared: number }
  /** Active stamps that no print is recorded of: printed from the list of codes, or not at all. */
  | { kind: 'active-not-printed'; stamps: number }
  /** Stamps that were scanned but are not active. */
  | { kind: 'scanned-not-active'; stamps: number }
  /** A void stamp was scanned after it was voided, so it is on the market. */
  | { kind: 'void-scanned'; batchId: Id; serial: number };

export interface LotAccount extends StampSums {
  lotId: Id;
  number: string;
  productId: Id;
  /** In the product's units; null: nothing was declared. */
  declared: number | null;
  /** Of `given`, stamps of batches that were given in another year. */
  ofOtherYears: number;
  oddities: Oddity[];
}

export interface ProductAccount extends StampSums {
  productId: Id;
  name: string;
  unit: string | null;
  /**
   * `used`: see allowance.ts. Null: no limit is recorded.
   */
  allowance: { stamps: number; used: number; expectedOutput: number } | null;
  /** Of the year's lots, in the product's units; null: none declared any. */
  declared: number | null;
  /** As in LotAccount. */
  ofOtherYears: number;
  oddities: Oddity[];
}

export interface RollAccount extends StampSums {
  batchId: Id;
  issuedAt: string;
  /** Neither active nor void: the producer still has them. */
  inHand: number;
  oddities: Oddity[];
}

export interface Ledger {
  producerId: Id;
  year: number;
  totals: StampSums & { inHand: number };
  products: ProductAccount[];
  lots: LotAccount[];
  rolls: RollAccount[];
  /** Lots that have stamps but declare no output, so that they cannot be checked. */
  lotsWithoutOutput: number;
}

/** A batch with what was counted of its scans. */
export interface CountedBatch {
  batch: Pick<
    Batch,
    'id' | 'kind' | 'productId' | 'lotId' | 'quantity' | 'activations' | 'voids' | 'printed' | 'issuedAt'
  >;
  scanned: number;
  /** How many of the stamps active for each lot were scanned. */
  scannedByLot: ReadonlyMap<Id, number>;
  /** A void serial that was scanned since it was voided; null: none. */
  scannedSinceVoid: number | null;
}

export interface LedgerFacts {
  producerId: Id;
  year: number;
  products: readonly Pick<Product, 'id' | 'name' | 'unit'>[];
  allowances: readonly Pick<Allowance, 'productId' | 'stamps' | 'expectedOutput'>[];
  /** Lots recorded in the year. */
  lots: readonly LedgerLot[];
  /** Lots of earlier years that have stamps of this year. */
  earlierLots: readonly LedgerLot[];
  /** Of the year. */
  batches: readonly CountedBatch[];
  /** Batches of other years that have stamps of these lots. */
  others: readonly CountedBatch[];
}

export type LedgerLot = Pick<Lot, 'id' | 'number' | 'productId' | 'declaredQuantity'>;

/** The ledger computed from these facts; products and lots in the order given, rolls in the order of their batches. */
export function ledgerOf(facts: LedgerFacts): Ledger {
  const lots = [...facts.lots, ...facts.earlierLots].map((lot) => lotAccount(lot, facts.batches, facts.others));
  const products = facts.products.map((product) => productAccount(product, lots, facts));
  const rolls = facts.batches.filter(({ batch }) => batch.kind === 'blank').map(rollAccount);
  const totals = facts.batches.map((counted) => ({ ...sumsOf(counted), inHand: inHand(counted.batch) }));
  const { producerId, year } = facts;
  const sums = { ...addSums(totals), inHand: totals.reduce((sum, one) => sum + one.inHand, 0) };
  const lotsWithoutOutput = lots.filter(({ declared, activated }) => declared === null && activated > 0).length;
  return { producerId, year, totals: sums, products, lots, rolls, lotsWithoutOutput };
}

/** Stamps that are active and not void. */
export function liveStamps(batch: Pick<Batch, 'activations' | 'voids'>, lotId?: Id): number {
  const active = batch.activations.filter((activation) => lotId === undefined || activation.lotId === lotId);
  return active.reduce((sum, range) => sum + countOf(gapsIn(batch.voids, range)), 0);
}

/** @param others batches of other years than the ledger's */
export function lotAccount(
  lot: LedgerLot,
  batches: readonly CountedBatch[],
  others: readonly CountedBatch[] = [],
): LotAccount {
  const ofLot = (some: readonly CountedBatch[]): CountedBatch[] =>
    some.filter(({ batch }) => batch.lotId === lot.id || batch.activations.some(({ lotId }) => lotId === lot.id));
  const sumOf = (some: readonly CountedBatch[]): StampSums =>
    addSums(some.map((counted) => (counted.batch.kind === 'blank' ? partSums(counted, lot.id) : sumsOf(counted))));
  const [ofYear, ofOthers] = [ofLot(batches), ofLot(others)];
  const parts = [...ofYear, ...ofOthers];
  const sums = sumOf(parts);
  const live = parts.reduce((sum, { batch }) => sum + liveStamps(batch, lot.id), 0);
  const oddities: Oddity[] = [];
  if (lot.declaredQuantity !== null && live > lot.declaredQuantity) {
    oddities.push({ kind: 'more-stamps-than-output', stamps: live, declared: lot.declaredQuantity });
  }
  const unprinted = parts.reduce((sum, { batch }) => sum + activeNotPrinted(batch, lot.id), 0);
  if (unprinted > 0) oddities.push({ kind: 'active-not-printed', stamps: unprinted });
  for (const counted of parts) if (counted.batch.kind !== 'blank') oddities.push(...scanOddities(counted));
  return {
    lotId: lot.id,
    number: lot.number,
    productId: lot.productId,
    declared: lot.declaredQuantity,
    ...sums,
    ofOtherYears: sumOf(ofOthers).given,
    oddities,
  };
}

function productAccount(
  { id, name, unit }: LedgerFacts['products'][number],
  lots: readonly LotAccount[],
  facts: LedgerFacts,
): ProductAccount {
  const plaques = facts.batches.filter(({ batch }) => batch.kind === 'plaque' && batch.productId === id);
  const own = lots.filter(({ productId }) => productId === id);
  const sums = addSums([...own, ...plaques.map(sumsOf)]);
  const declaredOf = facts.lots.filter(
    ({ productId, declaredQuantity }) => productId === id && declaredQuantity !== null,
  );
  const declared =
    declaredOf.length === 0 ? null : declaredOf.reduce((sum, { declaredQuantity }) => sum + (declaredQuantity ?? 0), 0);
  const lotIds = new Set(own.map(({ lotId }) => lotId));
  const used = facts.batches.reduce(
    (sum, { batch }) => sum + (batch.lotId !== null && lotIds.has(batch.lotId) ? allowanceUse(batch) : 0),
    0,
  );
  const set = facts.allowances.find(({ productId }) => productId === id);
  const allowance = set === undefined ? null : { stamps: set.stamps, used, expectedOutput: set.expectedOutput };
  const oddities: Oddity[] = [];
  if (allowance !== null && used > allowance.stamps)
    oddities.push({ kind: 'beyond-allowance', stamps: used, allowed: allowance.stamps });
  if (allowance !== null && declared !== null && declared > allowance.expectedOutput) {
    oddities.push({ kind: 'output-beyond-expected', declared, expected: allowance.expectedOutput });
  }
  const ofOtherYears = own.reduce((sum, lot) => sum + lot.ofOtherYears, 0);
  return { productId: id, name, unit, allowance, declared, ...sums, ofOtherYears, oddities };
}

function rollAccount(counted: CountedBatch): RollAccount {
  const { batch } = counted;
  return {
    batchId: batch.id,
    issuedAt: batch.issuedAt,
    ...sumsOf(counted),
    inHand: inHand(batch),
    oddities: scanOddities(counted),
  };
}

/** What the scans of a whole batch contradict in its state. A plaque is always active. */
function scanOddities({ batch, scanned, scannedByLot, scannedSinceVoid }: CountedBatch): Oddity[] {
  const oddities: Oddity[] = [];
  const scannedActive = [...scannedByLot.values()].reduce((sum, count) => sum + count, 0);
  if (batch.kind !== 'plaque' && scanned > scannedActive)
    oddities.push({ kind: 'scanned-not-active', stamps: scanned - scannedActive });
  if (scannedSinceVoid !== null) oddities.push({ kind: 'void-scanned', batchId: batch.id, serial: scannedSinceVoid });
  return oddities;
}

function sumsOf({ batch, scanned }: CountedBatch): StampSums {
  const activated = countOf(activeRanges(batch));
  return { given: batch.quantity, printed: countOf(batch.printed), activated, voided: countOf(batch.voids), scanned };
}

/** The part of a roll that is for one lot. */
function partSums({ batch, scannedByLot }: CountedBatch, lotId: Id): StampSums {
  const active = rangesOf(batch, lotId);
  const within = (ranges: readonly SerialRange[]): number =>
    active.reduce((sum, range) => sum + countOf(clipRanges(ranges, range)), 0);
  const count = countOf(active);
  return {
    given: count,
    printed: within(batch.printed),
    activated: count,
    voided: within(batch.voids),
    scanned: scannedByLot.get(lotId) ?? 0,
  };
}

/** Serials that are active, void or not; a plaque is from its issue. Whoever counts active stamps counts these. */
export function activeRanges(batch: Pick<Batch, 'kind' | 'quantity' | 'activations'>): SerialRange[] {
  return batch.kind === 'plaque' ? [{ from: 1, to: batch.quantity }] : mergeRanges(batch.activations);
}

/** Serials active for a lot; neighbours are joined. */
export function rangesOf(batch: Pick<Batch, 'activations'>, lotId: Id): SerialRange[] {
  return mergeRanges(
    batch.activations.filter((activation) => activation.lotId === lotId).map(({ from, to }) => ({ from, to })),
  );
}

function activeNotPrinted(batch: CountedBatch['batch'], lotId: Id): number {
  const settled = mergeRanges([...batch.printed, ...batch.voids]);
  return rangesOf(batch, lotId).reduce((sum, range) => sum + countOf(gapsIn(settled, range)), 0);
}

/** Stamps that are neither active nor void: the producer still has them. */
export function inHand({
  kind,
  quantity,
  activations,
  voids,
}: Pick<Batch, 'kind' | 'quantity' | 'activations' | 'voids'>): number {
  return kind === 'plaque' ? 0 : quantity - countOf(mergeRanges([...activations, ...voids]));
}

function addSums(parts: readonly StampSums[]): StampSums {
  const sums: StampSums = { given: 0, printed: 0, activated: 0, voided: 0, scanned: 0 };
  for (const key of ['given', 'printed', 'activated', 'voided', 'scanned'] as const)
    for (const part of parts) sums[key] += part[key];
  return sums;
}
