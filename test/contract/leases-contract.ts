// Leases: one holder at a time, on any number of servers, and a number by which a former holder learns that it lost the
// lease.

import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Lease, Store } from '../../server/store/store.ts';
import { until } from '../fixtures/until.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

export function leasesContract(open: OpenStore): void {
  describe('leases', () => {
    let store: Store;
    let other: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));
    beforeAll(async () => {
      other = await on.second();
    });

    test('one of many holds it, keeps its number, and those of other names are others’ affair', async () => {
      const holders = Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? store : other).lease('one'));
      const fences = await Promise.all(holders.map((holder) => holder.hold()));
      const winners = fences.flatMap((fence, i) => (fence === null ? [] : [i]));
      expect(winners).toHaveLength(1);
      const winner = holders[winners[0] ?? 0] as Lease;
      expect(await winner.hold()).toBe(1);
      expect(await winner.hold()).toBe(1);
      expect(await store.lease('another').hold()).toBe(1);
    });

    test('let go, it is the next one’s at once, under a higher number', async () => {
      const [first, second] = [store.lease('handed'), other.lease('handed')];
      expect(await first.hold()).toBe(1);
      expect(await second.hold()).toBeNull();
      await second.release();
      expect(await second.hold()).toBeNull();
      await first.release();
      expect(await second.hold()).toBe(2);
      expect(await first.hold()).toBeNull();
    });

    test('a holder that shows signs of life keeps it; a silent one loses it, and knows when it wakes', async () => {
      const [first, second] = [store.lease('slept'), other.lease('slept')];
      expect(await first.hold()).toBe(1);
      const longPastMs = performance.now() + 2 * on.leaseSilenceMs;
      await until(async () => {
        expect(await first.hold()).toBe(1);
        expect(await second.hold()).toBeNull();
        return performance.now() > longPastMs;
      });
      await until(async () => (await second.hold()) === 2);
      expect(await first.hold()).toBeNull();
      await first.release();
      expect(await second.hold()).toBe(2);
    });

    test('numbers go on after a restart', async () => {
      const before = store.lease('restarted');
      expect(await before.hold()).toBe(1);
      await before.release();
      store = await on.reopen();
      expect(await store.lease('restarted').hold()).toBe(2);
    });
  });
}
