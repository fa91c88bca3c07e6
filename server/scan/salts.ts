// The day's salt, under which visitors are hashed: asked of the store once a day, so that all servers have the same.

import type { Day } from '../domain/entity.ts';
import type { ScanLedger } from '../store/store.ts';

const SALT_BYTES = 32;

/** Gives a day's salt, at once when it is known already. @throws StoreError, through the promise */
export function makeSalts(
  ledger: Pick<ScanLedger, 'saltOf'>,
  random: (bytes: number) => Uint8Array,
): (day: Day) => Uint8Array | Promise<Uint8Array> {
  let known: { day: Day; salt: Uint8Array } | null = null;
  return (day) => {
    if (known !== null && known.day === day) return known.salt;
    return ledger.saltOf(day, random(SALT_BYTES)).then((salt) => {
      known = { day, salt };
      return salt;
    });
  };
}
