// A text of one person that waits for their next page: a form that was sent when their session had ended, or one that
// was refused. It is sealed under our key for that person alone, and ends after a few hours.
//
// It lies among the request keys, which every store keeps, shares between servers and forgets, so it needs no
// collection of its own.

import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { Id } from '../../domain/entity.ts';
import type { ActionContext } from './context.ts';

/** A form that was refused before lunch can still be corrected after it. */
export const HELD_HOURS = 4;
/** A form has at most 64 KB (read-form.ts); its faults add a little. */
export const HELD_BYTES_MAX = 96 * 1_024;
/** Request keys are forgotten after 30 days (jobs/retention.ts). One that is 29 days old is gone a day or two later. */
const AGED_MS = 29 * 86_400_000;
const ID_BYTES = 18;
const ID = /^[\w-]{24}$/;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HOUR_MS = 3_600_000;

type Keys = Pick<ActionContext, 'keys' | 'now' | 'random'>;

/** The name under which this person gets the text again; null: it is too long to be kept. */
export async function holdText(
  owner: Id,
  text: string,
  ctx: Keys & Pick<ActionContext, 'store'>,
): Promise<string | null> {
  const sealed = sealText(owner, text, HELD_HOURS * HOUR_MS, ctx);
  if (sealed === null) return null;
  const id = Buffer.from(ctx.random(ID_BYTES)).toString('base64url');
  const at = new Date(ctx.now().getTime() - AGED_MS).toISOString();
  await ctx.store.keepRequest({ key: keyOf(id), bodyHash: hashOf(sealed), answer: sealed }, at);
  return id;
}

/** Null: there is none, it is another person's, or it has ended. */
export async function readHeldText(
  owner: Id,
  id: string,
  ctx: Keys & Pick<ActionContext, 'store'>,
): Promise<string | null> {
  if (!ID.test(id)) return null;
  const found = await ctx.store.findRequest(keyOf(id));
  return typeof found?.answer === 'string' ? openText(owner, found.answer, ctx) : null;
}

/** Sealed for this owner, for so long; null: it is longer than HELD_BYTES_MAX. */
export function sealText(owner: string, text: string, lastsMs: number, ctx: Keys): string | null {
  const plain = Buffer.from(JSON.stringify([ctx.now().getTime() + lastsMs, text]));
  if (plain.length > HELD_BYTES_MAX) return null;
  const nonce = ctx.random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealKey(ctx), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Null: not sealed by us, for another owner, or it has ended. */
export function openText(owner: string, sealed: string, ctx: Keys): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', sealKey(ctx), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  }).setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    const [untilMs, text] = JSON.parse(plain.toString()) as [number, string];
    return ctx.now().getTime() < untilMs ? text : null;
  } catch {
    return null;
  }
}

function sealKey({ keys }: Keys): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', keys.wrap, '', 'temtrace/1/held-text', 32));
}

function keyOf(id: string): string {
  return hashOf(`held\n${id}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
