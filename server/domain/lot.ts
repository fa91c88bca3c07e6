// A lot (lô hàng): goods of one product made under the same circumstances, and their journey.

import type { Day, Entity, Id, Instant } from './entity.ts';

/** A critical tracking event of a lot's journey. */
export interface LotEvent {
  id: Id;
  at: Instant;
  step: string;
  place: string | null;
  gln: string | null;
  by: string | null;
  note: string | null;
  public: boolean;
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
