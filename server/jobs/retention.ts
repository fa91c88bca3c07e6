// Deletes what may not be kept: visitors within 72 hours (Law 91/2025; DESIGN §6), single scans after
// SCAN_RETENTION_DAYS, request keys after a month. Counts stay, because tallies identify no person. Running it twice,
// or on two servers at once, deletes nothing more.

import { addDays, dayIn, startOfDay } from '../domain/calendar.ts';
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

/** One round. Returns how many scans were deleted. */
export async function forgetOldScans(
  store: Pick<Store, 'scans' | 'forgetRequestsBefore'>,
  now: Date,
  retention: Retention,
): Promise<number> {
  const today = dayIn(retention.timeZone, now);
  await store.scans.forgetVisitorsBefore(addDays(today, -VISITOR_DAYS_KEPT));
  await store.forgetRequestsBefore(startOfDay(retention.timeZone, addDays(today, -REQUEST_DAYS_KEPT)).toISOString());
  const oldest = startOfDay(retention.timeZone, addDays(today, -retention.scanRetentionDays));
  return store.scans.deleteScansBefore(oldest.toISOString());
}
