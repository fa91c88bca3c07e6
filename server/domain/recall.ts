// A recall (thu hồi) of a product, a lot or a range of serials of a batch. Withdrawn by whoever may, never deleted.

import type { BilingualText, Entity, Id, Instant } from './entity.ts';

export type RecallScope =
  | { kind: 'product'; productId: Id }
  | { kind: 'lot'; lotId: Id }
  | { kind: 'range'; batchId: Id; from: number; to: number };

export interface Recall extends Entity {
  officeId: Id;
  producerId: Id;
  scope: RecallScope;
  reason: BilingualText;
  advice: BilingualText;
  at: Instant;
  by: Id;
  withdrawal: { at: Instant; by: Id; note: string | null } | null;
}
