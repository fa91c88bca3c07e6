// The eighteen symbols of a stamp: its batch, its place in the batch, and its tag. Reads and writes them; stamp-keys.ts
// checks the tag. Layout: DESIGN §2 (code = B(6) ‖ index(24) ‖ tag(36), five bits a symbol).
//
// Reading is lenient (any case, hyphens and spaces ignored, O is 0, I and L are 1) but never guesses: no similar code
// is tried. Also runs in browsers.

import { BASE32 } from '../../kit/base32.ts';

export const CODE_ALPHABET = BASE32;
export const CODE_SYMBOLS = 18;
export const BATCH_ID_SYMBOLS = 6;
/** How much of a text is read as a code: eighteen symbols and whatever people put between them. */
const TYPED_SYMBOLS_MAX = 256;

/** `at` is an index into the text as typed; `symbols` counts the symbols that a code may hold. */
export type StampCodeFault = { kind: 'symbol'; at: number; symbol: string } | { kind: 'length'; symbols: number };

export type ParsedStampCode =
  | {
      ok: true;
      /** The canonical 18 symbols, upper case, without hyphens. */
      code: string;
      batchId: string;
      /** The serial minus one. */
      index: number;
      /** 36 bits. */
      tag: bigint;
    }
  | { ok: false; fault: StampCodeFault };

const SEPARATOR = 32;
const NOT_A_SYMBOL = 33;
/** Char code -> value 0..31, or one of the two above. */
const VALUES = symbolValues();
/** What phones and word processors make of a hyphen or a space. */
const TYPED_SEPARATORS = /[\u00a0\u00ad\u2010-\u2015\u2009\u202f\u2212]/u;

/**
 * Reads a code as typed or scanned.
 *
 * Only the first 256 symbols are read. The fault names the first symbol that no code can hold, or else how many symbols
 * there are instead of 18. The tag is not checked.
 */
export function parseStampCode(typed: string): ParsedStampCode {
  const text = typed.slice(0, TYPED_SYMBOLS_MAX);
  const values: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const value = VALUES[text.charCodeAt(at)] ?? NOT_A_SYMBOL;
    if (value < SEPARATOR) values.push(value);
    else if (value === NOT_A_SYMBOL && !TYPED_SEPARATORS.test(text.charAt(at))) {
      return { ok: false, fault: { kind: 'symbol', at, symbol: String.fromCodePoint(text.codePointAt(at) ?? 0) } };
    }
  }
  if (values.length !== CODE_SYMBOLS) return { ok: false, fault: { kind: 'length', symbols: values.length } };

  const bits = (first: number, count: number): number => {
    let sum = 0;
    for (let i = first; i < first + count; i += 1) sum = sum * 32 + (values[i] ?? 0);
    return sum;
  };
  const split = values[10] ?? 0; // the symbol that holds the index's last four bits and the tag's first
  const code = values.map((value) => CODE_ALPHABET.charAt(value)).join('');
  return {
    ok: true,
    code,
    batchId: code.slice(0, BATCH_ID_SYMBOLS),
    index: bits(BATCH_ID_SYMBOLS, 4) * 16 + (split >> 1),
    tag: BigInt((split & 1) * 2 ** 35 + bits(11, 7)),
  };
}

/** A canonical code as people read it: `7K3M9Q-00001V-515K52`. */
export function formatStampCode(code: string): string {
  return `${code.slice(0, 6)}-${code.slice(6, 12)}-${code.slice(12)}`;
}

/**
 * Whether the text has the form of a batch's public id: six symbols, at least one of them a letter, so that it never
 * reads as a GS1 number (Decree 37/2026 art. 28.4).
 */
export function isBatchId(text: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{6}$/.test(text) && /[A-Z]/.test(text);
}

function symbolValues(): Uint8Array {
  const values = new Uint8Array(128).fill(NOT_A_SYMBOL);
  for (const [value, symbol] of Array.from(CODE_ALPHABET).entries()) {
    values[symbol.charCodeAt(0)] = value;
    values[symbol.toLowerCase().charCodeAt(0)] = value;
  }
  for (const [read, meant] of [
    ['O', '0'],
    ['I', '1'],
    ['L', '1'],
  ] as const) {
    values[read.charCodeAt(0)] = Number(meant);
    values[read.toLowerCase().charCodeAt(0)] = Number(meant);
  }
  for (const separator of '- \t\r\n') values[separator.charCodeAt(0)] = SEPARATOR;
  return values;
}
