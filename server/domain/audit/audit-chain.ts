// The rules of the audit chain: what a line's hash covers, and whether a piece of the chain is intact. Anyone with a
// downloaded copy can check it with SHA-256 alone. docs/security.md says what the chain proves and what it does not.

import { createHash } from 'node:crypto';

import type { AuditEntry, AuditLine } from './audit.ts';

/** The end of a chain: the last line's place and hash. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** The head of an empty chain. */
export const CHAIN_START: ChainHead = { seq: 0, hash: '0'.repeat(64) };

export type ChainCheck =
  | { ok: true; head: ChainHead; lines: number }
  /**
   * `sequence`: a line is missing or repeated; `values`: the values are not those that were written; `hash`: this line
   * or an earlier one was changed.
   */
  | { ok: false; seq: number; fault: 'sequence' | 'values' | 'hash' };

type Hashed = Pick<
  AuditEntry,
  'seq' | 'at' | 'actor' | 'officeId' | 'entity' | 'action' | 'valuesHash' | 'recordVersion' | 'concerns'
>;

/**
 * Canonical JSON: keys sorted by UTF-16 units and no white space, so that equal values give equal bytes (RFC 8785, for
 * everything that JSON.parse can return). @throws TypeError for a value that JSON cannot hold
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined) // JSON.stringify leaves them out too
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    return JSON.stringify(value);
  throw new TypeError(`JSON has no ${typeof value}`);
}

/** SHA-256 of salt and values, hex. @param salt 16 bytes, hex: it keeps erased values from being guessed */
export function valuesHash(salt: string, values: Record<string, unknown>): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(canonicalJson(values)).digest('hex');
}

/** SHA-256 of the previous hash and this line without its values, hex. Members that a line lacks are left out. */
export function entryHash(before: string, entry: Hashed): string {
  const { seq, at, actor, officeId, entity, action, recordVersion, concerns } = entry;
  const members = { seq, at, actor, officeId, entity, action, valuesHash: entry.valuesHash, recordVersion, concerns };
  const line = canonicalJson(members);
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(line).digest('hex');
}

/** The entry that follows the head. */
export function chainLine(head: ChainHead, line: AuditLine): AuditEntry {
  const { at, actor, officeId, entity, action, values, salt, recordVersion, concerns } = line;
  const hashed: Hashed = {
    seq: head.seq + 1,
    at,
    actor,
    officeId,
    entity,
    action,
    valuesHash: valuesHash(salt, values),
    ...(recordVersion === undefined ? {} : { recordVersion }),
    ...(concerns === undefined ? {} : { concerns }),
  };
  return { ...hashed, values, salt, hash: entryHash(head.hash, hashed) };
}

/**
 * Checks consecutive lines that follow a head. Returns the head from which the next piece is checked. Erased values are
 * not a fault.
 */
export function verifyChain(entries: Iterable<AuditEntry>, from: ChainHead = CHAIN_START): ChainCheck {
  let head = from;
  let lines = 0;
  for (const entry of entries) {
    if (entry.seq !== head.seq + 1) return { ok: false, seq: entry.seq, fault: 'sequence' };
    if (entry.values !== null && (entry.salt === null || valuesHash(entry.salt, entry.values) !== entry.valuesHash)) {
      return { ok: false, seq: entry.seq, fault: 'values' };
    }
    if (entryHash(head.hash, entry) !== entry.hash) return { ok: false, seq: entry.seq, fault: 'hash' };
    head = { seq: entry.seq, hash: entry.hash };
    lines += 1;
  }
  return { ok: true, head, lines };
}
