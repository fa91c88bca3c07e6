// People and programs that sign in. Only hashes of secrets are stored.

import type { Entity, Id, Instant } from './entity.ts';

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
}

export interface ApiKey extends Entity {
  officeId: Id | null;
  producerId: Id | null;
  role: Role;
  name: string;
  /** SHA-256 of the key, hex: the key has 256 random bits, so a slow hash would add nothing. */
  keyHash: string;
  revokedAt: Instant | null;
}

export interface Session extends Entity {
  userId: Id;
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
  expiresAt: Instant;
  lastSeenAt: Instant;
  revokedAt: Instant | null;
}

/** Who is asking. Made by web/ (or a script) from a key or session, read by actions. */
export type Actor =
  | { kind: 'public' }
  | {
      kind: 'person';
      /** User id, key id, or `system` for scripts. */
      id: Id;
      role: Role;
      officeId: Id | null;
      producerId: Id | null;
    };
