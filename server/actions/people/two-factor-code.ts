// Codes of the second step: six digits of a phone's app (TOTP, RFC 6238, SHA-1, 30 seconds, one step of drift either
// way), and recovery codes on paper. A code is used once. The app's secret is kept under a key derived from the master
// key.

import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { TwoFactor, User } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { base32Symbols } from '../../kit/base32.ts';
import type { ActionContext } from '../kit/context.ts';
import { twoFactorOf } from './make-user.ts';

/** 160 bits: what RFC 4226 recommends. */
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
const DRIFT_STEPS = 1;
const NONCE_BYTES = 12;
const MAC_BYTES = 16;
const RECOVERY_CODES = 10;
/** 16 symbols of 5 bits: 80 random bits, so a quick hash is enough. */
const RECOVERY_SYMBOLS = 16;

/** A new secret for an app. */
export function newAppSecret(ctx: ActionContext): Uint8Array {
  return ctx.random(SECRET_BYTES);
}

/** What the app's camera reads. */
export function appAddress(secret: Uint8Array, login: string, issuer: string): string {
  return totpOf(secret, login, issuer).toString();
}

/** For typing into an app without a camera: base32 in groups of four. */
export function appSecretText(secret: Uint8Array): string {
  return (new Secret({ buffer: bufferOf(secret) }).base32.match(/.{1,4}/g) ?? []).join(' ');
}

/** The time step of this code, or null. @param after steps up to this one are used up */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number, after: number): number | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret, '', '').validate({ token, timestamp: nowMs, window: DRIFT_STEPS });
  if (delta === null) return null;
  const step = Math.floor(nowMs / 1_000 / STEP_SECONDS) + delta;
  return step > after ? step : null;
}

/** The second step after this code was used; null: the code is wrong. */
export function acceptCode(
  user: User,
  code: string,
  ctx: ActionContext,
): { twoFactor: TwoFactor; by: 'app' | 'recovery-code' } | null {
  const twoFactor = twoFactorOf(user);
  if (twoFactor === null) return null;
  const secret = openAppSecret(twoFactor.sealedSecret, user.id, ctx);
  const step = secret === null ? null : stepOfCode(secret, code, ctx.now().getTime(), twoFactor.lastStep);
  if (step !== null) return { twoFactor: { ...twoFactor, lastStep: step }, by: 'app' };
  const hash = recoveryHash(code);
  if (!twoFactor.recoveryHashes.includes(hash)) return null;
  return {
    twoFactor: { ...twoFactor, recoveryHashes: twoFactor.recoveryHashes.filter((one) => one !== hash) },
    by: 'recovery-code',
  };
}

/** Codes for paper, `4K7Q-…`: shown once, kept as hashes. */
export function newRecoveryCodes(ctx: ActionContext): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    return (base32Symbols(ctx.random(RECOVERY_SYMBOLS)).match(/.{4}/g) ?? []).join('-');
  });
  return { codes, hashes: codes.map(recoveryHash) };
}

/** Any case; hyphens and spaces as typed. */
function recoveryHash(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
    .digest('hex');
}

/** The app's secret, sealed for this account alone: base64url of nonce, sealed bytes and tag. */
export function sealAppSecret(secret: Uint8Array, userId: Id, ctx: ActionContext): string {
  const nonce = ctx.random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealKey(ctx), nonce).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Null: not sealed by us, or for another account. */
export function openAppSecret(sealed: string, userId: Id, ctx: ActionContext): Uint8Array | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length !== NONCE_BYTES + SECRET_BYTES + MAC_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', sealKey(ctx), bytes.subarray(0, NONCE_BYTES)).setAAD(
    Buffer.from(userId),
  );
  decipher.setAuthTag(bytes.subarray(-MAC_BYTES));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -MAC_BYTES)), decipher.final()]));
  } catch {
    return null;
  }
}

function sealKey(ctx: ActionContext): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', ctx.keys.wrap, '', 'temtrace/1/totp', 32));
}

function totpOf(secret: Uint8Array, label: string, issuer: string): TOTP {
  return new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: new Secret({ buffer: bufferOf(secret) }),
  });
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
