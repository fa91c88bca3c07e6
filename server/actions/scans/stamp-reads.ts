// How many stamps each actor read by serial today. Serials are consecutive numbers, so an actor who may read a batch
// could read all of its stamps one by one. Someone who has a stamp in hand names it by its code, which is not counted.
//
// Counts live in this process: with several servers the bound is several times higher.

import type { Day, Id } from '../../domain/entity.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';

/**
 * Of one actor in a day. A person at a desk looks at about a hundred; a program that needs more reads the list of
 * scans.
 */
export const STAMPS_READ_DAY_MAX = 2_000;
/** From here on it is bulk reading: the log gets a line, and another when the bound is reached. */
export const STAMPS_READ_BULK = 100;
/** Actors whose counts are kept. */
const ACTORS_MAX = 10_000;

export class StampReads {
  private readonly counts = new BoundedMap<Id, { day: Day; stamps: number }>(ACTORS_MAX);

  /** Counts one more. Returns its number on this day; past the bound it stops counting. */
  note(actorId: Id, day: Day): number {
    const before = this.counts.get(actorId);
    const stamps = Math.min(STAMPS_READ_DAY_MAX + 1, before?.day === day ? before.stamps + 1 : 1);
    this.counts.set(actorId, { day, stamps });
    return stamps;
  }
}
