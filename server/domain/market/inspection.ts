// What an inspector found on a stamp, by itself or as an item of a round (round.ts). A counterfeit needs no code of
// ours: then there is no batch, and `read` holds what its symbol said.

import type { Entity, Id, Instant } from '../entity.ts';
import type { Verdict } from '../stamp/verdict.ts';

export const FINDINGS = ['in-order', 'counterfeit', 'tampered', 'mismatch', 'expired', 'other'] as const;
export type Finding = (typeof FINDINGS)[number];

/** Findings on a stamp of ours that the office should look at: they open its case, or join it. */
export const CASE_FINDINGS: ReadonlySet<Finding> = new Set<Finding>(['counterfeit', 'tampered', 'mismatch']);
/** How much of a foreign symbol's text is kept. */
export const READ_TEXT_MAX = 256;

/** Where a phone said it was, when somebody tapped for it. */
export interface Position {
  lat: number;
  lon: number;
  accuracyM: number | null;
  at: Instant;
}

/** What a phone without network said of the code from its pack. */
export interface OfflineAnswer {
  /** The pack's edition. */
  edition: Instant;
  verdict: Verdict;
  /** Whether the code's fingerprint was the stamp's. */
  ours: boolean;
}

export interface Inspection extends Entity {
  officeId: Id;
  /** Null: it is no stamp of ours. */
  producerId: Id | null;
  batchId: Id | null;
  serial: number | null;
  /** Null: an item of a round of which nothing was stated. */
  finding: Finding | null;
  note: string | null;
  place: string | null;
  at: Instant;
  photoFileIds: Id[];
  /** The phone's id for a finding made offline, so that a finding sent twice is stored once. */
  clientId: string | null;
  by: Id;
  /** What follows is absent in findings from before there were rounds. Null: a finding by itself. */
  roundId?: Id | null;
  /** What a code that is not ours said; null for a stamp of ours, whose code is kept nowhere. */
  read?: string | null;
  /** Ours when it arrived; null: the store could not tell. */
  verdict?: Verdict | null;
  offline?: OfflineAnswer | null;
  /** The phone said it looks like ours, and it is not, or the other way round. */
  contradicted?: boolean;
  position?: Position | null;
  /** The first item of the round that is the same stamp. */
  duplicateOf?: Id | null;
  caseId?: Id | null;
  /** The phone's ids of its photographs, beside photoFileIds. */
  photoClientIds?: string[];
  /** The last operations of phones on it. */
  ops?: string[];
}
