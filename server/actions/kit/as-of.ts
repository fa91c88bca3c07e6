// Records as they count for a day (domain/programme/as-of.ts), in the deployment's time zone.

import { dayIn } from '../../domain/calendar.ts';
import type { Day } from '../../domain/entity.ts';
import { asOf, OWN_DAY, type AsOf, type Dated } from '../../domain/programme/as-of.ts';

type Reported = keyof typeof OWN_DAY;
type State<N extends Reported> = Parameters<(typeof OWN_DAY)[N]>[0] & Dated;

/** The record as it counts for a day; null: it does not count yet. */
export function oneAsOf<N extends Reported, T extends State<N>>(
  name: N,
  record: T,
  day: Day,
  timeZone: string,
): AsOf<T> | null {
  const ownDay = OWN_DAY[name] as unknown as (state: T, before: T | null, enteredOn: Day) => Day | null;
  return asOf(record, day, dayIn(timeZone, record.createdAt), ownDay);
}

/** The records that count for a day. */
export function allAsOf<N extends Reported, T extends State<N>>(
  name: N,
  records: Iterable<T>,
  day: Day,
  timeZone: string,
): AsOf<T>[] {
  const found: AsOf<T>[] = [];
  for (const record of records) {
    const known = oneAsOf(name, record, day, timeZone);
    if (known !== null) found.push(known);
  }
  return found;
}
