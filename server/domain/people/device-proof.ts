// What shows that a request of the inspector's app comes from the phone that signed in: a signature over its method,
// path and time by a key that never leaves the phone (ECDSA P-256, not extractable). A cookie that was copied from a
// phone opens nothing elsewhere.

import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Clocks are corrected by the server's; what is left is the way of a request over a bad network. */
export const PROOF_WINDOW_MS = 5 * 60_000;
/** Milliseconds, a dot, 64 bytes in base64url. */
const PROOF = /^(\d{13})\.([A-Za-z0-9_-]{86})$/;
/** A P-256 key as SPKI has 91 bytes. */
const SPKI_BYTES = 91;

/** What is signed. @param path with its query, as it was sent */
export function proofText(method: string, path: string, atMs: number): string {
  return `temtrace/1/proof\n${method} ${path}\n${atMs}`;
}

/** A phone's public key, SPKI as base64; null: it is no P-256 key. */
export function deviceKeyOf(spki: string): KeyObject | null {
  const der = Buffer.from(spki, 'base64');
  if (der.length !== SPKI_BYTES) return null;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null; // not a key at all
  }
}

/** Whether the proof is this phone's, for this request, and of now. */
export function isProofOf(
  spki: string,
  proof: string | undefined,
  request: { method: string; path: string },
  nowMs: number,
): boolean {
  const [, at = '', signature = ''] = PROOF.exec(proof ?? '') ?? [];
  const atMs = Number(at);
  if (at === '' || Math.abs(nowMs - atMs) > PROOF_WINDOW_MS) return false;
  const key = deviceKeyOf(spki);
  const text = Buffer.from(proofText(request.method, request.path, atMs));
  return (
    key !== null && verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  );
}
