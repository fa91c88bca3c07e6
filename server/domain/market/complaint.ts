// A consumer's complaint about a stamp.

import type { Entity, Id } from '../entity.ts';

export const COMPLAINT_SUBJECTS = ['wrong-product', 'opened', 'looks-copied', 'past-date', 'other'] as const;
export type ComplaintSubject = (typeof COMPLAINT_SUBJECTS)[number];

export const COMPLAINT_STATES = ['new', 'looking', 'closed'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

export interface Complaint extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  serial: number;
  /** The consumer quotes it: `K-7K3M9Q`. */
  number: string;
  about: ComplaintSubject;
  message: string;
  where: string | null;
  contact: string | null;
  state: ComplaintState;
  /** For the office alone. */
  note: string | null;
  /** The consumer reads it on the complaint's page; absent or null: nothing yet. */
  reply?: string | null;
  /** SHA-256 of the secret in the address of its page, hex; absent: taken before complaints had a page. */
  keyHash?: string;
}
