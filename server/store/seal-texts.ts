// The texts that the short seals cover. Both adapters seal the same texts, so rows keep their seals when they move to
// another store.

import { createHash } from 'node:crypto';
import type { ChainHead } from '../domain/audit/audit-chain.ts';
import type { AuditEntry } from '../domain/audit/audit.ts';
import { signsText } from '../domain/stamp/signs.ts';
import type { BatchTally, StampTally } from '../domain/stamp/tally.ts';

/** Separates values: no id, instant or name contains it. */
const END = '\0';
/** Represents null. */
const NONE = '\u0001';

/** A line's place and what it says of which record. Its hash, which is included, covers everything else. */
export function lineText(line: Pick<AuditEntry, 'seq' | 'entity' | 'recordVersion' | 'concerns' | 'hash'>): string {
  const { seq, entity, recordVersion = NONE, concerns = NONE, hash } = line;
  return `${seq}${END}${entity}${END}${recordVersion}${END}${concerns}${END}${hash}`;
}

export function headText({ seq, hash }: ChainHead): string {
  return `${seq}${END}${hash}`;
}

/** The whole tally, without its visitors, which are deleted by rule (store/visits.ts). */
export function tallyText(tally: StampTally): string {
  const { batchId, serial, count, visitorDays, firstAt, lastAt, beforeActivation, farJumps, pin } = tally;
  const lastProvince = tally.lastProvince ?? NONE;
  const lastProvinceAt = tally.lastProvinceAt ?? NONE;
  const provinces = tally.provinces.length === 0 ? NONE : tally.provinces.join('\n');
  const lockedUntil = pin.lockedUntil ?? NONE;
  const usedAt = pin.usedAt ?? NONE;
  return (
    `${batchId}${END}${serial}${END}${count}${END}${visitorDays}${END}${firstAt}${END}${lastAt}${END}` +
    `${beforeActivation}${END}${lastProvince}${END}${lastProvinceAt}${END}${provinces}${END}${farJumps}${END}` +
    `${pin.wrongTries}${END}${lockedUntil}${END}${usedAt}${END}${pin.strangerDaysSince}` +
    // A tally from before there were signs has none, and keeps its seal.
    (tally.signs === null ? '' : `${END}${signsText(tally.signs)}`)
  );
}

export function batchTallyText({ batchId, count, visitorDays, stampsScanned }: BatchTally): string {
  return `${batchId}${END}${count}${END}${visitorDays}${END}${stampsScanned}`;
}

export function fileText(id: string, mediaType: string, bytes: Uint8Array): string {
  return `${id}${END}${mediaType}${END}${createHash('sha256').update(bytes).digest('hex')}`;
}

/** How many scans of a batch that count were deleted by retention. @param onTheirWay those that may still be listed */
export function forgottenText(batchId: string, counted: number, onTheirWay: readonly string[] = []): string {
  return `${batchId}${END}${counted}${END}${onTheirWay.join('\n')}`;
}

/** @param answer as JSON */
export function requestText(key: string, at: string, bodyHash: string, answer: string): string {
  return `${key}${END}${at}${END}${bodyHash}${END}${answer}`;
}

export function answeredText(madeAt: string, timeZone: string, answeredScans: number): string {
  return `${madeAt}${END}${timeZone}${END}${answeredScans}`;
}
