// Scans and tallies as MongoDB stores them, and back. Times of scans are minutes since 1970.

import type { Instant } from '../../domain/entity.ts';
import type { Scan } from '../../domain/stamp/scan.ts';
import { signsOfText } from '../../domain/stamp/signs.ts';
import { URGENCY_END, urgencyOf } from '../../domain/stamp/suspect.ts';
import type { BatchTally, StampTally } from '../../domain/stamp/tally.ts';
import { MINUTE_MS, QUARTER_MINUTES } from '../scan-questions.ts';
import { batchTallyText, tallyText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { StoreError, type ScanRange, type StoredScan } from '../store.ts';
import type { BatchTallyDoc, PendingScan, ScanDoc, TallyDoc } from './schemas.ts';

/** Batch and serial as one text: `_id` of a tally, shard key of a scan. */
export function stampKey(batchId: string, serial: number): string {
  return `${batchId}:${serial}`;
}

/** The order of tallies that may be cases (suspect.ts `urgencyOf`) as one text, so that one sparse index serves it. */
export function oddKey(tally: StampTally): string {
  const order = String(URGENCY_END - urgencyOf(tally)).padStart(13, '0');
  return `${order} ${tally.batchId} ${String(tally.serial).padStart(8, '0')}`;
}

/** `_id` of a listed scan; the same scan sent again gets the same. */
export function scanKey(batchId: string, serial: number, id: string): string {
  return `${stampKey(batchId, serial)}:${id}`;
}

export function minuteOf(at: Instant): number {
  return Math.floor(Date.parse(at) / MINUTE_MS);
}

/** The tally without the store's own fields. */
export function tallyOf(doc: TallyDoc): StampTally {
  const { batchId, serial, count, visitorDays, firstAt, lastAt, beforeActivation, lastProvince, lastProvinceAt } = doc;
  const { provinces, farJumps, pin, signs } = doc;
  return {
    batchId,
    serial,
    count,
    visitorDays,
    firstAt,
    lastAt,
    beforeActivation,
    lastProvince,
    lastProvinceAt,
    provinces,
    farJumps,
    pin,
    signs: typeof signs === 'string' ? signsOfText(signs) : null,
  };
}

/** @throws StoreError `tampered` */
export function soundTallyOf(doc: TallyDoc, seal: ShortSeal): StampTally {
  const tally = tallyOf(doc);
  if (doc._id !== stampKey(tally.batchId, tally.serial) || !seal.isOf(tallyText(tally), doc.mac))
    throw new StoreError('tampered', `the tally of stamp ${doc._id} is not as it was written`);
  return tally;
}

export function batchTallyOf({ _id, count, visitorDays, stampsScanned }: BatchTallyDoc): BatchTally {
  return { batchId: _id, count, visitorDays, stampsScanned };
}

/** @throws StoreError `tampered` */
export function soundBatchTallyOf(doc: BatchTallyDoc, seal: ShortSeal): BatchTally {
  const tally = batchTallyOf(doc);
  if (!seal.isOf(batchTallyText(tally), doc.mac))
    throw new StoreError('tampered', `the tally of batch ${doc._id} is not as it was written`);
  return tally;
}

/** A scan that no tally counts: it is listed at once. */
export function listedScan(scan: Scan): ScanDoc {
  return scanDoc(scan.batchId, scan.serial, { ...scan, minute: minuteOf(scan.at), counted: false });
}

export function countedScan(batchId: string, serial: number, pending: PendingScan): ScanDoc {
  return scanDoc(batchId, serial, { ...pending, counted: true });
}

export function storedScanOf({ id, batchId, serial, minute, province, verdict, counted }: ScanDoc): StoredScan {
  return { id, batchId, serial, at: new Date(minute * MINUTE_MS).toISOString(), province, verdict, counted };
}

function scanDoc(
  batchId: string,
  serial: number,
  scan: Pick<ScanDoc, 'id' | 'minute' | 'province' | 'verdict' | 'counted'>,
): ScanDoc {
  const { id, minute, province, verdict, counted } = scan;
  const stamp = stampKey(batchId, serial);
  const quarter = Math.floor(minute / QUARTER_MINUTES);
  return { _id: scanKey(batchId, serial, id), stamp, batchId, serial, id, minute, quarter, province, verdict, counted };
}

/**
 * The first minute and the one after the last. Scans are stored by minute, so a bound within a minute counts from the
 * next.
 */
export function minutesOf({ from, to }: Pick<ScanRange, 'from' | 'to'>): { minute?: { $gte?: number; $lt?: number } } {
  if (from === null && to === null) return {};
  return {
    minute: {
      ...(from === null ? {} : { $gte: Math.ceil(Date.parse(from) / MINUTE_MS) }),
      ...(to === null ? {} : { $lt: Math.ceil(Date.parse(to) / MINUTE_MS) }),
    },
  };
}
