// A lot (lô hàng): goods of one product made under the same circumstances, and their journey. What may change: anything
// until a stamp is activated for it; after that only with the office's approval; and never what is printed on paper
// (DESIGN §3).

import type { Day, Entity, Id, Instant } from '../entity.ts';
import type { PhotoSizes } from '../photo-sizes.ts';
import type { Proof } from '../registry/proof.ts';

/** A critical tracking event of a lot's journey. */
export interface LotEvent {
  id: Id;
  at: Instant;
  /** Set if only the day is known; `at` is then the day's first instant. Absent in older records, which have a time. */
  day?: Day | null;
  step: string;
  /** In English, where somebody wrote it; absent in older records. */
  stepEn?: string | null;
  place: string | null;
  gln: string | null;
  by: string | null;
  note: string | null;
  public: boolean;
  photoFileId: Id | null;
  /** Absent: it has none, or is of before version 1.2. */
  photoSizes?: PhotoSizes | null;
  /** The lot it was copied from, until somebody has checked it: the public does not see unchecked events. */
  copiedFrom: Id | null;
  /** The event that it was copied from, or the source of that one, so that two copies of one event are recognised. */
  sourceId?: Id | null;
  /** When it was last corrected after a buyer could have read it. */
  correctedAt?: Instant | null;
  recordedAt: Instant;
}

export interface Lot extends Entity {
  officeId: Id;
  producerId: Id;
  productId: Id;
  number: string;
  producedOn: Day | null;
  /** Best before; the last good day. */
  expiresOn: Day | null;
  /** In the product's units. */
  declaredQuantity: number | null;
  note: string | null;
  events: LotEvent[];
  /** Its test results, as buyers see them; absent in lots of before version 1.2. */
  proofs?: readonly Proof[];
  /**
   * When the first stamp was activated for it. From then on its number, dates and product change only with approval.
   */
  firstActivatedAt: Instant | null;
  /** A printed digital link names this lot: number, dates and product never change. */
  inDigitalLink: boolean;
  /** When the office last approved a change after activation. */
  correctedAt: Instant | null;
}

/** What identifies a lot. Consumers have read it, so it does not change silently. */
const LOT_IDENTITY = ['productId', 'number', 'producedOn', 'expiresOn'] as const;
export type LotIdentity = Pick<Lot, (typeof LOT_IDENTITY)[number]>;

/** The fields of a change; a field that is absent stays as it is. */
export type LotChange = Partial<LotIdentity & Pick<Lot, 'declaredQuantity' | 'note'>>;

/** `free`: the lot's owner decides; `ask`: the office decides; `never`: it is printed. */
export type LotFreedom = 'free' | 'ask' | 'never';

/** How free a change of this lot is. Setting a field to its present value is not a change. */
export function lotFreedom(lot: Lot, change: LotChange): LotFreedom {
  if (changedIdentity(lot, change).length === 0) return 'free';
  if (lot.inDigitalLink) return 'never';
  return lot.firstActivatedAt === null ? 'free' : 'ask';
}

/** The identity fields to which a change gives another value. */
export function changedIdentity(lot: LotIdentity, change: LotChange): (keyof LotIdentity)[] {
  return LOT_IDENTITY.filter((field) => change[field] !== undefined && change[field] !== lot[field]);
}

/**
 * The lot after the change, marked as corrected at `at` if consumers could have read it before. lotFreedom says whether
 * the change is allowed; the caller sets version and times.
 */
export function changeLot(lot: Lot, change: LotChange, at: Instant): Lot {
  const corrected = lot.firstActivatedAt !== null && changedIdentity(lot, change).length > 0;
  return { ...lot, ...change, correctedAt: corrected ? at : lot.correctedAt };
}

/** Whether a lot's dates are possible: goods do not expire before they are made. */
export function datesInOrder(lot: Pick<Lot, 'producedOn' | 'expiresOn'>): boolean {
  return lot.producedOn === null || lot.expiresOn === null || lot.producedOn <= lot.expiresOn;
}
