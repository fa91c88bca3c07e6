// An inspector's round: one visit to a market, a shop or a stall. It has a place, a time, people on both sides, and
// what was found on each stamp (inspection.ts). An office plans it or an inspector opens it on the spot; once it is
// closed, its record is what an authority signs. A record that was closed may still get findings that a second phone
// sends late: then it has another edition, and paper of the earlier one can still be told by its hash.

import { createHash } from 'node:crypto';
import type { Day, Entity, Id, Instant } from '../entity.ts';
import { base32Symbols } from '../../kit/base32.ts';
import { FINDINGS, type Finding, type Inspection, type Position } from './inspection.ts';

export const ROUND_STATES = ['planned', 'open', 'closed', 'cancelled'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** Stamps of one round: a whole market hall. A day of 4.5 s a stamp has 6,000; a record of more is no record. */
export const ROUND_ITEMS_MAX = 1_000;
/** Photographs of one round: some 60 MB, and 50 pages of the record. */
export const ROUND_PHOTOS_MAX = 200;
export const ITEM_PHOTOS_MAX = 8;
/** People met at one place. */
export const ROUND_MET_MAX = 10;
/** Inspectors who go together. */
export const ROUND_INSPECTORS_MAX = 10;
export const ROUND_PRODUCERS_MAX = 50;
/** Editions of a record: each late phone makes one. */
export const ROUND_EDITIONS_MAX = 50;
/** Ids of operations that a record remembers, so that one sent again does nothing. A phone sends the last ones again. */
const OPS_REMEMBERED = 64;

export interface RoundPlace {
  /** "Chợ Đà Lạt, quầy 14". */
  name: string;
  commune: string | null;
  province: string | null;
  detail: string | null;
}

export interface MetPerson {
  name: string;
  role: string | null;
}

export interface RoundEdition {
  edition: number;
  at: Instant;
  /** SHA-256 of the record's content (roundHash), hex. */
  hash: string;
  items: number;
  photos: number;
}

export interface Round extends Entity {
  officeId: Id;
  /** `BB-7K3M-9Q2P-4XYZ`: on paper, and in the public address that proves it. */
  number: string;
  /** The phone's id of a round that was opened on the spot; null: an office planned it. */
  clientId: string | null;
  state: RoundState;
  /** Accounts of those who do it. */
  inspectors: Id[];
  plannedOn: Day | null;
  /** Whose goods are to be looked at; empty: any. */
  producerIds: Id[];
  task: string | null;
  place: RoundPlace | null;
  met: MetPerson[];
  /** What was kept or sealed. */
  kept: string | null;
  note: string | null;
  position: Position | null;
  openedAt: Instant | null;
  closedAt: Instant | null;
  records: RoundEdition[];
  /** The last operations of phones on it (OPS_REMEMBERED). */
  ops: string[];
  by: Id;
}

export interface RoundCounts {
  items: number;
  photos: number;
  /** `none`: looked at, nothing stated. */
  findings: Record<Finding | 'none', number>;
}

/** What a round's items add up to. */
export function countsOfItems(items: readonly Pick<Inspection, 'finding' | 'photoFileIds'>[]): RoundCounts {
  const findings = Object.fromEntries([...FINDINGS, 'none'].map((kind) => [kind, 0])) as RoundCounts['findings'];
  let photos = 0;
  for (const item of items) {
    findings[item.finding ?? 'none'] += 1;
    photos += item.photoFileIds.length;
  }
  return { items: items.length, photos, findings };
}

/** 12 symbols of 5 bits from the round's id: nobody comes upon one by trying. */
export function roundNumber(id: Id): string {
  const symbols = base32Symbols(createHash('sha256').update(`temtrace/1/round\n${id}`).digest().subarray(0, 12));
  return `BB-${symbols.slice(0, 4)}-${symbols.slice(4, 8)}-${symbols.slice(8, 12)}`;
}

/** The operations remembered after one more. */
export function withOp(ops: readonly string[] | undefined, opId: string): string[] {
  return [...(ops ?? []), opId].slice(-OPS_REMEMBERED);
}
