// Finds the actor of an API key.

import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/people/account.ts';
import type { ActionContext } from '../kit/context.ts';
import { noteRefusal } from './note-refusal.ts';
import { actorOfKey, isKeyInForce } from './maker.ts';
import { soundRecord } from './sound-credential.ts';

/** SHA-256 of a key or token, hex; stored instead of the secret. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The actor of a valid key; null: the refusal is noted. */
export async function identifyKey(key: string, ctx: ActionContext): Promise<Actor | null> {
  const { store } = ctx;
  const found = await soundRecord(store, 'apiKeys', () => store.apiKeys.findBy('keyHash', [secretHash(key)]));
  if (found !== null && (await isKeyInForce(found, ctx))) return actorOfKey(found);
  noteRefusal({ what: 'key', of: found, locked: false }, ctx);
  return null;
}
