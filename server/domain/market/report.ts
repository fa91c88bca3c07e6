// What people tell us about a stamp: a consumer's complaint, an inspector's finding, and the change that waits for the office.

import type { Entity, Id, Instant } from '../entity.ts';

export const COMPLAINT_SUBJECTS = ['wrong-product', 'opened', 'looks-copied', 'past-date', 'other'] as const;
export type ComplaintSubject = (typeof COMPLAINT_SUBJECTS)[number];

export interface Complaint extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  serial: number;
  /** What the consumer is told to quote: `K-7K3M9Q`. */
  number: string;
  about: ComplaintSubject;
  message: string;
  where: string | null;
  contact: string | null;
  state: 'new' | 'looking' | 'closed';
  note: string | null;
}

export const FINDINGS = ['in-order', 'counterfeit', 'tampered', 'mismatch', 'expired', 'other'] as const;
export type Finding = (typeof FINDINGS)[number];

export interface Inspection extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  serial: number;
  finding: Finding;
  note: string | null;
  place: string | null;
  at: Instant;
  photoFileIds: Id[];
  /** Made offline: the phone's own id, so that a finding sent twice is stored once. */
  clientId: string | null;
  by: Id;
}
