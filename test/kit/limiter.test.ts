import { describe, expect, test } from '@jest/globals';
import { Limiter } from '../../server/kit/limiter.ts';

const limit = { max: 2, windowMs: 60_000, keysMax: 2 } as const;

describe('a limit whose tries come back together', () => {
  test('lets its number of tries through, and as many again a window after the first', () => {
    const limiter = new Limiter({ ...limit, refill: 'together' });
    expect([0, 10_000, 20_000].map((at) => limiter.take('a', at))).toEqual([0, 0, 40_000]);
    expect(limiter.window('a', 20_000)).toEqual({ left: 0, endsInMs: 40_000 });
    expect(limiter.take('a', 59_999)).toBe(1);
    expect([60_000, 60_000, 60_000].map((at) => limiter.take('a', at))).toEqual([0, 0, 60_000]);
  });

  test('a try given back may be made again, and never more than all', () => {
    const limiter = new Limiter({ ...limit, refill: 'together' });
    limiter.take('a', 0);
    limiter.take('a', 0);
    limiter.giveBack('a');
    expect([limiter.take('a', 0), limiter.take('a', 0)]).toEqual([0, 60_000]);
    for (let i = 0; i < 5; i += 1) limiter.giveBack('a');
    expect([0, 0, 0].map((at) => limiter.take('a', at))).toEqual([0, 0, 60_000]);
    limiter.forget('a');
    expect(limiter.take('a', 0)).toBe(0);
  });
});

test('of a limit whose tries come back steadily, one comes back at a time', () => {
  const limiter = new Limiter({ ...limit, refill: 'steadily' });
  expect([0, 0, 0].map((at) => limiter.take('a', at))).toEqual([0, 0, 30_000]);
  expect([15_000, 30_000, 30_000].map((at) => limiter.take('a', at))).toEqual([15_000, 0, 30_000]);
  expect(limiter.waitMs('a', 90_000)).toBe(0);
});

test('keys do not count against each other, and the one tried longest ago is forgotten', () => {
  const limiter = new Limiter({ ...limit, max: 1, refill: 'together' });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map((key) => limiter.take(key, 0))).toEqual([0, 0, 60_000, 0, 60_000, 0]);
});
