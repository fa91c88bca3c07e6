// The seal of a row that a verdict depends on: an HMAC over the record as canonical JSON, under a key derived from the
// master key. A flipped bit or tampering with the database then gives "cannot check now" and an alarm instead of a
// verdict. Both adapters seal alike, so rows keep their seals when they move to another store.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../domain/audit/audit-chain.ts';

/**
 * The seal (32 bytes, HMAC-SHA-256) of a record in a collection.
 * The collection is part of it, so that no row can be moved to another collection.
 */
export function sealRow(rowKey: Uint8Array, collection: string, doc: unknown): Uint8Array {
  return sealText(rowKey, collection, canonicalJson(doc));
}

/** The same seal, for a caller that has the canonical JSON. */
export function sealText(rowKey: Uint8Array, collection: string, canonical: string): Uint8Array {
  return createHmac('sha256', rowKey).update(collection).update('\0').update(canonical).digest();
}

/** Whether `seal` is the seal of this text; false for null (a row without one). */
export function isSealOf(rowKey: Uint8Array, collection: string, canonical: string, seal: Uint8Array | null): boolean {
  const expected = sealText(rowKey, collection, canonical);
  return seal !== null && seal.length === expected.length && timingSafeEqual(seal, expected);
}
