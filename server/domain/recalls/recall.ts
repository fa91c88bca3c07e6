// A recall (thu hồi) of a product, a lot or a range of serials of a batch. Withdrawn by whoever may, never deleted.

import type { BilingualText, Entity, Id, Instant } from '../entity.ts';

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

/** What of a stamp a recall can name; null where the stamp has none. */
export interface RecallTarget {
  batchId: Id;
  serial: number;
  lotId: Id | null;
  productId: Id | null;
}

/**
 * The newest recall that stands over a stamp, or null. It stands from the moment it is recorded until it is withdrawn:
 * its instant is not compared with ours, so that clocks that differ between servers never delay a warning.
 */
export function recallOf(recalls: readonly Recall[], target: RecallTarget): Recall | null {
  return recalls
    .filter((recall) => recall.withdrawal === null && touches(recall.scope, target))
    .reduce<Recall | null>((newest, recall) => (newest === null || recall.at > newest.at ? recall : newest), null);
}

/** Whether a recall's scope holds a stamp. */
export function touches(scope: RecallScope, target: RecallTarget): boolean {
  switch (scope.kind) {
    case 'product':
      return scope.productId === target.productId;
    case 'lot':
      return scope.lotId === target.lotId;
    case 'range':
      return scope.batchId === target.batchId && target.serial >= scope.from && target.serial <= scope.to;
    default:
      return scope satisfies never;
  }
}
