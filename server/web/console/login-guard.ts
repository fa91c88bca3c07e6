// How often a login may be tried, so that guessing is slow and nobody is locked out by somebody else's guesses.
//
// Tries are counted by login and network together, by network, and by login. The last count could be filled by a stranger, so a
// network from which this login was signed in lately does not look at it. Right passwords give their try back.
// Counts live in this process for one window; no address and no login is kept, only keyed hashes.

import { createHmac } from 'node:crypto';
import { BoundedMap } from '../../kit/bounded-map.ts';

export const WINDOW_MS = 15 * 60_000;
/** Of one login from one network: somebody who looks for the right one of their passwords. */
export const PAIR_TRIES_MAX = 10;
/** Of all logins from one network, which a whole office or market may share. */
export const NETWORK_TRIES_MAX = 60;
/** Of one login from all networks that are strange to it: 9,600 guesses a day at a password of twelve letters are none. */
export const LOGIN_TRIES_MAX = 100;
/** How long a network stays known to a login. */
const KNOWN_MS = 30 * 24 * 3_600_000;
/** Counts of each kind that are kept; beyond, the oldest go. */
const KEPT_MAX = 20_000;

interface Count {
  tries: number;
  endsMs: number;
}

export interface LoginGuard {
  /** Counts a try. Null: it may be made; else how many seconds to wait. */
  take(login: string, network: string, nowMs: number): number | null;
  /** Gives the try back, and knows the network from now on. */
  succeeded(login: string, network: string, nowMs: number): void;
}

/** @param hashKey random bytes */
export function makeLoginGuard(hashKey: Uint8Array): LoginGuard {
  const pairs = new BoundedMap<string, Count>(KEPT_MAX);
  const networks = new BoundedMap<string, Count>(KEPT_MAX);
  const logins = new BoundedMap<string, Count>(KEPT_MAX);
  /** Pair -> until when it is known. */
  const known = new BoundedMap<string, number>(KEPT_MAX);
  const keyOf = (...parts: string[]): string =>
    createHmac('sha256', hashKey).update(JSON.stringify(parts)).digest('base64url');

  return {
    take(login, network, nowMs) {
      const pair = keyOf(login, network);
      const limits: [Map<string, Count>, string, number][] = [
        [pairs, pair, PAIR_TRIES_MAX],
        [networks, keyOf(network), NETWORK_TRIES_MAX],
      ];
      if ((known.get(pair) ?? 0) <= nowMs) limits.push([logins, keyOf(login), LOGIN_TRIES_MAX]);
      const counts = limits.map(([counted, key, max]) => ({ count: countOf(counted, key, nowMs), max }));
      const full = counts.filter(({ count, max }) => count.tries >= max).map(({ count }) => count.endsMs - nowMs);
      if (full.length > 0) return Math.ceil(Math.max(...full) / 1_000);
      for (const { count } of counts) count.tries += 1;
      return null;
    },
    succeeded(login, network, nowMs) {
      const pair = keyOf(login, network);
      pairs.delete(pair);
      for (const [counted, key] of [
        [networks, keyOf(network)],
        [logins, keyOf(login)],
      ] as const) {
        const count = counted.get(key);
        if (count !== undefined && count.tries > 0) count.tries -= 1;
      }
      known.set(pair, nowMs + KNOWN_MS);
    },
  };
}

function countOf(counted: Map<string, Count>, key: string, nowMs: number): Count {
  const found = counted.get(key);
  if (found !== undefined && found.endsMs > nowMs) return found;
  const fresh: Count = { tries: 0, endsMs: nowMs + WINDOW_MS };
  counted.set(key, fresh);
  return fresh;
}
