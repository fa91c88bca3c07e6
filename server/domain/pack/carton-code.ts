// The code of a carton: which stamps are in it, signed, so that any phone checks it without network and without a
// pack. On paper it is `HTTPS://HOST/C/` and 120 symbols of Crockford base32:
//
//     "1" ‖ batch id (6) ‖ first and last index (24 bits each, two zero bits: 10 symbols) ‖ Ed25519 signature (103)
//
// The signature is over "temtrace/1/carton\n" and the first 17 symbols. This file runs on the phone as well.

import { BATCH_QUANTITY_MAX } from '../batches/batch.ts';
import type { SerialRange } from '../batches/intervals.ts';
import type { Id } from '../entity.ts';
import { BASE32 } from '../../kit/base32.ts';
import { isBatchId } from '../stamp/stamp-code.ts';

const FORM = '1';
const HEAD_SYMBOLS = 17;
const CARTON_SYMBOLS = 120;
const SIGNATURE_BYTES = 64;
const RANGE_BITS = 50;
const SIGNED_PREFIX = 'temtrace/1/carton\n';

export interface Carton extends SerialRange {
  batchId: Id;
}

export type ParsedCarton =
  | ({ ok: true; code: string; /** What the signature is over. */ signed: Uint8Array; signature: Uint8Array } & Carton)
  | { ok: false };

/** The first 17 symbols. @throws RangeError for a range that no batch has */
export function cartonHead({ batchId, from, to }: Carton): string {
  if (!isBatchId(batchId) || from < 1 || to < from || to > BATCH_QUANTITY_MAX)
    throw new RangeError('no carton has this range');
  const bits = (BigInt(from - 1) << 26n) | (BigInt(to - 1) << 2n);
  return `${FORM}${batchId}${symbolsOf(bits, RANGE_BITS)}`;
}

export function cartonSignatureInput(head: string): Uint8Array {
  return new TextEncoder().encode(`${SIGNED_PREFIX}${head}`);
}

/** The whole code. @param signature 64 bytes */
export function cartonCode(head: string, signature: Uint8Array): string {
  let bits = 0n;
  for (const byte of signature) bits = (bits << 8n) | BigInt(byte);
  return `${head}${symbolsOf(bits << 3n, SIGNATURE_BYTES * 8 + 3)}`;
}

/** Reads a code, or an address that ends in one, in any case. The signature is not checked. */
export function parseCarton(text: string): ParsedCarton {
  const code = text.trim().slice(-CARTON_SYMBOLS).toUpperCase();
  const before = text.trim().slice(0, -CARTON_SYMBOLS);
  if (code.length !== CARTON_SYMBOLS || !code.startsWith(FORM) || (before !== '' && !/\/C\/$/i.test(before.slice(-3))))
    return { ok: false };
  const range = bitsOf(code.slice(7, HEAD_SYMBOLS));
  const sealed = bitsOf(code.slice(HEAD_SYMBOLS));
  const batchId = code.slice(1, 7);
  if (range === null || sealed === null || !isBatchId(batchId) || (range & 3n) !== 0n || (sealed & 7n) !== 0n)
    return { ok: false };
  const from = Number(range >> 26n) + 1;
  const to = Number((range >> 2n) & 0xffffffn) + 1;
  if (to < from) return { ok: false };
  const signature = new Uint8Array(SIGNATURE_BYTES);
  for (let i = 0; i < SIGNATURE_BYTES; i += 1)
    signature[i] = Number((sealed >> BigInt(8 * (SIGNATURE_BYTES - 1 - i) + 3)) & 255n);
  return { ok: true, code, batchId, from, to, signed: cartonSignatureInput(code.slice(0, HEAD_SYMBOLS)), signature };
}

function symbolsOf(bits: bigint, length: number): string {
  let text = '';
  for (let left = length; left > 0; left -= 5) text += BASE32.charAt(Number((bits >> BigInt(left - 5)) & 31n));
  return text;
}

/** Null for a symbol that no code has. */
function bitsOf(symbols: string): bigint | null {
  let bits = 0n;
  for (const symbol of symbols) {
    const value = BASE32.indexOf(symbol);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  return bits;
}
