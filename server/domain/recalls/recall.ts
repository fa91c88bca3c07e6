// A recall (thu hồi) and its reach: a product, a lot or a range of serials of a batch. It can be withdrawn and is never
// deleted.

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

/** What a recall can name of a stamp; null if the stamp does not have it. */
export interface RecallTarget {
  batchId: Id;
  serial: number;
  lotId: Id | null;
  productId: Id | null;
}

/**
 * The newest recall of a stamp that is not withdrawn, or null. It applies from the moment it is recorded: its instant
 * is not compared with our clock, so that differing clocks of servers never delay a warning.
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

/** Whether a recall's scope may hold stamps of a batch, given the lots and products that its stamps belong to. */
export function mayTouch(
  scope: RecallScope,
  batch: { id: Id; lotIds: ReadonlySet<Id>; productIds: ReadonlySet<Id> },
): boolean {
  switch (scope.kind) {
    case 'product':
      return batch.productIds.has(scope.productId);
    case 'lot':
      return batch.lotIds.has(scope.lotId);
    case 'range':
      return scope.batchId === batch.id;
    default:
      return scope satisfies never;
  }
}
