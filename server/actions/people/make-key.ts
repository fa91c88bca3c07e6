// Makes an API key. It is shown once, to the call that made it: only its hash is kept, also for a retry.

import { z } from 'zod';
import type { Actor, ApiKey } from '../../domain/people/account.ts';
import { accountPlace, placeFields } from './account-place.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { secretHash } from './identify-key.ts';
import { keyShown, type ApiKeyShown } from './read.ts';
import { newEntity, saveNew } from '../kit/save.ts';

export const makeKeyInput = z.strictObject({ ...placeFields, name: text(120) }).meta({ id: 'NewKey' });

/** Tells scanners of leaked secrets whose key they found. */
const KEY_PREFIX = 'tem_';
const KEY_BYTES = 32;

/** `key` is null in a retry's answer: then revoke this one and make another. */
export type MadeKey = ApiKeyShown & { key: string | null };

/** Problems: not-allowed, invalid, absent-reference. */
export async function makeKey(
  actor: Actor,
  input: z.output<typeof makeKeyInput>,
  ctx: ActionContext,
): Promise<Outcome<MadeKey>> {
  const place = await accountPlace(actor, input, ctx);
  if (!place.ok) return place;
  const key = KEY_PREFIX + Buffer.from(ctx.random(KEY_BYTES)).toString('base64url');
  const doc: ApiKey = {
    ...newEntity(ctx),
    ...place.value,
    role: input.role,
    name: input.name,
    keyHash: secretHash(key),
    revokedAt: null,
  };
  const kept: MadeKey = { ...keyShown(doc), key: null };
  const shownOnce = { ...kept, key };
  return saveNew(ctx, actor, { collection: 'apiKeys', doc, action: 'make-key', answer: kept, shownOnce });
}
