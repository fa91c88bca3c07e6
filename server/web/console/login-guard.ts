// How often a login may be tried, so that guessing is slow and nobody is locked out by somebody else's guesses.
//
// Tries are counted by login and network together, by network, and by login. The last count could be filled by a
// stranger, so a network from which this login was signed in lately does not look at it. Right passwords give their
// try back. Counts live in this process for one window; no address and no login is kept, only keyed hashes.

import { createHmac } from 'node:crypto';
import { BoundedMap } from '../../kit/bounded-map.ts';
import { Limiter } from '../../kit/limiter.ts';

export const WINDOW_MS = 15 * 60_000;
/** Of one login from one network: somebody who looks for the right one of their passwords. */
export const PAIR_TRIES_MAX = 10;
/** Of all logins from one network, which a whole office or market may share. */
export const NETWORK_TRIES_MAX = 60;
/**
 * Of one login from all networks that are strange to it: 9,600 guesses a day are few for a password of twelve
 * letters.
 */
export const LOGIN_TRIES_MAX = 100;
/** How long a network stays known to a login. */
const KNOWN_MS = 30 * 24 * 3_600_000;
/** Counts of each kind that are kept. */
const KEPT_MAX = 20_000;

export interface LoginGuard {
  /** Counts a try. Null: it may be made; else how many seconds to wait. */
  take(login: string, network: string, nowMs: number): number | null;
  /** Gives the try back, and knows the network from now on. */
  succeeded(login: string, network: string, nowMs: number): void;
}

/** @param hashKey random bytes */
export function makeLoginGuard(hashKey: Uint8Array): LoginGuard {
  const limiter = (max: number): Limiter =>
    new Limiter({ max, windowMs: WINDOW_MS, refill: 'together', keysMax: KEPT_MAX });
  const pairs = limiter(PAIR_TRIES_MAX);
  const networks = limiter(NETWORK_TRIES_MAX);
  const logins = limiter(LOGIN_TRIES_MAX);
  /** Pair -> until when it is known. */
  const known = new BoundedMap<string, number>(KEPT_MAX);
  const keyOf = (...parts: string[]): string =>
    createHmac('sha256', hashKey).update(JSON.stringify(parts)).digest('base64url');

  return {
    take(login, network, nowMs) {
      const pair = keyOf(login, network);
      const limits: [Limiter, string][] = [
        [pairs, pair],
        [networks, keyOf(network)],
      ];
      if ((known.get(pair) ?? 0) <= nowMs) limits.push([logins, keyOf(login)]);
      const waitMs = Math.max(...limits.map(([limit, key]) => limit.waitMs(key, nowMs)));
      if (waitMs > 0) return Math.ceil(waitMs / 1_000);
      for (const [limit, key] of limits) limit.take(key, nowMs);
      return null;
    },
    succeeded(login, network, nowMs) {
      const pair = keyOf(login, network);
      pairs.forget(pair);
      networks.giveBack(keyOf(network));
      logins.giveBack(keyOf(login));
      known.set(pair, nowMs + KNOWN_MS);
    },
  };
}
