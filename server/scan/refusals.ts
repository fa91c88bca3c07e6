// Codes that get no verdict: counted in memory and written now and then, and limited by address, because guessing needs
// many tries. Real stamps are never limited: a whole market may share one address.

import type { Day, Id } from '../domain/entity.ts';
import type { Refusals, ScanLedger } from '../store/store.ts';
import { Limiter } from '../kit/limiter.ts';
import { makeNetworkHash } from './visitor.ts';

/** Combinations of day, reason and batch kept between two writes; past that, a refusal is counted without its batch. */
const COUNTS_MAX = 10_000;

interface RefusalCount {
  day: Day;
  reason: Refusals['reason'];
  batchId: Id | null;
  count: number;
}

export interface RefusalCounts {
  /** `batchId` only for a batch that exists. */
  add(day: Day, reason: Refusals['reason'], batchId: Id | null): void;
  /** Writes the counts; what could not be written is kept for the next time. @throws StoreError */
  flush(): Promise<void>;
}

export function makeRefusalCounts(ledger: Pick<ScanLedger, 'addRefusals'>): RefusalCounts {
  let counts = new Map<string, RefusalCount>();

  function add(day: Day, reason: Refusals['reason'], batchId: Id | null, count = 1): void {
    const key = `${day} ${reason} ${batchId ?? ''}`;
    const known = counts.get(key);
    if (known !== undefined) known.count += count;
    else if (counts.size >= COUNTS_MAX && batchId !== null) add(day, reason, null, count);
    else counts.set(key, { day, reason, batchId, count });
  }

  async function flush(): Promise<void> {
    if (counts.size === 0) return;
    const taken = counts;
    counts = new Map();
    try {
      await ledger.addRefusals([...taken.values()]);
    } catch (error) {
      for (const { day, reason, batchId, count } of taken.values()) add(day, reason, batchId, count);
      throw error;
    }
  }

  return { add: (day, reason, batchId) => add(day, reason, batchId), flush };
}

export interface RefusalLimits {
  /** Refused codes that an address may ask for at once. */
  burst: number;
  /** How many it regains in a minute. */
  perMinute: number;
}

/** Enough for a market that shares an address and types by hand; a guesser needs 2^36. */
const REFUSAL_LIMITS: RefusalLimits = { burst: 60, perMinute: 30 };
/** Addresses remembered. */
const ADDRESSES_MAX = 10_000;

export interface RefusalLimiter {
  /** Counts one refused code against the address. Returns the seconds to wait if it had too many, else null. */
  take(address: string, nowMs: number): number | null;
}

/** @param key of the hash under which addresses are kept while the process lives */
export function makeRefusalLimiter(key: Uint8Array, limits: RefusalLimits = REFUSAL_LIMITS): RefusalLimiter {
  const keyOf = makeNetworkHash(key);
  const { burst, perMinute } = limits;
  const limiter = new Limiter({
    max: burst,
    windowMs: (burst / perMinute) * 60_000,
    refill: 'steadily',
    keysMax: ADDRESSES_MAX,
  });
  return {
    take(address, nowMs) {
      const waitMs = limiter.take(keyOf(address), nowMs);
      return waitMs === 0 ? null : Math.max(1, Math.ceil(waitMs / 1_000));
    },
  };
}
