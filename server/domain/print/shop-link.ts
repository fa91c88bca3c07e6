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
  by: Id;
}

export type ShopLinkState = 'open' | 'taken' | 'expired';

/** @param parts how many files the job has */
export function shopLinkState({ taken, expiresAt }: ShopLink, parts: number, now: Date): ShopLinkState {
  if (taken.length >= parts) return 'taken';
  return now.getTime() < Date.parse(expiresAt) ? 'open' : 'expired';
}
