// People and programs that sign in. Only hashes of secrets are stored.

import type { Entity, Id, Instant } from '../entity.ts';

export const ROLES = ['producer', 'inspector', 'office', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface User extends Entity {
  /** Null for an admin of all offices. */
  officeId: Id | null;
  producerId: Id | null;
  role: Role;
  login: string;
  name: string;
  /** argon2id, PHC string. */
  passwordHash: string;
  disabledAt: Instant | null;
  /** Null: the account signs in with the password alone. */
  twoFactor: TwoFactor | null;
}

/** A second step: codes of a phone's app (TOTP, RFC 6238), and recovery codes for a lost phone. */
export interface TwoFactor {
  /** The app's secret under a key derived from the master key. */
  sealedSecret: string;
  since: Instant;
  /** The newest time step whose code was used: no code is used twice. */
  lastStep: number;
  /** SHA-256 of each recovery code not used yet, hex. */
  recoveryHashes: readonly string[];
}

export interface ApiKey extends Entity {
  officeId: Id | null;
  producerId: Id | null;
  role: Role;
  name: string;
  /** SHA-256 of the key, hex: the key has 256 random bits, so a slow hash would add nothing. */
  keyHash: string;
  revokedAt: Instant | null;
  /** The key stops working at this instant; null, or absent in keys made before version 1.1: never. */
  expiresAt?: Instant | null;
  /** The account or key that made it, or that took it over (actions/people/maker.ts). */
  by?: Id;
}

export interface Session extends Entity {
  userId: Id;
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
  expiresAt: Instant;
  lastSeenAt: Instant;
  revokedAt: Instant | null;
  /** Browser and system family, so that people recognise their own session: "Chrome · Windows". */
  device: string | null;
  /** The inspector's app on one phone; absent: a browser's session. */
  app?: AppDevice;
  /** When the office locked the phone; then it removes what it holds. */
  shutAt?: Instant | null;
}

export interface AppDevice {
  deviceId: Id;
  /** ECDSA P-256, SPKI, base64: every request is signed with its private half (device-proof.ts). */
  publicKey: string;
  name: string;
}

/**
 * Who is asking. Made by web/, jobs/ or a script; read by actions, which decide what each kind may do
 * (actions/kit/rights.ts).
 */
export type Actor =
  /** Anyone, without signing in. */
  | { kind: 'public' }
  /** An account or an API key. */
  | {
      kind: 'person';
      /** User id or key id. */
      id: Id;
      role: Role;
      officeId: Id | null;
      producerId: Id | null;
    }
  /** The holder of a print shop's link: may take the files of one print job. */
  | { kind: 'link'; shopLinkId: Id; printJobId: Id }
  /** The service itself: jobs, the first start, and scripts run by the operator. */
  | { kind: 'system' };

export type Person = Extract<Actor, { kind: 'person' }>;

export const PUBLIC: Actor = { kind: 'public' };
export const SYSTEM: Actor = { kind: 'system' };
