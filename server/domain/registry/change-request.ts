// A change that waits for the office: an action's own input, kept until the office approves or declines it.

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
  /** What is to change; null for something to be made. */
  subject: { entity: string; id: Id; version: number } | null;
  /** The action's input, as checked. */
  input: unknown;
  /** The fields as they were, for the difference shown. */
  before: Record<string, unknown> | null;
  state: 'waiting' | 'approved' | 'declined';
  askedBy: Id;
  decision: { at: Instant; by: Id; note: string | null; resultId: Id | null } | null;
}
