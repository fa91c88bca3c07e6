// How often a login may be tried: per pair, per network and per login, and separately on a known device.

import { describe, expect, test } from '@jest/globals';
import {
  LOGIN_TRIES_MAX,
  NETWORK_TRIES_MAX,
  PAIR_TRIES_MAX,
  SignInGuard,
  WINDOW_MS,
} from '../../../server/actions/people/sign-in-guard.ts';

const NOW = Date.parse('2026-11-24T03:00:00.000Z');

function desk(): { take: (login: string, network: string, at?: number, device?: string) => number | null } & Pick<
  SignInGuard,
  'succeeded'
> {
  const guard = new SignInGuard(Buffer.alloc(32));
  return {
    take: (login, network, at = NOW, device) => guard.take({ login, network, device: device ?? null }, at),
    succeeded: (one, at) => guard.succeeded(one, at),
  };
}

const fill = (times: number, take: (i: number) => number | null): (number | null)[] =>
  Array.from({ length: times }, (_, i) => take(i));

describe('the guard of sign-ins', () => {
  test('one login from one network may be tried so often, and again after the window', () => {
    const { take } = desk();
    expect(fill(PAIR_TRIES_MAX, () => take('a', 'n'))).toEqual(Array(PAIR_TRIES_MAX).fill(null));
    expect(take('a', 'n', NOW + 1_000)).toBe((WINDOW_MS - 1_000) / 1_000);
    expect(take('b', 'n')).toBeNull();
    expect(take('a', 'n', NOW + WINDOW_MS)).toBeNull();
  });

  test('one network may try many logins so often', () => {
    const { take } = desk();
    fill(NETWORK_TRIES_MAX, (i) => take(`login-${i}`, 'n'));
    expect(take('another', 'n')).toBe(WINDOW_MS / 1_000);
    expect(take('another', 'm')).toBeNull();
  });

  test('a stranger who guesses from everywhere shuts out strangers, and not the person from where they sign in', () => {
    const { take, succeeded } = desk();
    expect(take('a', 'home')).toBeNull();
    succeeded({ login: 'a', network: 'home', device: null }, NOW);
    fill(LOGIN_TRIES_MAX, (i) => take('a', `bot-${i}`));
    expect(take('a', 'bot-new')).not.toBeNull();
    expect(take('a', 'home')).toBeNull();
  });

  test('a stranger who tries names and this very login from the same network shuts out no known device', () => {
    const { take } = desk();
    fill(NETWORK_TRIES_MAX, (i) => take(`login-${i}`, 'market'));
    fill(PAIR_TRIES_MAX, () => take('a', 'market'));
    fill(LOGIN_TRIES_MAX, (i) => take('a', `bot-${i}`));
    expect(take('a', 'market')).not.toBeNull();
    expect(fill(PAIR_TRIES_MAX, () => take('a', 'market', NOW, 'device'))).toEqual(Array(PAIR_TRIES_MAX).fill(null));
    // Somebody with the device can guess no more often than anyone else.
    expect(take('a', 'elsewhere', NOW, 'device')).not.toBeNull();
  });

  test('right passwords are not counted: a whole office signs in behind one address, or at one computer', () => {
    const { take, succeeded } = desk();
    for (const device of [null, 'device'])
      for (let i = 0; i < NETWORK_TRIES_MAX * 2; i += 1) {
        expect(take('a', 'n', NOW, device ?? undefined)).toBeNull();
        succeeded({ login: 'a', network: 'n', device }, NOW);
      }
  });
});
