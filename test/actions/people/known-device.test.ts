import { describe, expect, test } from '@jest/globals';
import { DEVICE_DAYS, DEVICE_MARKS_MAX, knownDevice, withMarkOf } from '../../../server/actions/people/known-device.ts';
import { seededRandom } from '../../fixtures/api.ts';

const AT = Date.parse('2026-11-24T03:00:00.000Z');
const random = seededRandom('devices');
const ctx = (at = AT, key = 1): Parameters<typeof withMarkOf>[2] => ({
  keys: { wrap: new Uint8Array(32).fill(key) },
  now: () => new Date(at),
  random,
});

describe('a device on which somebody signed in', () => {
  test('is known to their account alone, and its marks tell nobody whose they are', () => {
    const marks = withMarkOf(null, 'user-1', ctx());
    expect(knownDevice(marks, 'user-1', ctx())).toMatch(/^[\w-]{16}$/);
    expect(knownDevice(marks, 'user-2', ctx())).toBeNull();
    expect(Buffer.from(marks, 'base64url').toString('latin1')).not.toContain('user');
    expect(withMarkOf(null, 'user-1', ctx())).not.toBe(marks);
  });

  test('is known to several who share it, newest first, and not to ever more', () => {
    let marks: string | null = null;
    for (let i = 0; i <= DEVICE_MARKS_MAX; i += 1) marks = withMarkOf(marks, `user-${i}`, ctx());
    const known = Array.from(
      { length: DEVICE_MARKS_MAX + 1 },
      (_, i) => knownDevice(marks, `user-${i}`, ctx()) !== null,
    );
    expect(known).toEqual([false, ...Array<boolean>(DEVICE_MARKS_MAX).fill(true)]);
    expect(withMarkOf(marks, 'user-3', ctx()).split('.')).toHaveLength(DEVICE_MARKS_MAX);
  });

  test('is not known by marks that are changed, of another key, too old, or no marks', () => {
    const marks = withMarkOf(null, 'user-1', ctx());
    const day = 86_400_000;
    expect(knownDevice(marks, 'user-1', ctx(AT + DEVICE_DAYS * day - 60_000))).not.toBeNull();
    expect(knownDevice(marks, 'user-1', ctx(AT + DEVICE_DAYS * day))).toBeNull();
    expect(knownDevice(marks, 'user-1', ctx(AT, 2))).toBeNull();
    for (let i = 0; i < marks.length - 1; i += 1) {
      const other = marks[i] === 'A' ? 'B' : 'A';
      expect(knownDevice(marks.slice(0, i) + other + marks.slice(i + 1), 'user-1', ctx())).toBeNull();
    }
    for (const text of [null, '', '.', 'x'.repeat(43), `${marks}x`, '.'.repeat(9_999)])
      expect(knownDevice(text, 'user-1', ctx())).toBeNull();
  });
});
