// Devices on which somebody signed in before, recognised by their cookie. A stranger who tries names from the same
// network cannot lock such a device out. A mark is a nonce and a minute under a MAC that binds them to one account. It
// does not reveal the account, and an invented mark, or one moved to another account, is invalid. Shared computers hold
// a few marks.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Id } from '../../domain/entity.ts';
import type { ActionContext } from '../kit/context.ts';

/** How long a device stays known without a sign-in; staff of an office sign in more often. */
export const DEVICE_DAYS = 90;
/** People who share a computer. With more, the one who signed in longest ago is forgotten. */
export const DEVICE_MARKS_MAX = 5;
const NONCE_BYTES = 12;
const MINUTE_BYTES = 4;
const HEAD_BYTES = NONCE_BYTES + MINUTE_BYTES;
const MAC_BYTES = 16;
const MARK = /^[\w-]{43}$/;
const MINUTE_MS = 60_000;

type Keys = Pick<ActionContext, 'keys' | 'now'>;

/** A name for this device and account, for counting tries; null: the device is not known. @param marks of the cookie */
export function knownDevice(marks: string | null, userId: Id, ctx: Keys): string | null {
  const mark = marksIn(marks).find((one) => isMarkOf(one, userId, ctx));
  return mark === undefined ? null : Buffer.from(mark, 'base64url').toString('base64url', 0, NONCE_BYTES);
}

/** The cookie's marks after this account has signed in. */
export function withMarkOf(marks: string | null, userId: Id, ctx: Keys & Pick<ActionContext, 'random'>): string {
  const head = Buffer.alloc(HEAD_BYTES);
  head.set(ctx.random(NONCE_BYTES));
  head.writeUInt32BE(Math.floor(ctx.now().getTime() / MINUTE_MS), NONCE_BYTES);
  const mark = Buffer.concat([head, macOf(head, userId, ctx)]).toString('base64url');
  const others = marksIn(marks).filter((one) => !isMarkOf(one, userId, ctx));
  return [mark, ...others].slice(0, DEVICE_MARKS_MAX).join('.');
}

function marksIn(marks: string | null): string[] {
  return (marks ?? '').split('.', DEVICE_MARKS_MAX).filter((mark) => MARK.test(mark));
}

function isMarkOf(mark: string, userId: Id, ctx: Keys): boolean {
  const bytes = Buffer.from(mark, 'base64url');
  const head = bytes.subarray(0, HEAD_BYTES);
  const mac = bytes.subarray(HEAD_BYTES);
  if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, macOf(head, userId, ctx))) return false;
  const ageMs = ctx.now().getTime() - head.readUInt32BE(NONCE_BYTES) * MINUTE_MS;
  return ageMs < DEVICE_DAYS * 86_400_000;
}

function macOf(head: Uint8Array, userId: Id, { keys }: Keys): Uint8Array {
  const key = new Uint8Array(hkdfSync('sha256', keys.wrap, '', 'temtrace/1/device', 32));
  return createHmac('sha256', key).update(head).update(userId).digest().subarray(0, MAC_BYTES);
}
