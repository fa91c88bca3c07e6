// Which look-up an address asks for: `/t/CODE`, `/t/CODE/record`, or a GS1 Digital Link, with or without an origin. Any
// case and a trailing slash are allowed; doubled slashes and needless percent-encoding are mended. Broken
// percent-encoding is a malformed address, never an exception. Decided in CONTRACT §4.

import { parseDigitalLink } from '../domain/stamp/stamp-address.ts';
import type { StampCodeFault } from '../domain/stamp/stamp-code.ts';
import type { Language } from '../domain/language.ts';

/** `encoding`: the percent-encoding is broken, so there is no text. */
export type CodeFault = StampCodeFault | { kind: 'encoding' };

export type ScanRoute =
  | {
      kind: 'stamp';
      /** As in the address, decoded; null if it cannot be decoded. */
      typed: string | null;
      /** What a digital link names besides the code. */
      link: { gtin: string; lot: string | null } | null;
      /** Asks for everything that is recorded, however long; not a scan. */
      full: boolean;
      /** The path was read only after it was mended: its slashes or its percent-encoding are not the printed ones. */
      mended: boolean;
    }
  | { kind: 'bad-link' };

/** What a proxy may send before the path (RFC 9112, absolute-form); the host does not matter here. */
const ORIGIN = /^https?:\/\/[^/?]*/i;
const STAMP_PATH = /^\/t\/([^/]+?)(\/record)?\/?$/i;

/** Slashes that a joined address doubles, and encoded letters, digits, `-`, `.`, `_`, `~` (RFC 3986 §6.2.2.2). */
const SLASHES = /\/{2,}/g;
const NEEDLESS = /%(?:4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE]|3[0-9]|2[DE])/gi;

/** Whether a path is answered by the look-up, and not by what else serves below `/t/`. */
export function isScanPath(path: string): boolean {
  const bare = bareOf(path);
  return isLookUp(bare) || isLookUp(mendedPath(bare));
}

/** Reads the path with its query; null: it is not a look-up. */
export function readScanPath(path: string): ScanRoute | null {
  const bare = bareOf(path);
  return isLookUp(bare) ? routeOf(bare, false) : routeOf(mendedPath(bare), true);
}

function isLookUp(bare: string): boolean {
  return bare.startsWith('/01/') || STAMP_PATH.test(bare);
}

function routeOf(bare: string, mended: boolean): ScanRoute | null {
  if (bare.startsWith('/01/')) {
    const link = parseDigitalLink(bare);
    if (!link.ok) return { kind: 'bad-link' };
    return { kind: 'stamp', typed: link.codeText, link: { gtin: link.gtin, lot: link.lot }, full: false, mended };
  }
  const parts = STAMP_PATH.exec(bare);
  if (parts === null) return null;
  return { kind: 'stamp', typed: decoded(parts[1] ?? ''), link: null, full: parts[2] !== undefined, mended };
}

/** The path with single slashes and without needless percent-encoding; the same string if it has neither. */
function mendedPath(bare: string): string {
  if (!bare.includes('//') && !bare.includes('%')) return bare;
  return bare.replace(NEEDLESS, decodeURIComponent).replace(SLASHES, '/');
}

/** The language that a query asks for, or null. */
export function languageOfQuery(path: string): Language | null {
  const at = path.indexOf('?');
  if (at < 0) return null;
  const asked = /[?&]lang=(vi|en)(?:&|$)/.exec(path.slice(at));
  return asked === null ? null : asked[1] === 'en' ? 'en' : 'vi';
}

/** Without origin and query. */
function bareOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(ORIGIN, '');
  const at = path.indexOf('?');
  return at < 0 ? path : path.slice(0, at);
}

function decoded(segment: string): string | null {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
