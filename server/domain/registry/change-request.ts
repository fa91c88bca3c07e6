// A change that waits for the office: the input of an action, kept until the office approves or declines it.

import type { Entity, Id, Instant } from '../entity.ts';

/** Which action runs when the office approves. */
export type RequestedAction =
  | 'change-producer'
  | 'make-product'
  | 'change-product'
  | 'change-lot'
  | 'issue-batch'
  | 'make-evaluation'
  | 'change-evaluation'
  | 'make-certificate'
  | 'change-certificate';

export interface ChangeRequest extends Entity {
  officeId: Id;
  producerId: Id;
  action: RequestedAction;
  /** The record to change; null: a record is to be created. */
  subject: { entity: string; id: Id; version: number } | null;
  /** The action's input, as checked. */
  input: unknown;
  /** The fields before the change, so that the difference can be shown. */
  before: Record<string, unknown> | null;
  /** `withdrawn` by the producer who asked. */
  state: 'waiting' | 'approved' | 'declined' | 'withdrawn';
  askedBy: Id;
  decision: { at: Instant; by: Id; note: string | null; resultId: Id | null } | null;
}
