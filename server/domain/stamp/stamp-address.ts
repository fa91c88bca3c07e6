// The address in a printed symbol, and how a GS1 Digital Link is read back. It is upper case throughout, so that the
// symbol is in alphanumeric mode (STANDARDS §1). Forms: CONTRACT §3. Path grammar: GS1 Digital Link URI Syntax 1.6,
// with a narrower lot.

import type { Batch } from '../batches/batch.ts';
import { isGtin14 } from '../registry/gtin.ts';

/** Letters of a lot that need no percent-encoding and stay in alphanumeric mode. */
const LINK_LOT = /^[A-Z0-9.-]{1,20}$/;

/** `path`: it does not have the form of our links. `gtin`, `lot`: the form is right, but that part is wrong. */
export type DigitalLinkFault = 'path' | 'gtin' | 'lot';

export type ParsedDigitalLink =
  | {
      ok: true;
      gtin: string;
      /** Null: the link names no lot. */
      lot: string | null;
      /** As in the link and unchecked: parseStampCode reads it. */
      codeText: string;
    }
  | { ok: false; fault: DigitalLinkFault };

/** The QR content of one stamp, as printed. @param code 18 canonical symbols */
export function printedAddress(batch: Pick<Batch, 'carrier' | 'origin' | 'digitalLink'>, code: string): string {
  const origin = batch.origin.toUpperCase();
  if (batch.carrier === 'short') return `${origin}/T/${code}`;
  if (batch.digitalLink === null) throw new TypeError('a digital-link batch holds a GTIN and a lot');
  return `${origin}/01/${batch.digitalLink.gtin}/10/${batch.digitalLink.lot}/21/${code}`;
}

/** The host of an origin as people type it: lower case, with its port if it has one. */
export function hostOf(origin: string): string {
  return new URL(origin).host;
}

/** Whether a digital link can hold this lot number. */
export function isLinkLot(text: string): boolean {
  return LINK_LOT.test(text);
}

/**
 * Reads `/01/GTIN[/10/LOT]/21/CODE`. The code is returned unread, because a wrong code is answered differently
 * (CONTRACT §4).
 *
 * @param path the request's path, still percent-encoded, without its query; a trailing slash is allowed
 */
export function parseDigitalLink(path: string): ParsedDigitalLink {
  const parts = /^\/01\/([^/]+)(?:\/10\/([^/]+))?\/21\/([^/]+)\/?$/.exec(path);
  if (parts === null) return { ok: false, fault: 'path' };
  const gtin = decoded(parts[1] ?? '');
  const lot = parts[2] === undefined ? null : decoded(parts[2]);
  const codeText = decoded(parts[3] ?? '');
  if (codeText === undefined) return { ok: false, fault: 'path' };
  if (gtin === undefined || !isGtin14(gtin)) return { ok: false, fault: 'gtin' };
  if (lot === undefined || (lot !== null && !isLinkLot(lot))) return { ok: false, fault: 'lot' };
  return { ok: true, gtin, lot, codeText };
}

/** Undefined: not percent-encoded UTF-8. */
function decoded(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
