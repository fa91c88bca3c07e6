// What a phone without network knows of a stamp's tag: 16 of the bits of an HMAC. It answers "is this code ours?"
// with one false yes in 65,536 tries, and gives no tag away: who holds it still guesses 20 bits of each tag online,
// where wrong codes are bounded by batch (scan/wrong-tries.ts).
//
// The function of a batch is the same for ever. A pack with a fresh function would give 16 further bits of each tag.

import { createHmac, hkdfSync } from 'node:crypto';
import { TAG_BYTES, type BatchKeys } from '../stamp/stamp-keys.ts';
import { FINGERPRINT_BYTES } from './pack-format.ts';

const PACK_INFO = 'temtrace/1/pack';
const PACK_KEY_BYTES = 16;

/** The key of a batch's fingerprints, from its 256-bit secret. It says nothing of the keys of its codes and PINs. */
export function packKeyOf(secret: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), PACK_INFO, PACK_KEY_BYTES));
}

/** The fingerprints of serials from..to, FINGERPRINT_BYTES each. @throws RangeError for a serial out of range */
export function fingerprintsOf(
  keys: Pick<BatchKeys, 'writeTags'>,
  packKey: Uint8Array,
  from: number,
  to: number,
): Uint8Array {
  const count = to - from + 1;
  const tags = new Uint8Array(count * TAG_BYTES);
  keys.writeTags(from, to, tags);
  const out = new Uint8Array(count * FINGERPRINT_BYTES);
  for (let i = 0; i < count; i += 1) {
    const mac = createHmac('sha256', packKey)
      .update(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES))
      .digest();
    out[i * FINGERPRINT_BYTES] = mac[0] ?? 0;
    out[i * FINGERPRINT_BYTES + 1] = mac[1] ?? 0;
  }
  return out;
}
