// The secret in the address of a complaint's or report's page: whoever sent it reads there what became of it. Only its
// hash is stored.

import { timingSafeEqual } from 'node:crypto';
import { secretHash } from '../people/identify-key.ts';
import type { ActionContext } from '../kit/context.ts';

/** 128 bits: nobody finds one by trying. */
const KEY_BYTES = 16;
/** What is read of a key in an address. */
export const ANSWER_KEY_SYMBOLS_MAX = 64;

export function newAnswerKey(ctx: ActionContext): { key: string; keyHash: string } {
  const key = Buffer.from(ctx.random(KEY_BYTES)).toString('base64url');
  return { key, keyHash: secretHash(key) };
}

/** Whether the key is the one of this hash; a record without a hash has no key. */
export function isAnswerKey(key: string, keyHash: string | undefined): boolean {
  if (keyHash === undefined || key.length > ANSWER_KEY_SYMBOLS_MAX) return false;
  const given = Buffer.from(secretHash(key), 'latin1');
  const kept = Buffer.from(keyHash, 'latin1');
  return given.length === kept.length && timingSafeEqual(given, kept);
}
