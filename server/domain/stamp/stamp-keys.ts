// Codes and PINs of one batch's serials, and whether a tag is right. No code is stored: all are computed. The layout is
// DESIGN §2, with test vectors in test/codes/. One cipher per batch stays open, so one code costs about a microsecond.
// In bulk, thousands of blocks go through the cipher in one call, straight into the caller's bytes.

import { createCipheriv, hkdfSync } from 'node:crypto';

import { BATCH_QUANTITY_MAX } from '../batches/batch.ts';
import { BATCH_ID_SYMBOLS, CODE_ALPHABET, CODE_SYMBOLS, isBatchId } from './stamp-code.ts';

export const SECRET_BYTES = 32;
const KEY_BYTES = 16;
const BLOCK_BYTES = 16;
/** Blocks per cipher call in bulk: 64 KiB, which stays in the second-level cache. */
const BULK_BLOCKS = 4_096;
const TAG_INFO = 'temtrace/1/tag';
const PIN_INFO = 'temtrace/1/pin';
/** 2^32 mod 1,000,000. */
const WORD_MOD_PIN = 967_296;
const PINS = 1_000_000;
/** 36 bits. */
export const TAG_BYTES = 5;
/** Decimal digits of a PIN. */
export const PIN_DIGITS = 6;
const ZERO = 0x30;

const SYMBOLS = Uint8Array.from(CODE_ALPHABET, (symbol) => symbol.charCodeAt(0));

/** Keys of one batch without its secret; enough for a worker that prints. */
export interface ExportedKeys {
  /** 16 bytes. */
  tagKey: Uint8Array;
  /** 16 bytes. */
  pinKey: Uint8Array;
}

export interface BatchKeys {
  batchId: string;
  /** The 18 canonical symbols of serial 1..16,777,216. @throws RangeError for another serial */
  codeOf(serial: number): string;
  /** Six digits. @throws RangeError for another serial */
  pinOf(serial: number): string;
  /**
   * Whether this is the tag of this index, in constant time. The batch's quantity is not known here: the caller treats
   * a larger index as forged.
   */
  checkTag(index: number, tag: bigint): boolean;
  /**
   * Writes the codes of serials from..to, 18 ASCII bytes each, without separators; returns the number of bytes written.
   * @throws RangeError if a serial is out of range or `out` is too short
   */
  writeCodes(from: number, to: number, out: Uint8Array): number;
  /** The same for the PINs, six ASCII digits each. */
  writePins(from: number, to: number, out: Uint8Array): number;
  /** The same for the tags, TAG_BYTES each, big-endian: 36 bits under four zero bits. */
  writeTags(from: number, to: number, out: Uint8Array): number;
  exportKeys(): ExportedKeys;
}

/** Opens a batch from its 256-bit secret. @throws RangeError for a secret or id of another length */
export function openBatchKeys(secret: Uint8Array, batchId: string): BatchKeys {
  if (secret.byteLength !== SECRET_BYTES) throw new RangeError(`a secret has ${SECRET_BYTES} bytes`);
  const derive = (info: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), info, KEY_BYTES));
  return openBatchKeysFrom({ tagKey: derive(TAG_INFO), pinKey: derive(PIN_INFO) }, batchId);
}

/** Opens a batch from exported keys. @throws RangeError for a key or id of another length */
export function openBatchKeysFrom(keys: ExportedKeys, batchId: string): BatchKeys {
  if (!isBatchId(batchId)) throw new RangeError('a batch id has six symbols and at least one letter');
  const tags = openBlocks(keys.tagKey);
  const pins = openBlocks(keys.pinKey);
  const prefix = Buffer.from(batchId, 'latin1');
  const one = Buffer.alloc(CODE_SYMBOLS);

  return {
    batchId,
    codeOf(serial) {
      writeCode(one, 0, prefix, serial - 1, tags.blockOf(indexOf(serial)), 0);
      return one.toString('latin1');
    },
    pinOf: (serial) => String(pinIn(pins.blockOf(indexOf(serial)), 0)).padStart(PIN_DIGITS, '0'),
    checkTag(index, tag) {
      const block = tags.blockOf(index);
      const given = Number(tag);
      const difference = (wordAt(block, 0) ^ Math.floor(given / 16)) | ((byteAt(block, 4) >> 4) ^ (given % 16));
      return difference === 0 && given < 2 ** 36;
    },
    writeCodes: (from, to, out) =>
      inBulk(tags, from, to, out, CODE_SYMBOLS, (at, index, blocks, b) => writeCode(out, at, prefix, index, blocks, b)),
    writePins: (from, to, out) =>
      inBulk(pins, from, to, out, PIN_DIGITS, (at, _index, blocks, b) => writePin(out, at, pinIn(blocks, b))),
    writeTags: (from, to, out) =>
      inBulk(tags, from, to, out, TAG_BYTES, (at, _index, blocks, b) => writeTag(out, at, blocks, b)),
    exportKeys: () => ({ tagKey: Uint8Array.from(keys.tagKey), pinKey: Uint8Array.from(keys.pinKey) }),
  };
}

interface Blocks {
  blockOf(index: number): Buffer;
  blocksOf(first: number, count: number): Buffer;
}

/**
 * AES-128 of indexes as 16-byte big-endian blocks. ECB without padding is the bare block cipher, so one cipher can be
 * used for all blocks.
 */
function openBlocks(key: Uint8Array): Blocks {
  if (key.byteLength !== KEY_BYTES) throw new RangeError(`a batch's keys have ${KEY_BYTES} bytes`);
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const single = Buffer.alloc(BLOCK_BYTES);
  let bulk: Buffer | null = null; // allocated on first use: only printing needs it

  return {
    blockOf(index) {
      single.writeUInt32BE(index, BLOCK_BYTES - 4);
      return cipher.update(single);
    },
    blocksOf(first, count) {
      bulk ??= Buffer.alloc(BULK_BLOCKS * BLOCK_BYTES);
      for (let i = 0, at = BLOCK_BYTES - 4; i < count; i += 1, at += BLOCK_BYTES) {
        const index = first + i;
        bulk[at + 1] = index >>> 16;
        bulk[at + 2] = index >>> 8;
        bulk[at + 3] = index;
      }
      return cipher.update(bulk.subarray(0, count * BLOCK_BYTES));
    },
  };
}

/** Calls `write` for each serial, with the offsets of its bytes and of its block. Returns the bytes written. */
function inBulk(
  keys: Blocks,
  from: number,
  to: number,
  out: Uint8Array,
  bytes: number,
  write: (at: number, index: number, blocks: Uint8Array, b: number) => void,
): number {
  indexOf(from);
  indexOf(to);
  if (out.byteLength < (to - from + 1) * bytes) throw new RangeError('too few bytes for these serials');
  let at = 0;
  for (let first = from - 1; first < to; first += BULK_BLOCKS) {
    const count = Math.min(BULK_BLOCKS, to - first);
    const blocks = keys.blocksOf(first, count);
    for (let i = 0; i < count; i += 1) {
      write(at, first + i, blocks, i * BLOCK_BYTES);
      at += bytes;
    }
  }
  return at;
}

/** The block's first 64 bits modulo a million (DESIGN §2). */
function pinIn(block: Uint8Array, b: number): number {
  return ((wordAt(block, b) % PINS) * WORD_MOD_PIN + wordAt(block, b + 4)) % PINS;
}

function writePin(out: Uint8Array, at: number, pin: number): void {
  let rest = pin;
  for (let digit = PIN_DIGITS - 1; digit >= 0; digit -= 1) {
    out[at + digit] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

function writeTag(out: Uint8Array, at: number, block: Uint8Array, b: number): void {
  out[at] = byteAt(block, b) >>> 4;
  for (let i = 1; i < TAG_BYTES; i += 1)
    out[at + i] = ((byteAt(block, b + i - 1) & 15) << 4) | (byteAt(block, b + i) >>> 4);
}

function indexOf(serial: number): number {
  if (!Number.isInteger(serial) || serial < 1 || serial > BATCH_QUANTITY_MAX)
    throw new RangeError(`no stamp has serial ${serial}`);
  return serial - 1;
}

/**
 * Writes one code: the batch's six symbols, then 60 bits of index and tag. `block` holds the tag's AES block at `b`.
 */
function writeCode(out: Uint8Array, at: number, prefix: Uint8Array, index: number, block: Uint8Array, b: number): void {
  for (let i = 0; i < BATCH_ID_SYMBOLS; i += 1) out[at + i] = byteAt(prefix, i);
  const high = wordAt(block, b); // tag bits 35..4
  const low = byteAt(block, b + 4) >>> 4; // tag bits 3..0
  out[at + 6] = byteAt(SYMBOLS, index >>> 19);
  out[at + 7] = byteAt(SYMBOLS, (index >>> 14) & 31);
  out[at + 8] = byteAt(SYMBOLS, (index >>> 9) & 31);
  out[at + 9] = byteAt(SYMBOLS, (index >>> 4) & 31);
  out[at + 10] = byteAt(SYMBOLS, ((index & 15) << 1) | (high >>> 31));
  out[at + 11] = byteAt(SYMBOLS, (high >>> 26) & 31);
  out[at + 12] = byteAt(SYMBOLS, (high >>> 21) & 31);
  out[at + 13] = byteAt(SYMBOLS, (high >>> 16) & 31);
  out[at + 14] = byteAt(SYMBOLS, (high >>> 11) & 31);
  out[at + 15] = byteAt(SYMBOLS, (high >>> 6) & 31);
  out[at + 16] = byteAt(SYMBOLS, (high >>> 1) & 31);
  out[at + 17] = byteAt(SYMBOLS, ((high & 1) << 4) | low);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((byteAt(bytes, at) << 24) |
      (byteAt(bytes, at + 1) << 16) |
      (byteAt(bytes, at + 2) << 8) |
      byteAt(bytes, at + 3)) >>>
    0
  );
}
