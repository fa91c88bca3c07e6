// What one store hands to another when all of it moves: every kind of row in a form that belongs to neither, and a sum
// by which two stores are found to hold the same. Leases stay behind: they are of the servers, not of the data.

import { createHash } from 'node:crypto';
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
  | 'refusals'
  | 'salts'
  | 'files';

/** Texts, numbers and nulls; bytes as base64. The first cells are the row's key. */
export type MovedRow = readonly (string | number | null)[];

/** In the order of their moving: what a verdict rests on is there before the scans of it. */
export const MOVED_KINDS: readonly MovedKind[] = [
  ...COLLECTION_NAMES,
  'files',
  'requestKeys',
  'salts',
  'refusals',
  'batchTallies',
  'tallies',
  'scans',
  'audit',
  'chainHeads',
];

export function isCollection(kind: MovedKind): kind is CollectionName {
  return Object.hasOwn(COLLECTIONS, kind);
}

/** What a store says of itself; the canary shows with which key it was sealed. */
export interface MovedFacts {
  madeAt: string;
  timeZone: string;
  canary: Uint8Array;
}

/** How many rows of a kind there are, and a sum over them that knows no order. */
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
