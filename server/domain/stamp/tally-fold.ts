// How a scan changes a stamp's tally. Pure, so that every store counts alike and a recount gives the same. The store
// knows from its visits whether a visitor is new today and whether a scan is a repeat.

import type { Instant } from '../entity.ts';
import { PROVINCES } from '../places.ts';
import { leastHoursBetween } from '../province-distance.ts';
import type { Scan } from './scan.ts';
import { dayNumber, homeOf, signsAfter, type Signs } from './signs.ts';
import { cutToMinute, emptyTally, signsOf, type StampTally } from './tally.ts';

/** Places less than an hour apart count as one place. */
const FAR_HOURS_MIN = 1;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** After a PIN was used, scans of its province are its owner's household and guests for so long. */
const PIN_GRACE_DAYS = 7;
/** Of one day no more strangers are counted: a crowd of one day is a photograph's, buyers of copies come day by day. */
const STRANGERS_DAY_MAX = 2;

/** What the store's visits know of a scan (store/visits.ts). */
export interface Seen {
  /** No scan of this stamp by this visitor on this day before; false where `scan.visitor` is null. */
  newVisitorDay: boolean;
  /** Nor by any visitor of the same network. */
  newNetworkDay: boolean;
  /** The same visitor within ten minutes, the same scan id, or a day that is full. */
  repeat: boolean;
}

/**
 * The tally after a scan. A repeat and a signed-in person's scan are not counted; they create an empty tally if there
 * is none. A repeat that is the first to see the stamp active moves `lastAt`.
 *
 * @param tally null: the stamp was never scanned
 */
export function foldScan(tally: StampTally | null, scan: Scan, seen: Seen): StampTally {
  const at = cutToMinute(scan.at);
  const old = tally ?? emptyTally(scan, at);
  if (seen.repeat && isFirstActiveView(tally, scan) && at > old.lastAt) return { ...old, lastAt: at };
  if (seen.repeat || scan.signedIn) return old;

  const newVisitor = seen.newVisitorDay && scan.visitor !== null;
  const first = old.count === 0;
  const { province } = scan;
  const newNetwork = newVisitor && seen.newNetworkDay;
  // Between two networks: one telephone whose place is stated now here, now there makes none.
  const jump = newNetwork && isFarJump(old, province, at);
  const signs = newVisitor ? signsAfter(signsOf(old), dayNumber(scan.day), { newNetwork, jump }) : old.signs;
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
    farJumps: old.farJumps + (jump ? 1 : 0),
    signs,
    pin: newNetwork ? pinAfter(old, signs, scan, at) : old.pin,
  };
}

/** The PIN's part after a network that is new today: the owner's household does not count. */
function pinAfter({ pin }: StampTally, signs: Signs | null, { province }: Scan, at: Instant): StampTally['pin'] {
  if (pin.usedAt === null || signs === null || signs.networks > STRANGERS_DAY_MAX) return pin;
  const isSoon = Date.parse(at) - Date.parse(pin.usedAt) < PIN_GRACE_DAYS * 24 * HOUR_MS;
  const isNear = province === null || signs.home === 0 || homeOf(province) === signs.home;
  return isSoon && isNear ? pin : { ...pin, strangerDaysSince: pin.strangerDaysSince + 1 };
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
