// HMAC-SHA-256 (RFC 2104) of short texts under one key. Two one-shot hashes over prepared blocks cost half as much as
// creating and collecting an Hmac object, and every scan needs one.

import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Longer texts get their own buffer. */
const TEXT_BYTES_USUAL = 512;
const UNIT_BYTES_MAX = 3;

/** Hashes texts under a key of at most 64 bytes; base64url, 43 symbols. @throws RangeError for a longer key */
export function makeKeyedHash(key: Uint8Array): (text: string) => string {
  if (key.byteLength > BLOCK_BYTES) throw new RangeError(`a key has at most ${BLOCK_BYTES} bytes`);
  const innerPad = padded(key, 0x36);
  const usual = Buffer.concat([innerPad, Buffer.alloc(TEXT_BYTES_USUAL)]);
  const outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(DIGEST_BYTES)]);

  return (text) => {
    const room = text.length * UNIT_BYTES_MAX;
    const inner = room <= TEXT_BYTES_USUAL ? usual : Buffer.concat([innerPad, Buffer.alloc(room)]);
    const end = BLOCK_BYTES + inner.write(text, BLOCK_BYTES, 'utf8');
    hash('sha256', inner.subarray(0, end), 'buffer').copy(outer, BLOCK_BYTES);
    return hash('sha256', outer, 'base64url');
  };
}

function padded(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, pad);
  for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
  return block;
}
