// What protects the phone's data: the PIN, the server's escrow, tries that are counted before they are made.

import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  isSoundPin,
  makeDeviceKeys,
  makeLock,
  openByEscrow,
  openByPin,
  WRONG_PINS_MAX,
  type DeviceKeys,
  type Lock,
} from '../../inspect/core/keys.ts';
import { openJson, sealJson } from '../../inspect/core/seal.ts';
import { proofOf, ServerClock } from '../../inspect/core/proof.ts';

const PIN = '284619';
const ESCROW = new Uint8Array(32).fill(7);
/** The app's own figure takes most of a second, on purpose. */
const ITERATIONS = 1_000;
let keys: DeviceKeys;
beforeAll(async () => {
  keys = await makeDeviceKeys();
});

test.each([
  ['284619', true],
  ['12345', false],
  ['123456', false],
  ['987654', false],
  ['111111', false],
  ['135791', true],
  ['28461a', false],
  ['2846192846192', false],
])('%s may be a PIN: %p', (pin, may) => expect(isSoundPin(pin)).toBe(may));

describe('a lock', () => {
  test('opens by its PIN, and what it sealed is read again; in another place it is refused', async () => {
    const { lock, dataKey } = await makeLock(PIN, ESCROW, keys, ITERATIONS);
    const sealed = await sealJson(dataKey, 'items/1', { note: 'Bán 12 thùng' });
    const opened = await openByPin(lock, PIN, keys, () => Promise.resolve());
    if (opened.kind !== 'open') throw new Error('it stays shut');
    expect(await openJson(opened.dataKey, 'items/1', sealed)).toEqual({ note: 'Bán 12 thùng' });
    await expect(openJson(opened.dataKey, 'items/2', sealed)).rejects.toThrow(/operation/);
  });

  test('counts a try before it is made, and after ten wrong ones only a sign-in opens it', async () => {
    let { lock }: { lock: Lock } = await makeLock(PIN, ESCROW, keys, ITERATIONS);
    const kept: number[] = [];
    const keep = (next: Lock): Promise<void> => {
      lock = next;
      kept.push(next.wrong);
      return Promise.resolve();
    };
    for (let left = WRONG_PINS_MAX - 1; left > 0; left -= 1)
      expect(await openByPin(lock, '000001', keys, keep)).toEqual({ kind: 'wrong', left });
    expect(await openByPin(lock, '000001', keys, keep)).toEqual({ kind: 'sign-in' });
    expect(kept.slice(0, 3)).toEqual([1, 2, 3]);
    expect(await openByPin(lock, PIN, keys, keep)).toEqual({ kind: 'sign-in' });
    const again = await openByEscrow(lock, ESCROW, '135791', keys);
    expect(again?.lock.wrong).toBe(0);
    expect((await openByPin(again?.lock ?? lock, '135791', keys, keep)).kind).toBe('open');
  });

  test('opens by no other escrow, and on no other phone by its PIN', async () => {
    const { lock } = await makeLock(PIN, ESCROW, keys, ITERATIONS);
    expect(await openByEscrow(lock, new Uint8Array(32).fill(8), PIN, keys)).toBeNull();
    const other = await makeDeviceKeys();
    expect((await openByPin(lock, PIN, other, () => Promise.resolve())).kind).toBe('wrong');
  });

  test('a right PIN gives the tries back', async () => {
    let { lock }: { lock: Lock } = await makeLock(PIN, ESCROW, keys, ITERATIONS);
    const keep = (next: Lock): Promise<void> => {
      lock = next;
      return Promise.resolve();
    };
    await openByPin(lock, '000001', keys, keep);
    await openByPin(lock, PIN, keys, keep);
    expect(lock.wrong).toBe(0);
  });
});

test('a proof is the device key’s signature of method, path and time', async () => {
  const proof = await proofOf('GET', '/api/v1/rounds?limit=50', 1_764_550_000_000, keys);
  const [ms = '', signature = ''] = proof.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const text = new TextEncoder().encode('temtrace/1/proof\nGET /api/v1/rounds?limit=50\n1764550000000');
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  expect([ms, bytes.length]).toEqual(['1764550000000', 64]);
  expect(await crypto.subtle.verify(algorithm, keys.sign.publicKey, bytes, text)).toBe(true);
});

test('a phone whose clock is wrong writes the server’s time, and says so from two minutes on', () => {
  const phone = new ServerClock(() => Date.parse('2026-12-01T02:00:00.000Z'), 0);
  expect(phone.learn('2026-12-01T02:02:00.000Z')).toBe(false);
  expect(phone.learn('2026-12-01T02:02:00.001Z')).toBe(true);
  expect(phone.instant()).toBe('2026-12-01T02:02:00.001Z');
  phone.learn('no time');
  expect(phone.instant()).toBe('2026-12-01T02:02:00.001Z');
});
