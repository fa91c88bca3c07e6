// Wrong codes of people and programs that are signed in. Whoever holds an offline pack knows 16 of a tag's 36 bits, so
// that 2^20 tries find a stamp's code; the public look-up is bounded in the same way (scan/wrong-tries.ts). An id that
// no batch has is counted alike, and so is a code of a batch out of reach: the bound tells nothing.
//
// Counts live in this process: with several servers the bounds are as many times higher, which still leaves a guesser
// years (docs/security.md).

import type { Day, Id } from '../../domain/entity.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';
import { Limiter } from '../../kit/limiter.ts';

const DAY_MS = 24 * 3_600_000;
/** Wrong codes of one actor under one batch id in a day: copies of one roll that an inspector meets in a market. */
export const BATCH_CODES_MAX = 60;
/** Wrong codes of one actor in a day, under all ids: a day of nothing but copies and slips. */
export const ACTOR_CODES_MAX = 300;
/** Actors, and pairs of actor and id, remembered. */
const KEYS_MAX = 20_000;

export class CodeTries {
  private readonly pairs = daily(BATCH_CODES_MAX);
  private readonly actors = daily(ACTOR_CODES_MAX);
  private readonly noted = new BoundedMap<Id, Day>(KEYS_MAX);

  /** Milliseconds until this actor's code under the id may be looked at; 0: now. @param batchId as read */
  waitMs(actor: Id, batchId: string, nowMs: number): number {
    return Math.max(this.pairs.waitMs(`${actor} ${batchId}`, nowMs), this.actors.waitMs(actor, nowMs));
  }

  /** Counts a wrong code. Whether it is the first of the day after which the actor must wait. */
  count(actor: Id, batchId: string, nowMs: number, day: Day): boolean {
    this.pairs.take(`${actor} ${batchId}`, nowMs);
    this.actors.take(actor, nowMs);
    if (this.waitMs(actor, batchId, nowMs) === 0 || this.noted.get(actor) === day) return false;
    this.noted.set(actor, day);
    return true;
  }
}

function daily(max: number): Limiter {
  return new Limiter({ max, windowMs: DAY_MS, refill: 'steadily', keysMax: KEYS_MAX });
}
