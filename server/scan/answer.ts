// The request and answer of a scan, and what its pages need. This file knows no HTTP server: web/public/mount.ts
// carries requests in and answers out. Words and HTML come from web/ through `ScanPages`.

import type { Language } from '../domain/language.ts';
import type { CodeFault } from './scan-path.ts';
import type { Look } from './look.ts';
import type { PublicView } from './public-view.ts';

export interface ScanRequest {
  method: string;
  /** Path with query, as received: `/t/7K3M9Q-00001V-515K52?lang=en`. */
  path: string;
  /** Lower-case names, as node:http gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's address, behind trusted proxies; '' where unknown. */
  address: string;
  /** Whether a proxy that TRUST_PROXY names sent it; only then are headers that a proxy sets used. */
  fromTrustedProxy: boolean;
}

export interface ScanAnswer {
  status: number;
  /** Without Content-Length. Often the same frozen object for many answers. */
  headers: Readonly<Record<string, string>>;
  /** Empty for HEAD. */
  body: Buffer;
  /** The length of the body of a GET. */
  contentLength: number;
}

/** Why a code does not get a verdict. */
export type RefusalReason = 'malformed' | 'not-ours';

/**
 * The texts of a stamp's page that belong to this stamp alone. Everything else is the same for all stamps of a lot. So
 * the page is made once with marks in these places, which are filled in for each scan. All of them are safe HTML: code
 * symbols, digits and our own words.
 */
export interface StampTexts {
  /** 18 symbols, for addresses. */
  plain: string;
  /** The code as shown, without its last four symbols: `7K3M9Q-<wbr>00001V-<wbr>51`. */
  head: string;
  /** Its last four symbols, which a page may set apart. */
  lastFour: string;
  last0: string;
  last1: string;
  last2: string;
  last3: string;
  serial: string;
  /** "This is the first scan", "61 scans". */
  scanTitle: string;
  scanNote: string;
  /** Of a suspect stamp: where and between which days it was scanned. */
  places: string;
  /** That its PIN was entered before, and when; '' where it was not. */
  pinUsed: string;
}

/** The pages that a scan may answer with; each returns a whole HTML document. */
export interface ScanPages {
  /** The style sheets embedded in them, which the policy allows by their hashes. */
  css: readonly string[];
  /** At most 12 KB, or everything that is recorded if `full`. */
  stamp(view: PublicView, language: Language, texts: StampTexts, full: boolean): string;
  stampTexts(look: Look, language: Language): StampTexts;
  /** `typed` is the text in the address; `fault` says what is wrong with it, null if it is well formed. */
  refused(refused: { typed: string; fault: CodeFault | null; contact: Contact | null }, language: Language): string;
  badLink(language: Language): string;
  cannotCheck(language: Language): string;
  tooMany(language: Language): string;
  methodNotAllowed(language: Language): string;
}

/** Whom to ask about a code that is not ours: the deployment's office, if it has exactly one. */
export interface Contact {
  name: string;
  phone: string | null;
}
