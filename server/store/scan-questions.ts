// What both adapters share to answer questions about scans. Times of scans are minutes since 1970.

import { dayIn } from '../domain/calendar.ts';
import type { Id } from '../domain/entity.ts';
import { BATCHES_ASKED_MAX, type ScanCount } from './store.ts';

export const MINUTE_MS = 60_000;
/** In every time zone a day begins at a quarter of an hour, UTC. */
export const QUARTER_MINUTES = 15;

/** A copy of the ids. @throws RangeError for more than BATCHES_ASKED_MAX */
export function batchesAsked(batchIds: readonly Id[]): Id[] {
  if (batchIds.length > BATCHES_ASKED_MAX)
    throw new RangeError(`at most ${BATCHES_ASKED_MAX} batches are asked for at once`);
  return [...batchIds];
}

/** Scans of each day in a time zone. @param quarters quarter of an hour since 1970 with its scans, in order */
export function countsByDay(quarters: Iterable<readonly [number, number]>, timeZone: string): ScanCount[] {
  const days = new Map<string, number>();
  for (const [quarter, scans] of quarters) {
    const day = dayIn(timeZone, new Date(quarter * QUARTER_MINUTES * MINUTE_MS));
    days.set(day, (days.get(day) ?? 0) + scans);
  }
  return [...days].map(([key, scans]) => ({ key, scans }));
}
