// Names what is not one of our stamp codes: people type the barcode of the pack, paste another service's link, or a
// telephone number, and that is more useful to hear than how many symbols are missing.

import { checkDigitOf } from '../registry/gtin.ts';
import { visibleText } from '../visible-text.ts';
import { CARRIER_SYMBOLS_MAX } from './carried-code.ts';

export type OtherCode =
  /** A GTIN of 8, 12, 13 or 14 digits: the barcode that every pack of a product shares. */
  | { kind: 'barcode' }
  | { kind: 'phone' }
  /** An address of another service, with its `host` as written there. */
  | { kind: 'address'; host: string };

/** GTIN-8, -12, -13 and -14 (GS1 General Specifications §3). */
const GTIN_LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);
const SCHEME = /^[a-z][a-z0-9+.-]{1,20}:\/\//i;
/** A host with a top-level name, `weixin.qq.com/r/x` as well as `https://weixin.qq.com/r/x`. */
const HOST = /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/)?((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?::\d{1,5})?(?:[/?#]|$)/i;
/** A Vietnamese number, at home or from abroad (Circular 22/2014/TT-BTTTT: ten digits, with area codes eleven). */
const PHONE = /^(?:\+?84|0)\d{9,10}$/;

/**
 * What a text is that holds no stamp code; null where nothing is known of it.
 * @param ownHost whose addresses are ours
 */
export function otherCodeOf(typed: string, ownHost: string): OtherCode | null {
  const text = visibleText(typed.slice(0, CARRIER_SYMBOLS_MAX)).trim();
  const host = HOST.exec(text)?.[1]?.toLowerCase();
  if (host !== undefined) return host === ownHost.replace(/:\d+$/, '') ? null : { kind: 'address', host };
  if (SCHEME.test(text)) return { kind: 'address', host: text.slice(0, text.indexOf('://')).toLowerCase() };
  const digits = text.replace(/[\s().-]/g, '');
  if (PHONE.test(digits) && !isBarcode(digits)) return { kind: 'phone' };
  return isBarcode(digits) ? { kind: 'barcode' } : null;
}

function isBarcode(digits: string): boolean {
  return /^\d+$/.test(digits) && GTIN_LENGTHS.has(digits.length) && checkDigitOf(digits.slice(0, -1)) === digits.at(-1);
}
