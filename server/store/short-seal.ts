// The seal of what is written often: a line of the audit chain, a tally, a file. Like the seal of a record
// (row-seal.ts) it is an HMAC, but with a key for each kind, and stored as 24 characters: a look-up makes or checks
// three of them.
//
// HMAC-SHA-256 (RFC 2104) is made here from two calls of `hash`, over buffers that begin with the padded key: Node's
// own makes an object a call, and costs a look-up twice as much. A test holds it to Node's own.

import { createHmac, createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';

/** What a key is for. A seal of one kind is not valid for another. */
export type SealPurpose =
  'chain' | 'chain-head' | 'tally' | 'batch-tally' | 'file' | 'request-key' | 'store' | 'forgotten' | 'store-check';

/** 144 bits, six in each character. RFC 2104 asks for at least half of the digest: 128. */
const SEAL_LETTERS = 24;
const KEY_BYTES = 32;
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** A longer text (a kept answer) is left to Node's own HMAC. */
const TEXT_BYTES_MAX = 2_048;
/** A character is at most three bytes of UTF-8. */
const CHARACTERS_MAX = Math.floor(TEXT_BYTES_MAX / 3);

export class ShortSeal {
  private readonly key: KeyObject;
  /** The padded key, then the text; and the padded key, then the digest of those. */
  private readonly inner = Buffer.alloc(BLOCK_BYTES + TEXT_BYTES_MAX, 0x36);
  private readonly outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c);

  /** @param rowKey 32 bytes derived from the master key */
  constructor(rowKey: Uint8Array, purpose: SealPurpose) {
    const key = hkdfSync('sha256', rowKey, new Uint8Array(0), `temtrace/1/seal/${purpose}`, KEY_BYTES);
    const bytes = new Uint8Array(key);
    this.key = createSecretKey(bytes);
    for (const [i, byte] of bytes.entries()) {
      this.inner[i] = byte ^ 0x36;
      this.outer[i] = byte ^ 0x5c;
    }
  }

  /** The seal of a text. Two different things must never have the same text. */
  of(text: string): string {
    if (text.length > CHARACTERS_MAX)
      return createHmac('sha256', this.key).update(text).digest('base64url').slice(0, SEAL_LETTERS);
    const bytes = this.inner.write(text, BLOCK_BYTES);
    // Latin-1 carries the digest's bytes as they are, without a buffer for each.
    this.outer.write(hash('sha256', this.inner.subarray(0, BLOCK_BYTES + bytes), 'latin1'), BLOCK_BYTES, 'latin1');
    return hash('sha256', this.outer, 'base64url').slice(0, SEAL_LETTERS);
  }

  /** Whether `seal` is the seal of this text; false for null (a row without one). */
  isOf(text: string, seal: string | null | undefined): boolean {
    if (typeof seal !== 'string' || seal.length !== SEAL_LETTERS) return false;
    const expected = this.of(text);
    let difference = 0;
    for (let i = 0; i < SEAL_LETTERS; i += 1) difference |= expected.charCodeAt(i) ^ seal.charCodeAt(i);
    return difference === 0;
  }
}
