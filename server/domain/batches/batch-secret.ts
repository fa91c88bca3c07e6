// How a batch's secret is stored: AES-256-GCM under a key of the deployment, bound to the fields that say what the
// batch is. A copy of the database cannot forge codes. Write access to the database can neither enlarge a batch nor
// give it to another producer (DESIGN §2).

import { createCipheriv, createDecipheriv } from 'node:crypto';

import type { Batch } from './batch.ts';
import { openBatchKeys, SECRET_BYTES, type BatchKeys } from '../stamp/stamp-keys.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The fields that the wrapping binds: if one of them changes, the secret does not open. */
export type BoundFields = Pick<Batch, 'id' | 'quantity' | 'producerId' | 'carrier' | 'origin' | 'issuedAt'>;

/**
 * Wraps a 256-bit secret: base64 of iv (12 bytes), ciphertext (32), tag (16).
 *
 * @param wrapKey 32 bytes, derived from the master key
 * @param random  gives this many random bytes
 */
export function wrapSecret(
  wrapKey: Uint8Array,
  secret: Uint8Array,
  batch: BoundFields,
  random: (bytes: number) => Uint8Array,
): string {
  if (secret.byteLength !== SECRET_BYTES) throw new RangeError(`a secret has ${SECRET_BYTES} bytes`);
  const iv = random(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrapKey, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundBytes(batch));
  return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** The secret of a batch; null if the key, the wrapped bytes or a bound field differ from those of the wrapping. */
export function unwrapSecret(
  wrapKey: Uint8Array,
  batch: BoundFields & Pick<Batch, 'wrappedSecret'>,
): Uint8Array | null {
  const wrapped = Buffer.from(batch.wrappedSecret, 'base64');
  if (wrapped.byteLength !== IV_BYTES + SECRET_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', wrapKey, wrapped.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundBytes(batch));
  decipher.setAuthTag(wrapped.subarray(IV_BYTES + SECRET_BYTES));
  const secret = decipher.update(wrapped.subarray(IV_BYTES, IV_BYTES + SECRET_BYTES));
  try {
    decipher.final();
  } catch {
    return null; // final() throws for one reason only: the tag does not match
  }
  return new Uint8Array(secret);
}

/** The keys of a batch; null if its secret does not open. */
export function unwrapKeys(wrapKey: Uint8Array, batch: BoundFields & Pick<Batch, 'wrappedSecret'>): BatchKeys | null {
  const secret = unwrapSecret(wrapKey, batch);
  return secret === null ? null : openBatchKeys(secret, batch.id);
}

function boundBytes(batch: BoundFields): Buffer {
  const { id, quantity, producerId, carrier, origin, issuedAt } = batch;
  return Buffer.from(
    JSON.stringify(['temtrace/1/secret', id, quantity, producerId, carrier, origin, issuedAt]),
    'utf8',
  );
}
