// What one store hands to another when all of it moves: every kind of row in a form that belongs to neither store, and
// a sum that shows whether two stores hold the same. Leases stay behind, because they belong to the servers and not to
// the data.

import { createHash } from 'node:crypto';
import type { ChainHead } from '../domain/audit/audit-chain.ts';
import { COLLECTION_NAMES, COLLECTIONS } from './collections.ts';
import type { CollectionName } from './store.ts';

export type MovedKind =
  | CollectionName
  | 'requestKeys'
  | 'audit'
  | 'chainHeads'
  | 'scans'
  | 'tallies'
  | 'batchTallies'
  | 'forgottenScans'
  | 'refusals'
  | 'salts'
  | 'files';

/** Texts, numbers and nulls; bytes as base64. The first cells are the row's key. */
export type MovedRow = readonly (string | number | null)[];

/** In the order in which they move: what a verdict depends on arrives before the scans. */
export const MOVED_KINDS: readonly MovedKind[] = [
  ...COLLECTION_NAMES,
  'files',
  'requestKeys',
  'salts',
  'refusals',
  'batchTallies',
  'forgottenScans',
  'tallies',
  'scans',
  'audit',
  'chainHeads',
];

export function isCollection(kind: MovedKind): kind is CollectionName {
  return Object.hasOwn(COLLECTIONS, kind);
}

/** What a store says about itself; the canary shows which key sealed it. */
export interface MovedFacts {
  madeAt: string;
  timeZone: string;
  canary: Uint8Array;
}

/** Everything in a store as it was at one moment, read while it is in use. */
export interface Snapshot {
  /** `answeredScans`: null where this kind of store does not count them. */
  facts: MovedFacts & { answeredScans: number | null };
  rows: (kind: MovedKind) => Iterable<MovedRow> | AsyncIterable<MovedRow>;
  close: () => Promise<void> | void;
}

/** A new store that is filled with rows. Nobody can open it before `finish`. */
export interface Refill {
  put: (kind: MovedKind, rows: readonly MovedRow[]) => Promise<void> | void;
  finish: (head: ChainHead, answeredScans: number) => Promise<void> | void;
  /** Takes away what was written. */
  abandon: () => Promise<void> | void;
}

/** How many rows of a kind there are, and a sum over them that does not depend on their order. */
export interface RowSum {
  rows: number;
  /** 64 hexadecimal digits: the sum of the rows' SHA-256, modulo 2^256. */
  sum: string;
}

const MODULUS = 2n ** 256n;

export async function sumOf(rows: Iterable<MovedRow> | AsyncIterable<MovedRow>): Promise<RowSum> {
  let count = 0;
  let sum = 0n;
  for await (const row of rows) {
    count += 1;
    sum = (sum + BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`)) % MODULUS;
  }
  return { rows: count, sum: sum.toString(16).padStart(64, '0') };
}

export function isSameSum(a: RowSum, b: RowSum): boolean {
  return a.rows === b.rows && a.sum === b.sum;
}
