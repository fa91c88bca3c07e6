// One visitor who tries many codes: wrong ones under any ids, or stamp after stamp of one batch. It bars nobody (that
// is wrong-tries.ts and refusals.ts); it counts such visitors by day and batch, so that an office sees them apart from
// the mistakes of many people. Counts live in this process, and only how many visitors there were is stored.

import type { Day, Id } from '../domain/entity.ts';
import { BoundedMap } from '../kit/bounded-map.ts';
import type { RefusalCounts } from './refusals.ts';
import { makeNetworkHash } from './visitor.ts';

/** Wrong codes of one network in a day; a family that mistypes makes a few, and a guesser never stops. */
export const WRONG_OF_ONE_MIN = 20;
/**
 * Look-ups by one visitor of stamps of one batch in a day, each another stamp than the last. A shop that checks its
 * boxes stays below it; someone who reads a whole roll, to copy it, does not.
 */
export const STAMPS_OF_ONE_MIN = 100;
/** Visitors remembered; those not seen for longest are forgotten first. */
const VISITORS_MAX = 20_000;
/** Batches of one guesser that are told; the rest would only repeat what these say. */
export const BATCHES_OF_ONE_MAX = 50;

interface WrongCodes {
  codes: number;
  /** Batches of ours among them. */
  batches: Set<Id>;
}

interface Stamps {
  looks: number;
  serial: number;
}

export interface ManyTries {
  /** Counts a code that was not ours. @param batchId null: no batch of ours */
  wrong(day: Day, address: string, batchId: Id | null): void;
  /** Counts a stamp of ours that a visitor looked up. */
  looked(day: Day, visitor: string | null, stamp: { batchId: Id; serial: number }): void;
}

/** @param key of the hash under which addresses are kept while the process lives */
export function makeManyTries(key: Uint8Array, counts: Pick<RefusalCounts, 'add'>): ManyTries {
  const nameOf = makeNetworkHash(key);
  const wrong = new BoundedMap<string, WrongCodes>(VISITORS_MAX);
  const looks = new BoundedMap<string, Stamps>(VISITORS_MAX);

  return {
    wrong(day, address, batchId) {
      const one = wrong.getOrMake(`${day} ${nameOf(address)}`, () => ({ codes: 0, batches: new Set() }));
      one.codes += 1;
      const isNew = batchId !== null && !one.batches.has(batchId) && one.batches.size < BATCHES_OF_ONE_MAX;
      if (isNew) one.batches.add(batchId);
      if (one.codes === WRONG_OF_ONE_MIN) for (const named of one.batches) counts.add(day, 'codes-of-one', named);
      else if (isNew && one.codes > WRONG_OF_ONE_MIN) counts.add(day, 'codes-of-one', batchId);
    },

    looked(day, visitor, { batchId, serial }) {
      if (visitor === null) return;
      // A visitor's name changes with the day, so it need not be part of the key.
      const one = looks.getOrMake(batchId + visitor, () => ({ looks: 0, serial: 0 }));
      if (one.serial === serial) return;
      one.serial = serial;
      one.looks += 1;
      if (one.looks === STAMPS_OF_ONE_MIN) counts.add(day, 'stamps-of-one', batchId);
    },
  };
}
