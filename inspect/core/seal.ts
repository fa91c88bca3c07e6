// What lies on the phone is encrypted: AES-256-GCM, a new nonce for each record, and the record's place bound in, so
// that no record can be put in the place of another.

export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const NONCE_BYTES = 12;

/** @param place store and key of the record, as in `items/…` */
export async function sealBytes(
  key: Key,
  place: string,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: utf8(place) }, key, plain);
  const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  whole.set(nonce);
  whole.set(new Uint8Array(sealed), NONCE_BYTES);
  return whole;
}

/** @throws OperationError if it was sealed by another key, for another place, or changed */
export async function openBytes(
  key: Key,
  place: string,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: sealed.subarray(0, NONCE_BYTES), additionalData: utf8(place) },
    key,
    sealed.subarray(NONCE_BYTES),
  );
  return new Uint8Array(plain);
}

export function sealJson(key: Key, place: string, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return sealBytes(key, place, utf8(JSON.stringify(value)));
}

/** The value, as it was sealed by this app. */
export async function openJson<T>(key: Key, place: string, sealed: Uint8Array<ArrayBuffer>): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, place, sealed))) as T;
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
