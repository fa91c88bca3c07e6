// How often a password or code may be tried. Guessing is slow, and a stranger's guesses lock nobody out. Every check
// passes through here (check-password.ts).
//
// A device on which the login was signed in before has tries of its own (known-device.ts). Other tries are counted by
// login and network together, by network, and by login. A stranger could exhaust the last count, so it is not used for
// a network from which this login was signed in lately. Right passwords give their try back. Counts live in this
// process for one window. Only keyed hashes are kept, no address and no login.

import { createHmac } from 'node:crypto';
import { BoundedMap } from '../../kit/bounded-map.ts';
import { Limiter } from '../../kit/limiter.ts';

export const WINDOW_MS = 15 * 60_000;
/** Of one login from one network or one known device: enough for somebody who cannot remember which password it was. */
export const PAIR_TRIES_MAX = 10;
/** Of all logins from one network, which a whole office or market may share. */
export const NETWORK_TRIES_MAX = 60;
/** Of one login from all unknown networks: 9,600 guesses a day are few for a password of twelve letters. */
export const LOGIN_TRIES_MAX = 100;
/** How long a network stays known for a login. */
const KNOWN_MS = 30 * 24 * 3_600_000;
/** Counts kept of each kind. */
const KEPT_MAX = 20_000;

/** One try and its origin. */
export interface Try {
  login: string;
  /** An address, or an IPv6 /64. */
  network: string;
  /** As known-device.ts names it; null: the device is not known. */
  device: string | null;
}

export class SignInGuard {
  private readonly pairs = limiterOf(PAIR_TRIES_MAX);
  private readonly devices = limiterOf(PAIR_TRIES_MAX);
  private readonly networks = limiterOf(NETWORK_TRIES_MAX);
  private readonly logins = limiterOf(LOGIN_TRIES_MAX);
  /** Pair -> until when it is known. */
  private readonly known = new BoundedMap<string, number>(KEPT_MAX);
  private readonly hashKey: Uint8Array;

  /** @param hashKey random bytes */
  constructor(hashKey: Uint8Array) {
    this.hashKey = hashKey;
  }

  /** Counts a try. Null: it is allowed; else the seconds to wait. */
  take(one: Try, nowMs: number): number | null {
    const limits = this.limitsOf(one, nowMs);
    const waitMs = Math.max(...limits.map(([limit, key]) => limit.waitMs(key, nowMs)));
    if (waitMs > 0) return Math.ceil(waitMs / 1_000);
    for (const [limit, key] of limits) limit.take(key, nowMs);
    return null;
  }

  /** Gives the try back, and knows the network from now on. */
  succeeded(one: Try, nowMs: number): void {
    const { login, network, device } = one;
    const pair = this.keyOf(login, network);
    if (device === null) {
      this.networks.giveBack(this.keyOf(network));
      this.logins.giveBack(this.keyOf(login));
    } else this.devices.forget(this.keyOf(login, device));
    this.pairs.forget(pair);
    this.known.set(pair, nowMs + KNOWN_MS);
  }

  /** A short keyed hash for a log line. */
  nameOf(text: string): string {
    return this.keyOf(text).slice(0, 10);
  }

  private limitsOf({ login, network, device }: Try, nowMs: number): [Limiter, string][] {
    if (device !== null) return [[this.devices, this.keyOf(login, device)]];
    const pair = this.keyOf(login, network);
    const limits: [Limiter, string][] = [
      [this.pairs, pair],
      [this.networks, this.keyOf(network)],
    ];
    if ((this.known.get(pair) ?? 0) <= nowMs) limits.push([this.logins, this.keyOf(login)]);
    return limits;
  }

  private keyOf(...parts: string[]): string {
    return createHmac('sha256', this.hashKey).update(JSON.stringify(parts)).digest('base64url');
  }
}

function limiterOf(max: number): Limiter {
  return new Limiter({ max, windowMs: WINDOW_MS, refill: 'together', keysMax: KEPT_MAX });
}
