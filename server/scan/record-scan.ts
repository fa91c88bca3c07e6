// Records a scan: which stamp, when, from which network of the day, in which province. No address and no user agent is
// stored.

import { dayIn } from '../domain/calendar.ts';
import type { Day } from '../domain/entity.ts';
import type { Scan } from '../domain/stamp/scan.ts';
import { suspectContextOf, type StampFacts } from '../domain/stamp/stamp-facts.ts';
import { isOftenScanned } from '../domain/stamp/suspect.ts';
import { StoreError, type RecordedScan, type Store } from '../store/store.ts';
import type { ScanRequest } from './answer.ts';
import type { Found } from './look-up.ts';
import type { ManyTries } from './many-tries.ts';
import { provinceOfHeader } from './place.ts';
import { localMoment } from './local-moment.ts';
import type { Look } from './look.ts';
import type { makeDayHashes } from './salts.ts';
import { visitorOf } from './visitor.ts';

/** A scan's id is a random prefix of this process and a running number. */
const SCAN_ID_BYTES = 12;

interface RecorderDeps {
  store: Pick<Store, 'scans'>;
  random: (bytes: number) => Uint8Array;
  hashOf: ReturnType<typeof makeDayHashes>;
  /** Lower-case name of the header in which a proxy states the visitor's province; null: none. */
  placeHeader: string | null;
  isSignedIn: (headers: ScanRequest['headers']) => boolean | Promise<boolean>;
  manyTries: Pick<ManyTries, 'looked'>;
}

type RecordScan = (
  asked: { request: ScanRequest; now: Date; gaveUp: boolean },
  found: Extract<Found, { kind: 'ours' }>,
  today: Day,
  /** As the scan has them: the verdict before it, and whether the tally may change that. */
  before: Pick<Scan, 'verdict' | 'unlessSuspect'>,
) => Promise<RecordedScan>;

export function makeScanRecorder(deps: RecorderDeps): RecordScan {
  const { store, random, hashOf, placeHeader, isSignedIn, manyTries } = deps;
  const scanIds = Buffer.from(random(SCAN_ID_BYTES)).toString('base64url');
  let scans = 0;

  return async (asked, { batch, serial }, today, before) => {
    const { request, now } = asked;
    const { headers } = request;
    const signedIn = mayBeSignedIn(request) ? await isSignedIn(headers) : false;
    const known = hashOf(today);
    const hash = known instanceof Promise ? await known : known;
    // Any client can send the header, so it is read only from a trusted proxy.
    const place = placeHeader === null || !request.fromTrustedProxy ? undefined : textOf(headers[placeHeader]);
    // We already sent 503; the retry is counted, not this scan.
    if (asked.gaveUp) throw new StoreError('unavailable', 'the store came too late for this scan');
    scans += 1;
    const visitor = visitorOf(hash, request.address, textOf(headers['user-agent']));
    if (!signedIn) manyTries.looked(today, visitor, { batchId: batch.id, serial });
    return store.scans.record({
      id: `${scanIds}${scans.toString(36)}`,
      batchId: batch.id,
      serial,
      at: now.toISOString(),
      day: today,
      visitor,
      province: place === undefined ? null : provinceOfHeader(place),
      ...before,
      signedIn,
    });
  };
}

/** Whether a request carries something that may name a signed-in person. */
export function mayBeSignedIn({ headers }: Pick<ScanRequest, 'headers'>): boolean {
  return headers['cookie'] !== undefined || headers['authorization'] !== undefined;
}

/** How often a stamp was scanned, as its page shows it. `recorded`: this scan; null: it was not recorded. */
export function scansShown(
  { tally }: StampFacts,
  recorded: RecordedScan | null,
  timeZone: string,
): NonNullable<Look['scans']> {
  if (tally === null || tally.count === 0) return { count: 0, first: false, firstOn: null };
  // The only counted scan is this visitor's own: now, or within the last ten minutes.
  const first = tally.count === 1 && recorded !== null && (recorded.counted || recorded.repeat);
  return { count: tally.count, first, firstOn: dayIn(timeZone, tally.firstAt) };
}

/** What the page may say of the scans besides their number (`Look.seen`). */
export function seenAs(stamp: StampFacts, recorded: RecordedScan | null): NonNullable<Look['seen']> | null {
  const { tally } = stamp;
  if (isOftenScanned(tally, suspectContextOf(stamp))) return 'often';
  if (tally?.count !== 1 || recorded === null) return null;
  return recorded.counted ? 'first' : recorded.repeat ? 'alone' : null;
}

/** Provinces named on a suspect stamp's page: enough to see that one pack cannot have been in all of them. */
const PLACES_SHOWN = 6;

/** Where a stamp was scanned (`Look.places`). */
export function placesShown({ tally }: StampFacts, timeZone: string): NonNullable<Look['places']> | null {
  if (tally === null) return null;
  const { provinces } = tally;
  return {
    provinces: provinces.slice(-PLACES_SHOWN),
    others: Math.max(0, provinces.length - PLACES_SHOWN),
    lastOn: dayIn(timeZone, tally.lastAt),
  };
}

/** When a stamp's PIN was entered first (`Look.pinUsed`). */
export function pinUse({ tally }: StampFacts, timeZone: string): NonNullable<Look['pinUsed']> | null {
  const usedAt = tally?.pin.usedAt ?? null;
  return usedAt === null ? null : localMoment(usedAt, timeZone);
}

/** The first value of a header. */
export function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
