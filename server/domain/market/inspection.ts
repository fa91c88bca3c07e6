// What an inspector found on a stamp.

import type { Entity, Id, Instant } from '../entity.ts';

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
  /** The phone's id for a finding made offline, so that a finding sent twice is stored once. */
  clientId: string | null;
  by: Id;
}
