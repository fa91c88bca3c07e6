// Wrong codes under one batch id, from anyone. Past a bound, a network that had a wrong try there must wait before its
// next code is checked (CONTRACT §7). Unknown ids are counted in the same way, so the bound reveals nothing.
//
// The reason: the holder of an offline pack knows 16 of a tag's 36 bits, and 2^20 tries are few. docs/security.md has
// the calculation. Memory is fixed and nothing is forgotten early: keys that share a place share its bound, so flooding
// it makes it stricter, never laxer. Counts live in this process.

import { Limiter } from '../kit/limiter.ts';
import { makeKeyedHash } from './keyed-hash.ts';
import { networkOf } from './visitor.ts';

const DAY_MS = 24 * 3_600_000;
/** Wrong tries of everyone under one id in a day. People who type a batch's codes by hand make a few dozen mistakes. */
export const ID_TRIES_MAX = 240;
/**
 * A home has an IPv6 /64, but a /48 is easy to get and a provider holds a /32. These are barred as a whole after this
 * many wrong tries in a day past the bound. Symbols of the network's name, and tries.
 */
export const WIDE_NETWORKS = [
  { groups: 3, triesMax: 256 },
  { groups: 2, triesMax: 4_096 },
] as const;
/** Places for counts; two ids may share one by chance, and then share its bound. */
const PLACES = 65_536;
/** 2 MB for each half day: with 1.5 million pairs of id and network, one in a hundred is mistaken for another. */
const MARKS_BITS = 2 ** 24;
const MARKS_EACH = 4;

export interface WrongTries {
  /** Seconds until this network's code under the id may be checked; null: now. @param batchId as read */
  secondsToWait(batchId: string, address: string, nowMs: number): number | null;
  /** Counts a code that was not ours. */
  count(batchId: string, address: string, nowMs: number): void;
}

/** @param key random bytes, so that nobody can foresee which ids and networks share a place */
export function makeWrongTries(key: Uint8Array): WrongTries {
  const hash = makeKeyedHash(key);
  const daily = (max: number): Limiter => new Limiter({ max, windowMs: DAY_MS, refill: 'steadily', keysMax: PLACES });
  const ids = daily(ID_TRIES_MAX);
  const wide = WIDE_NETWORKS.map(({ groups, triesMax }) => ({ groups, limiter: daily(triesMax) }));
  const multiplier = (Buffer.from(key).readUInt32LE(0) | 1) >>> 0;
  const marks = new DayMarks();

  /** A multiplication and not a hash, because every look-up does it. */
  const placeOfId = (batchId: string): string => String(Math.imul(Number.parseInt(batchId, 36), multiplier) >>> 16);
  const placesOf = (batchId: string, network: string): Uint32Array => {
    const bytes = Buffer.from(hash(`${batchId}|${network}`), 'base64url');
    return Uint32Array.from({ length: MARKS_EACH }, (_, i) => bytes.readUInt32LE(i * 4) % MARKS_BITS);
  };
  /** The wider networks of an IPv6 network, by the place of their count. */
  const widerOf = (batchId: string, network: string): { limiter: Limiter; place: string }[] =>
    network.includes(':')
      ? wide.map(({ groups, limiter }) => {
          const name = network.split(':').slice(0, groups).join(':');
          return { limiter, place: String((placesOf(batchId, `${name}::`)[0] ?? 0) % PLACES) };
        })
      : [];

  return {
    secondsToWait(batchId, address, nowMs) {
      const waitMs = ids.waitMs(placeOfId(batchId), nowMs);
      if (waitMs === 0) return null;
      const network = networkOf(address) ?? 'none';
      const barred =
        marks.has(placesOf(batchId, network), nowMs) ||
        widerOf(batchId, network).some(({ limiter, place }) => limiter.waitMs(place, nowMs) > 0);
      return barred ? Math.max(1, Math.ceil(waitMs / 1_000)) : null;
    },

    count(batchId, address, nowMs) {
      const network = networkOf(address) ?? 'none';
      const isPastBound = ids.take(placeOfId(batchId), nowMs) > 0;
      marks.add(placesOf(batchId, network), nowMs);
      if (isPastBound) for (const { limiter, place } of widerOf(batchId, network)) limiter.take(place, nowMs);
    },
  };
}

/** Marks that are kept for at least half a day and at most a day. A mark that was never made is rarely reported. */
class DayMarks {
  private halves: [Uint8Array, Uint8Array] = [new Uint8Array(MARKS_BITS / 8), new Uint8Array(MARKS_BITS / 8)];
  private half = 0;

  add(places: Uint32Array, nowMs: number): void {
    this.turn(nowMs);
    const [bits] = this.halves;
    for (const place of places) bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7));
  }

  has(places: Uint32Array, nowMs: number): boolean {
    this.turn(nowMs);
    return this.halves.some((bits) => places.every((place) => ((bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0));
  }

  /** A new half day replaces the one before the last. */
  private turn(nowMs: number): void {
    const half = Math.floor(nowMs / (DAY_MS / 2));
    if (half === this.half) return;
    const [newest, older] = this.halves;
    if (half === this.half + 1) this.halves = [older.fill(0), newest];
    else for (const bits of this.halves) bits.fill(0);
    this.half = half;
  }
}
