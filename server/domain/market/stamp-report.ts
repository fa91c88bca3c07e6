// What somebody reports of a stamp that is not ours: where it was seen, on what, what stands on it. The stamp has no
// batch and no producer here, so the office is told by the place; reports of the same stamps share a source.

import type { Entity, Id } from '../entity.ts';
import { foldedText } from '../search-text.ts';
import { readCarriedCode } from '../stamp/carried-code.ts';
import { otherCodeOf } from '../stamp/other-code.ts';
import { BATCH_ID_SYMBOLS } from '../stamp/stamp-code.ts';
import type { ComplaintState } from './complaint.ts';

export interface StampReport extends Entity {
  /** The office of the place; null: no office is responsible for it, so it is the programme's own (its admins'). */
  officeId: Id | null;
  /** The sender quotes it: `L-7K3M9Q`. */
  number: string;
  /** SHA-256 of the secret in the address of its page, hex. */
  keyHash: string;
  /** Code or address as a phone read it or somebody typed it; null: none. */
  readAs: string | null;
  /** What reports of the same stamps share (`sourceOf`). */
  source: string;
  /** The batch of ours whose id stands in the code, which is not one of its codes; null: none. */
  batchId: Id | null;
  /** Today's name; null: the sender did not say. */
  province: string | null;
  place: string | null;
  /** What the stamp is stuck on. */
  goods: string;
  /** What stands on the stamp. */
  says: string | null;
  message: string | null;
  contact: string | null;
  stampFileIds: Id[];
  packFileIds: Id[];
  state: ComplaintState;
  /** For the office alone. */
  note: string | null;
  /** The sender reads it. */
  reply: string | null;
}

/** Photographs of the stamp, and as many of its pack. */
export const REPORT_PHOTOS_MAX = 3;
/** What is kept of a code or address as read. */
export const READ_AS_SYMBOLS_MAX = 300;
/** Of a source: a host has at most 253 symbols. */
const SOURCE_SYMBOLS_MAX = 260;
/** Nothing was read from the stamp. */
export const NO_SOURCE = 'none';

/**
 * What reports of the same stamps have in common: the host of an address (`host:tem-la.vn`), the batch id of a code
 * (`code:7K3M9Q`), because who invents codes changes their ends, or the words themselves (`text:…`).
 *
 * @param ownHost an address of ours says nothing by its host, but by the code in it
 */
export function sourceOf(readAs: string | null, ownHost: string): string {
  if (readAs === null || readAs.trim() === '') return NO_SOURCE;
  const { parsed } = readCarriedCode(readAs);
  const other = otherCodeOf(readAs, ownHost);
  if (other?.kind === 'address') return `host:${other.host}`.slice(0, SOURCE_SYMBOLS_MAX);
  if (parsed.ok) return `code:${parsed.code.slice(0, BATCH_ID_SYMBOLS)}`;
  return `text:${foldedText(readAs).replace(/\s+/g, ' ').trim()}`.slice(0, SOURCE_SYMBOLS_MAX).toWellFormed();
}
