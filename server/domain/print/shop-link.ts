// A link that gives the files of one print job to a print shop without an account: for 24 hours, each file once. Only a
// hash of its secret part is stored. Its maker named the shop, and the log says so.

import type { Entity, Id, Instant } from '../entity.ts';

export const SHOP_LINK_MS_MAX = 24 * 3_600_000;

export interface ShopLink extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  printJobId: Id;
  /** As the producer knows it. */
  shop: string;
  /** SHA-256 of the link's secret part, hex. */
  tokenHash: string;
  expiresAt: Instant;
  /** Files handed over, in order. */
  taken: { part: number; at: Instant }[];
  /** Withdrawn by a person who may print; absent in links made before version 1.1. */
  withdrawnAt?: Instant | null;
  /** The account or key that made it, or that took it over (actions/people/maker.ts). */
  by: Id;
}

export const SHOP_LINK_STATES = ['open', 'taken', 'expired', 'withdrawn', 'voided', 'recalled', 'maker-gone'] as const;
export type ShopLinkState = (typeof SHOP_LINK_STATES)[number];

/** What decides whether the link opens, besides the link itself. */
export interface ShopLinkFacts {
  /** How many files the job has. */
  parts: number;
  /** Whether any stamp of the job was voided after the link was made. */
  isVoided: boolean;
  /** Since when the stamps of the job are recalled; null: they are not. */
  recalledAt: Instant | null;
  /** Whether its maker may still take these files. */
  makerMay: boolean;
  now: Date;
}

/** The state of a link. If it is closed for several reasons, the one that a person can act on comes first. */
export function shopLinkState(
  {
    taken,
    createdAt,
    expiresAt,
    withdrawnAt = null,
  }: Pick<ShopLink, 'taken' | 'createdAt' | 'expiresAt' | 'withdrawnAt'>,
  { parts, isVoided, recalledAt, makerMay, now }: ShopLinkFacts,
): ShopLinkState {
  if (withdrawnAt !== null) return 'withdrawn';
  if (taken.length >= parts) return 'taken';
  if (isVoided) return 'voided';
  // The link's maker was warned of a recall that was already in force.
  if (recalledAt !== null && recalledAt >= createdAt) return 'recalled';
  if (!makerMay) return 'maker-gone';
  return now.getTime() < Date.parse(expiresAt) ? 'open' : 'expired';
}
