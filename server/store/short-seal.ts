// The seal of what is written often: a line of the audit chain, a tally, a file. Like the seal of a record
// (row-seal.ts) it is an HMAC, but with a key for each kind, and stored as 24 characters: a look-up makes or checks
// three of them.

import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What a key is for. A seal of one kind is not valid for another. */
export type SealPurpose =
  'chain' | 'chain-head' | 'tally' | 'batch-tally' | 'file' | 'request-key' | 'store' | 'forgotten' | 'store-check';

/** 144 bits, six in each character. RFC 2104 asks for at least half of the digest: 128. */
const SEAL_LETTERS = 24;
const KEY_BYTES = 32;

export class ShortSeal {
  private readonly key: KeyObject;

  /** @param rowKey 32 bytes derived from the master key */
  constructor(rowKey: Uint8Array, purpose: SealPurpose) {
    const key = hkdfSync('sha256', rowKey, new Uint8Array(0), `temtrace/1/seal/${purpose}`, KEY_BYTES);
    this.key = createSecretKey(new Uint8Array(key));
  }

  /** The seal of a text. Two different things must never have the same text. */
  of(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url').slice(0, SEAL_LETTERS);
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
