// How many stamps each actor read by serial today. Serials are guessed by counting, so whoever may read a batch could
// read all of its stamps one by one; whoever has a stamp in hand names it by its code, which is not counted.
//
// Counts live in this process: with several servers the bound is as many times higher.

import type { Day, Id } from '../../domain/entity.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';

/** An actor's on a day. A person at a desk looks into some hundred; a program that wants more takes the list of scans. */
export const STAMPS_READ_DAY_MAX = 2_000;
/** From this one on it is bulk: the log gets a line, and another when the bound is reached. */
export const STAMPS_READ_BULK = 100;
/** Actors remembered. */
const ACTORS_MAX = 10_000;

export class StampReads {
  private readonly counts = new BoundedMap<Id, { day: Day; stamps: number }>(ACTORS_MAX);

  /** Counts one more; which one of the day it is. Beyond the bound it counts no further. */
  note(actorId: Id, day: Day): number {
    const before = this.counts.get(actorId);
    const stamps = Math.min(STAMPS_READ_DAY_MAX + 1, before?.day === day ? before.stamps + 1 : 1);
    this.counts.set(actorId, { day, stamps });
    return stamps;
  }
}
