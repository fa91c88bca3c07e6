// How a scan changes a stamp's tally. Pure, so that every store counts alike and a recount gives the same. The store
// knows from its visits whether a visitor is new today and whether a scan is a repeat.

import type { Instant } from '../entity.ts';
import { PROVINCES } from '../places.ts';
import { leastHoursBetween } from '../province-distance.ts';
import type { Scan } from './scan.ts';
import { cutToMinute, emptyTally, type StampTally } from './tally.ts';

/** Places less than an hour apart count as one place. */
const FAR_HOURS_MIN = 1;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * The tally after a scan. A repeat and a signed-in person's scan are not counted; they create an empty tally if there
 * is none. A repeat that is the first to see the stamp active moves `lastAt`.
 *
 * @param tally null: the stamp was never scanned
 * @param seen newVisitorDay: this visitor had not scanned this stamp on this day (false if `scan.visitor` is null);
 * repeat: the same visitor within ten minutes, or the same scan id
 */
export function foldScan(
  tally: StampTally | null,
  scan: Scan,
  seen: { newVisitorDay: boolean; repeat: boolean },
): StampTally {
  const at = cutToMinute(scan.at);
  const old = tally ?? emptyTally(scan, at);
  if (seen.repeat && isFirstActiveView(tally, scan) && at > old.lastAt) return { ...old, lastAt: at };
  if (seen.repeat || scan.signedIn) return old;

  const newVisitor = seen.newVisitorDay && scan.visitor !== null;
  const first = old.count === 0;
  const { province } = scan;
  return {
    batchId: old.batchId,
    serial: old.serial,
    count: old.count + 1,
    visitorDays: old.visitorDays + (newVisitor ? 1 : 0),
    firstAt: first || at < old.firstAt ? at : old.firstAt,
    lastAt: first || at > old.lastAt ? at : old.lastAt,
    beforeActivation: old.beforeActivation + (scan.verdict === 'not-activated' ? 1 : 0),
    lastProvince: province ?? old.lastProvince,
    lastProvinceAt: province === null ? old.lastProvinceAt : at,
    provinces: withProvince(old.provinces, province),
    farJumps: old.farJumps + (newVisitor && isFarJump(old, province, at) ? 1 : 0),
    pin:
      newVisitor && old.pin.usedAt !== null
        ? { ...old.pin, strangerDaysSince: old.pin.strangerDaysSince + 1 }
        : old.pin,
  };
}

/**
 * Whether this visitor may see the stamp active for the first time: it was scanned before its activation. The store
 * then records the instant although nothing is counted, because it shows that the activation was seen.
 */
export function isFirstActiveView(tally: StampTally | null, scan: Scan): boolean {
  return tally !== null && tally.beforeActivation > 0 && scan.verdict !== 'not-activated' && !scan.signedIn;
}

/** At most as many names as there are provinces: a proxy's header controls them. */
function withProvince(seen: string[], province: string | null): string[] {
  if (province === null || seen.includes(province) || seen.length >= PROVINCES.length) return seen;
  return [...seen, province];
}

/** Whether nobody can travel from the last scan's place to this one's in the time between. */
function isFarJump(old: StampTally, province: string | null, at: Instant): boolean {
  if (province === null || old.lastProvince === null || old.lastProvinceAt === null || province === old.lastProvince)
    return false;
  const leastHours = leastHoursBetween(old.lastProvince, province);
  if (leastHours < FAR_HOURS_MIN) return false;
  // Both instants are cut to the minute, so the real time between them may be up to a minute longer.
  const hours = (Math.abs(Date.parse(at) - Date.parse(old.lastProvinceAt)) + MINUTE_MS) / HOUR_MS;
  return hours < leastHours;
}
