// The audit chain: every change leaves a line, and each line's hash covers the hash before it. The values are stored
// beside the chain and bound to it by a salted hash, so that they can be erased when the law requires it and the chain
// still verifies.

import type { Id, Instant } from '../entity.ts';

/** A line as an action writes it. */
export interface AuditLine {
  at: Instant;
  /** Actor id: a user, a key, `system`, `public`. */
  actor: Id;
  officeId: Id | null;
  /** `batch:7K3M9Q`. */
  entity: string;
  /** The action's name: `issue-batch`. */
  action: string;
  /** What changed: plain JSON without secrets or whole codes. */
  values: Record<string, unknown>;
  /** 16 random bytes, hex. */
  salt: string;
  /** The version that the record has after the change; absent if the line changes no record. The store fills it in. */
  recordVersion?: number;
  /** The producer whose stamps show this record; absent: no producer. The store fills it in. */
  concerns?: Id;
}

/** A line in its place. */
export interface AuditEntry {
  seq: number;
  at: Instant;
  actor: Id;
  officeId: Id | null;
  entity: string;
  action: string;
  /** Null once erased. */
  values: Record<string, unknown> | null;
  salt: string | null;
  /** SHA-256 of salt and values, hex. */
  valuesHash: string;
  /** As in AuditLine; absent in lines written before this field existed. */
  recordVersion?: number;
  concerns?: Id;
  /** SHA-256 over the previous hash and this line, hex. */
  hash: string;
}
