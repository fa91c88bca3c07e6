// A lot (lô hàng): goods of one product made under the same circumstances, and their journey. What of it may change,
// and when: freely until a stamp is activated for it, then with the office's approval, and never where paper names it
// (DESIGN §3).

import type { Day, Entity, Id, Instant } from '../entity.ts';

/** A critical tracking event of a lot's journey. */
export interface LotEvent {
  id: Id;
  at: Instant;
  /** Where only the day is known; `at` is then its first instant. Absent in records of before: there is a time. */
  day?: Day | null;
  step: string;
  place: string | null;
  gln: string | null;
  by: string | null;
  note: string | null;
  public: boolean;
  photoFileId: Id | null;
  /** The lot it was taken over from, until somebody looked at it: the public is not told what nobody checked. */
  copiedFrom: Id | null;
  /** The event it was copied from, or that one was: two copies of one event are told by it. */
  sourceId?: Id | null;
  /** When it was last set right after a buyer could have read it. */
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
  /** When the first stamp was activated for it; from then on its number, dates and product wait for the office. */
  firstActivatedAt: Instant | null;
  /** A digital link on paper names this lot: number, dates and product never change. */
  inDigitalLink: boolean;
  /** When the office last approved a change after activation. */
  correctedAt: Instant | null;
}

/** What a lot is known by: consumers were told it, so it does not change behind their backs. */
const LOT_IDENTITY = ['productId', 'number', 'producedOn', 'expiresOn'] as const;
export type LotIdentity = Pick<Lot, (typeof LOT_IDENTITY)[number]>;

/** Fields that a change may hold; one that is absent stays. */
export type LotChange = Partial<LotIdentity & Pick<Lot, 'declaredQuantity' | 'note'>>;

/** `free`: the lot's owner decides; `ask`: the office decides; `never`: it is printed. */
export type LotFreedom = 'free' | 'ask' | 'never';

/** How free a change of this lot is. A value that stays as it is is no change. */
export function lotFreedom(lot: Lot, change: LotChange): LotFreedom {
  if (changedIdentity(lot, change).length === 0) return 'free';
  if (lot.inDigitalLink) return 'never';
  return lot.firstActivatedAt === null ? 'free' : 'ask';
}

/** The identity fields that a change would give another value. */
export function changedIdentity(lot: LotIdentity, change: LotChange): (keyof LotIdentity)[] {
  return LOT_IDENTITY.filter((field) => change[field] !== undefined && change[field] !== lot[field]);
}

/**
 * The lot with the change in it, corrected as of `at` where consumers could have read it otherwise.
 * Whether it may be is lotFreedom's to say; version and times are the caller's.
 */
export function changeLot(lot: Lot, change: LotChange, at: Instant): Lot {
  const corrected = lot.firstActivatedAt !== null && changedIdentity(lot, change).length > 0;
  return { ...lot, ...change, correctedAt: corrected ? at : lot.correctedAt };
}

/** Whether a lot's dates can be: what is made on a day is not past before it. */
export function datesInOrder(lot: Pick<Lot, 'producedOn' | 'expiresOn'>): boolean {
  return lot.producedOn === null || lot.expiresOn === null || lot.producedOn <= lot.expiresOn;
}
