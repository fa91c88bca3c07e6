// How often something may be done under one key. The caller chooses the keys; a key that could identify a person must
// be a keyed hash.
//
// Counts live in this process and are bounded: past the bound, the key that was tried longest ago is forgotten.

import { BoundedMap } from './bounded-map.ts';

export interface Limit {
  /** Tries at once, at least 1. */
  max: number;
  windowMs: number;
  /**
   * How tries come back. `steadily`: one by one, `max` of them in a window. `together`: all of them, one window after
   * the first.
   */
  refill: 'steadily' | 'together';
  /** Keys that are remembered. */
  keysMax: number;
}

interface Count {
  left: number;
  /** For `steadily` when `left` was computed, for `together` when the window began. */
  atMs: number;
}

export class Limiter {
  readonly #limit: Limit;
  readonly #counts: BoundedMap<string, Count>;

  constructor(limit: Limit) {
    this.#limit = limit;
    this.#counts = new BoundedMap(limit.keysMax);
  }

  /** Counts a try if one is left. Returns 0, or the milliseconds until the next try. */
  take(key: string, nowMs: number): number {
    const waitMs = this.waitMs(key, nowMs);
    const count = this.#countOf(key, nowMs);
    this.#counts.set(key, waitMs > 0 ? count : { ...count, left: count.left - 1 });
    return waitMs;
  }

  /** Milliseconds until a try is allowed; 0: now. Counts nothing. */
  waitMs(key: string, nowMs: number): number {
    const { left, atMs } = this.#countOf(key, nowMs);
    if (left >= 1) return 0;
    const { max, windowMs, refill } = this.#limit;
    return refill === 'together' ? atMs + windowMs - nowMs : ((1 - left) * windowMs) / max;
  }

  /** Tries left in this window, and the milliseconds until it ends. Only for limits that refill together. */
  window(key: string, nowMs: number): { left: number; endsInMs: number } {
    const { left, atMs } = this.#countOf(key, nowMs);
    return { left, endsInMs: atMs + this.#limit.windowMs - nowMs };
  }

  /** Gives back a try that should not have counted. */
  giveBack(key: string): void {
    const count = this.#counts.get(key);
    if (count !== undefined) count.left = Math.min(this.#limit.max, count.left + 1);
  }

  forget(key: string): void {
    this.#counts.delete(key);
  }

  #countOf(key: string, nowMs: number): Count {
    const { max, windowMs, refill } = this.#limit;
    const count = this.#counts.get(key) ?? { left: max, atMs: nowMs };
    const passedMs = Math.max(0, nowMs - count.atMs);
    if (refill === 'together') return passedMs >= windowMs ? { left: max, atMs: nowMs } : count;
    return { left: Math.min(max, count.left + (passedMs * max) / windowMs), atMs: nowMs };
  }
}
