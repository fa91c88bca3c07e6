// The salt of the day, under which visitors are hashed. The store is asked once a day, so that all servers have the
// same.

import type { Day } from '../domain/entity.ts';
import type { ScanLedger } from '../store/store.ts';
import { makeKeyedHash } from './keyed-hash.ts';

const SALT_BYTES = 32;

/** Hashes under a day's salt. */
export type DayHash = (text: string) => string;

/** Returns a day's hash, at once if its salt is known. @throws StoreError, through the promise */
export function makeDayHashes(
  ledger: Pick<ScanLedger, 'saltOf'>,
  random: (bytes: number) => Uint8Array,
): (day: Day) => DayHash | Promise<DayHash> {
  let known: { day: Day; hash: DayHash } | null = null;
  return (day) => {
    if (known !== null && known.day === day) return known.hash;
    return ledger.saltOf(day, random(SALT_BYTES)).then((salt) => {
      known = { day, hash: makeKeyedHash(salt) };
      return known.hash;
    });
  };
}
