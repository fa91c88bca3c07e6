// The app's keys. The device key signs each request and never leaves the phone; the data key encrypts what lies on it
// and is wrapped twice: by the PIN together with a key of this phone, and by the escrow, which the server gives only to
// a full sign-in. So a forgotten PIN costs a sign-in and no record, and the PIN alone opens nothing elsewhere.

import { openBytes, sealBytes, utf8, type Key } from './seal.ts';

/** Made at the first sign-in; kept as keys that no script can read out. */
export interface DeviceKeys {
  sign: { privateKey: Key; publicKey: Key };
  /** HMAC, part of the key that the PIN makes. */
  pepper: Key;
  /** Encrypts what waits to be sent, which the service worker must read without the PIN. */
  queue: Key;
}

export interface Lock {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  /** Null: wrong PINs destroyed it. */
  byPin: Uint8Array<ArrayBuffer> | null;
  byEscrow: Uint8Array<ArrayBuffer>;
  /** Wrong PINs in a row. */
  wrong: number;
}

const PIN_DIGITS_MIN = 6;
export const PIN_DIGITS_MAX = 12;
/** After so many the copy of the data key that the PIN opens is gone; signing in brings it back. */
export const WRONG_PINS_MAX = 10;
/** OWASP's figure for PBKDF2-SHA-256. */
const ITERATIONS = 600_000;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export async function makeDeviceKeys(): Promise<DeviceKeys> {
  const [sign, pepper, queue] = await Promise.all([
    crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']),
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ]);
  return { sign, pepper, queue };
}

/** The public half for the server: SPKI, base64. */
export async function publicKeyText({ sign }: DeviceKeys): Promise<string> {
  return base64(new Uint8Array(await crypto.subtle.exportKey('spki', sign.publicKey)));
}

/** Whether a PIN may be used: digits, not all alike, no plain run. */
export function isSoundPin(pin: string): boolean {
  if (!/^\d+$/.test(pin) || pin.length < PIN_DIGITS_MIN || pin.length > PIN_DIGITS_MAX) return false;
  const steps = new Set(Array.from(pin.slice(1), (digit, at) => Number(digit) - Number(pin[at])));
  const [step] = steps;
  return steps.size > 1 || Math.abs(step ?? 0) > 1;
}

/** A new data key with its lock. @param escrow 32 bytes of the server */
export async function makeLock(
  pin: string,
  escrow: Uint8Array<ArrayBuffer>,
  keys: DeviceKeys,
  iterations = ITERATIONS,
): Promise<{ lock: Lock; dataKey: Key }> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const byEscrow = await sealBytes(await escrowKey(escrow), 'lock/escrow', raw);
  return { lock: await withPin(raw, pin, byEscrow, keys, iterations), dataKey: await dataKeyOf(raw) };
}

/**
 * Tries a PIN. `keep` writes the lock down and is called before the try, so that ending the app does not give tries
 * back.
 */
export async function openByPin(
  lock: Lock,
  pin: string,
  keys: DeviceKeys,
  keep: (lock: Lock) => Promise<void>,
): Promise<{ kind: 'open'; dataKey: Key } | { kind: 'wrong'; left: number } | { kind: 'sign-in' }> {
  const { byPin, salt, iterations } = lock;
  if (byPin === null) return { kind: 'sign-in' };
  const wrong = lock.wrong + 1;
  await keep({ ...lock, wrong });
  try {
    const raw = await openBytes(await pinKey(pin, salt, iterations, keys), 'lock/pin', byPin);
    await keep({ ...lock, wrong: 0 });
    return { kind: 'open', dataKey: await dataKeyOf(raw) };
  } catch {
    if (wrong < WRONG_PINS_MAX) return { kind: 'wrong', left: WRONG_PINS_MAX - wrong };
    await keep({ ...lock, wrong, byPin: null });
    return { kind: 'sign-in' };
  }
}

/** Opens what lies on the phone after a full sign-in, and locks it by a new PIN. Null: this is another's escrow. */
export async function openByEscrow(
  lock: Lock,
  escrow: Uint8Array<ArrayBuffer>,
  pin: string,
  keys: DeviceKeys,
): Promise<{ lock: Lock; dataKey: Key } | null> {
  try {
    const raw = await openBytes(await escrowKey(escrow), 'lock/escrow', lock.byEscrow);
    return { lock: await withPin(raw, pin, lock.byEscrow, keys, lock.iterations), dataKey: await dataKeyOf(raw) };
  } catch {
    return null;
  }
}

async function withPin(
  raw: Uint8Array<ArrayBuffer>,
  pin: string,
  byEscrow: Uint8Array<ArrayBuffer>,
  keys: DeviceKeys,
  iterations: number,
): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const byPin = await sealBytes(await pinKey(pin, salt, iterations, keys), 'lock/pin', raw);
  return { salt, iterations, byPin, byEscrow, wrong: 0 };
}

/** HKDF(PBKDF2(PIN) ‖ HMAC(phone)): neither the PIN nor the phone's key is enough. */
async function pinKey(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  { pepper }: DeviceKeys,
): Promise<Key> {
  const typed = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  const stretched = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, 256);
  const ofPhone = await crypto.subtle.sign('HMAC', pepper, salt);
  const both = new Uint8Array(stretched.byteLength + ofPhone.byteLength);
  both.set(new Uint8Array(stretched));
  both.set(new Uint8Array(ofPhone), stretched.byteLength);
  return wrappingKey(both, 'temtrace/1/pin-lock');
}

function escrowKey(escrow: Uint8Array<ArrayBuffer>): Promise<Key> {
  return wrappingKey(escrow, 'temtrace/1/escrow-lock');
}

async function wrappingKey(material: Uint8Array<ArrayBuffer>, info: string): Promise<Key> {
  const base = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function dataKeyOf(raw: Uint8Array<ArrayBuffer>): Promise<Key> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
