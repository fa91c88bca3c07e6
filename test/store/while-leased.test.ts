import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { runLeased } from '../../server/jobs/leased.ts';
import { StoreError, type Lease } from '../../server/store/store.ts';
import { whileLeased } from '../../server/store/while-leased.ts';

const HEARTBEAT_MS = 5;

/** A lease whose `hold` returns what the test wants. */
function leaseOf(answer: () => number | null): Lease & { held: number; released: number } {
  return {
    held: 0,
    released: 0,
    async hold() {
      this.held += 1;
      return answer();
    },
    async release() {
      this.released += 1;
    },
  };
}

describe('work under a lease', () => {
  // Heartbeats are timers: if no timers are left, no heartbeat is.
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('runs with the fencing number, and the lease is kept', async () => {
    const lease = leaseOf(() => 7);
    expect(await whileLeased(lease, async ({ fence }) => fence)).toEqual({ made: 7 });
    expect(lease).toMatchObject({ held: 1, released: 0 });
  });

  test('does not run while another server holds the lease', async () => {
    const work = (): never => {
      throw new Error('must not run');
    };
    expect(
      await whileLeased(
        leaseOf(() => null),
        work,
      ),
    ).toBeNull();
  });

  test('has a heartbeat while it runs, and none afterwards', async () => {
    const lease = leaseOf(() => 1);
    await whileLeased(
      lease,
      async () => {
        while (lease.held < 4) await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
      },
      HEARTBEAT_MS,
    );
    expect(jest.getTimerCount()).toBe(0);
  });

  test('hears of a lease that was lost', async () => {
    let answer: number | null = 1;
    const lease = leaseOf(() => answer);
    const reason = await whileLeased(
      lease,
      async ({ lost, isStillMine }) => {
        expect([lost.aborted, await isStillMine()]).toEqual([false, true]);
        answer = null;
        while (!lost.aborted) await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
        return isStillMine();
      },
      HEARTBEAT_MS,
    );
    expect(reason).toEqual({ made: false });
  });

  test('a lease that was lost and is ours again under another number is lost', async () => {
    let fence = 1;
    const lease = leaseOf(() => fence);
    await whileLeased(
      lease,
      async ({ lost, isStillMine }) => {
        fence = 3;
        while (!lost.aborted) await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
        expect(await isStillMine()).toBe(false);
      },
      HEARTBEAT_MS,
    );
  });

  test('a heartbeat that the store does not answer loses nothing', async () => {
    let isAway = false;
    const lease = leaseOf(() => {
      if (isAway) throw new StoreError('unavailable', 'away');
      return 1;
    });
    await whileLeased(
      lease,
      async ({ lost }) => {
        isAway = true;
        const before = lease.held;
        while (lease.held < before + 3) await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
        expect(lost.aborted).toBe(false);
      },
      HEARTBEAT_MS,
    );
  });

  test('the heartbeat ends with work that fails', async () => {
    const lease = leaseOf(() => 1);
    const work = async (): Promise<never> => {
      throw new Error('failed');
    };
    await expect(whileLeased(lease, work, HEARTBEAT_MS)).rejects.toThrow('failed');
    expect(jest.getTimerCount()).toBe(0);
    expect(lease.held).toBe(1);
  });
});

describe('a round of a job', () => {
  test('lets go of the lease after it, also where it failed', async () => {
    const lease = leaseOf(() => 1);
    expect(await runLeased(lease, async () => undefined)).toBe(true);
    await expect(
      runLeased(lease, async () => {
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
    expect(lease.released).toBe(2);
  });

  test('is skipped while another server holds the lease, which is not let go of then', async () => {
    const lease = leaseOf(() => null);
    expect(await runLeased(lease, async () => undefined)).toBe(false);
    expect(lease.released).toBe(0);
  });
});
