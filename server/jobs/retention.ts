// Deletes what may not be kept: visitors within 72 hours (Law 91/2025; DESIGN §6), single scans after
// SCAN_RETENTION_DAYS, request keys after a month. Counts stay, because tallies identify no person. Running it twice,
// or on two servers at once, deletes nothing more.

import { addDays, dayIn, startOfDay } from '../domain/calendar.ts';
import type { Day, Instant } from '../domain/entity.ts';
import type { Store } from '../store/store.ts';

/**
 * Today and yesterday are kept. So a visitor's hash is at most 48 hours old, and with an hourly run always less than
 * 72.
 */
const VISITOR_DAYS_KEPT = 1;
/** No client retries a request after this time. */
const REQUEST_DAYS_KEPT = 30;

export interface Retention {
  scanRetentionDays: number;
  timeZone: string;
}

/** What has been done until when; each step is over for the day once it succeeded. */
export interface Forgotten {
  visitors: Day | null;
  requests: Instant | null;
  scans: Instant | null;
}

export const NOTHING_FORGOTTEN: Readonly<Forgotten> = { visitors: null, requests: null, scans: null };

/**
 * One round. Each bound moves once a day, and nothing older comes in after a step has succeeded, so the rounds of the
 * other hours do only what failed before. A step that fails keeps no other from its work.
 *
 * @param done kept between rounds by the caller
 * @returns how many scans were deleted
 * @throws AggregateError of what failed
 */
export async function forgetOldScans(
  store: Pick<Store, 'scans' | 'forgetRequestsBefore'>,
  now: Date,
  retention: Retention,
  done: Forgotten = { ...NOTHING_FORGOTTEN },
): Promise<number> {
  const { scanRetentionDays, timeZone } = retention;
  const today = dayIn(timeZone, now);
  const startOf = (daysAgo: number): Instant => startOfDay(timeZone, addDays(today, -daysAgo)).toISOString();
  const failed: unknown[] = [];
  let deleted = 0;
  const step = async <K extends keyof Forgotten>(
    name: K,
    before: NonNullable<Forgotten[K]>,
    work: () => Promise<void>,
  ): Promise<void> => {
    if (done[name] === before) return;
    try {
      await work();
      done[name] = before;
    } catch (error) {
      failed.push(error);
    }
  };
  const day = addDays(today, -VISITOR_DAYS_KEPT);
  await step('visitors', day, () => store.scans.forgetVisitorsBefore(day));
  await step('requests', startOf(REQUEST_DAYS_KEPT), async () => {
    await store.forgetRequestsBefore(startOf(REQUEST_DAYS_KEPT));
  });
  await step('scans', startOf(scanRetentionDays), async () => {
    deleted = await store.scans.deleteScansBefore(startOf(scanRetentionDays));
  });
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} steps of the retention failed`);
  return deleted;
}
