// The key pairs that sign what is checked without us: packs, cartons, records. Ed25519 (RFC 8032). The private half is
// stored under a key derived from the master key, bound to its id and its public half. One is current; the others are
// retired and stay public for ever, because cartons last for years.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  sign,
  verify,
} from 'node:crypto';
import type { Entity, Instant } from '../entity.ts';

const SEED_BYTES = 32;
const NONCE_BYTES = 12;
const MAC_BYTES = 16;
export const SIGNATURE_BYTES = 64;
/** ASN.1 before the 32 bytes of a private key (RFC 8410 §7) and of a public key (§4). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export interface SigningKey extends Entity {
  /** Its id is its `kid`: the first symbols of the public key's hash. */
  state: 'current' | null;
  /** 32 bytes, base64url. */
  publicKey: string;
  /** The private key's 32 bytes, AES-256-GCM (base64url of nonce, sealed bytes, tag). */
  wrappedKey: string;
  from: Instant;
  /** Null: it is current. */
  until: Instant | null;
}

/** A new pair, of this seed. @param wrapKey 32 bytes, derived from the master key */
export function newSigningPair(
  wrapKey: Uint8Array,
  random: (bytes: number) => Uint8Array,
): Pick<SigningKey, 'id' | 'publicKey' | 'wrappedKey'> {
  const seed = random(SEED_BYTES);
  const publicKey = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' }).subarray(-SEED_BYTES);
  const id = createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(wrapKey), nonce).setAAD(boundTo(id, publicKey));
  const sealed = Buffer.concat([nonce, cipher.update(seed), cipher.final(), cipher.getAuthTag()]);
  return { id, publicKey: publicKey.toString('base64url'), wrappedKey: sealed.toString('base64url') };
}

/** Signs bytes; null if the stored private key does not open with this master key, or is not this pair's. */
export function signWith(
  wrapKey: Uint8Array,
  key: Pick<SigningKey, 'id' | 'publicKey' | 'wrappedKey'>,
  bytes: Uint8Array,
): Uint8Array | null {
  const sealed = Buffer.from(key.wrappedKey, 'base64url');
  if (sealed.length !== NONCE_BYTES + SEED_BYTES + MAC_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(wrapKey), sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo(key.id, Buffer.from(key.publicKey, 'base64url'))).setAuthTag(sealed.subarray(-MAC_BYTES));
  try {
    const seed = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -MAC_BYTES)), decipher.final()]);
    return new Uint8Array(sign(null, bytes, privateKeyOf(seed)));
  } catch {
    return null; // final() throws for one reason only: the tag does not match
  }
}

/** Whether the signature of these bytes is this public key's (32 bytes, base64url). */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== SEED_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  return verify(null, bytes, key, signature);
}

function privateKeyOf(seed: Uint8Array): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

function sealingKey(wrapKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', wrapKey, '', 'temtrace/1/signing-key', 32));
}

function boundTo(id: string, publicKey: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`temtrace/1/signing-key\n${id}\n`), publicKey]);
}
