// What the true pack looks like, with its stamp in place: photographs that inspectors compare with the goods in hand.
// They are no public pictures: a copier would learn from them where the stamp sits.

import type { Entity, Id, Instant } from '../entity.ts';

/** Of one product: front, back, lid, stamp, and a few of other packages. */
export const LOOKS_MAX = 12;

export interface Look extends Entity {
  officeId: Id;
  producerId: Id;
  productId: Id;
  fileId: Id;
  /** What to look at: "Tem dán đè lên mép nắp". */
  note: string | null;
  by: Id;
  /** Set when the pack changed: it is no longer shown. */
  removedAt: Instant | null;
}
