import { expect, test } from '@jest/globals';
import { readSound } from '../../server/store/read-sound.ts';
import { StoreError } from '../../server/store/store.ts';

/** A read that succeeds from its n-th call on, and a count of its calls. */
function soundFrom(n: number, kind: StoreError['kind'] = 'tampered'): { read: () => Promise<string>; asked: number } {
  const reading = {
    asked: 0,
    async read() {
      reading.asked += 1;
      if (reading.asked < n) throw new StoreError(kind, 'not as it was sealed');
      return 'sound';
    },
  };
  return reading;
}

test('what was read while it was being changed is read again', async () => {
  const reading = soundFrom(5);
  expect(await readSound(reading.read)).toBe('sound');
  expect(reading.asked).toBe(5);
});

test('what stays unsound is told after five reads', async () => {
  const reading = soundFrom(6);
  await expect(readSound(reading.read)).rejects.toThrow('not as it was sealed');
  expect(reading.asked).toBe(5);
});

test('an outage is told at once', async () => {
  const reading = soundFrom(2, 'unavailable');
  await expect(readSound(reading.read)).rejects.toThrow(StoreError);
  expect(reading.asked).toBe(1);
});
