// The seal of a row that a verdict rests on: an HMAC over the record as canonical JSON, under a key derived from the
// master key. A flipped bit, or a hand in the database, then gives "cannot check now" and an alarm instead of a
// verdict. Both adapters seal alike, so rows keep their seals when they move from one store to the other.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../domain/audit/audit-chain.ts';

/**
 * The seal (32 bytes, HMAC-SHA-256) of a record of a collection.
 * The collection is part of it, so that no row can be moved to another.
 */
export function sealRow(rowKey: Uint8Array, collection: string, doc: unknown): Uint8Array {
  return sealText(rowKey, collection, canonicalJson(doc));
}

/** The same seal where the canonical JSON is at hand. */
export function sealText(rowKey: Uint8Array, collection: string, canonical: string): Uint8Array {
  return createHmac('sha256', rowKey).update(collection).update('\0').update(canonical).digest();
}

/** Whether `seal` is the seal of this text; null (a row without one) is not. */
export function isSealOf(rowKey: Uint8Array, collection: string, canonical: string, seal: Uint8Array | null): boolean {
  const expected = sealText(rowKey, collection, canonical);
  return seal !== null && seal.length === expected.length && timingSafeEqual(seal, expected);
}
