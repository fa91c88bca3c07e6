// A link that lets one person in, once: to make an account, to set a new password, or to make the first admin and
// office of an empty store. Its maker hands it over; only a hash of its secret part is stored.

import type { Role } from './account.ts';
import type { Entity, Id, Instant } from '../entity.ts';

/** How long a link may be used. */
export const INVITATION_MS_MAX = 72 * 3_600_000;

export const INVITATION_PURPOSES = ['account', 'password', 'first-admin'] as const;
export type InvitationPurpose = (typeof INVITATION_PURPOSES)[number];

export interface Invitation extends Entity {
  purpose: InvitationPurpose;
  officeId: Id | null;
  producerId: Id | null;
  role: Role;
  /** Whom it is for: a name as its maker writes it. */
  name: string;
  /** The account whose password it sets; null: it makes a new account. */
  userId: Id | null;
  /** SHA-256 of the link's secret part, hex. */
  tokenHash: string;
  expiresAt: Instant;
  usedAt: Instant | null;
  /** When a person who may invite withdrew it. */
  withdrawnAt: Instant | null;
  by: Id;
}

/** Whether the link can still be used. */
export function isOpenInvitation({ usedAt, withdrawnAt, expiresAt }: Invitation, now: Date): boolean {
  return usedAt === null && withdrawnAt === null && now.getTime() < Date.parse(expiresAt);
}
