// Makes an API key. Only the call that made it sees the key; its hash is stored, and a retry does not see it either.

import { z } from 'zod';
import type { Actor, ApiKey } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import { accountPlace, placeFields } from './account-place.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { instant, text } from '../kit/fields.ts';
import { secretHash } from './identify-key.ts';
import { keyShown, type ApiKeyShown } from './read.ts';
import { hasEnded, makerIdOf, MAKERS_MAX } from './maker.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';

export const makeKeyInput = z
  .strictObject({ ...placeFields, name: text(120), expiresAt: instant.nullable().optional() })
  .meta({ id: 'NewKey' });

/** Helps scanners of leaked secrets to recognise our keys. */
const KEY_PREFIX = 'tem_';
const KEY_BYTES = 32;

/** `key` is null in the answer to a retry: revoke that key and make another. */
export type MadeKey = ApiKeyShown & { key: string | null };

/** Problems: not-allowed, invalid, absent-reference. */
export async function makeKey(
  actor: Actor,
  input: z.output<typeof makeKeyInput>,
  ctx: ActionContext,
): Promise<Outcome<MadeKey>> {
  const place = await accountPlace(actor, input, ctx);
  if (!place.ok) return place;
  const { expiresAt = null } = input;
  if (hasEnded({ expiresAt }, ctx))
    return fieldProblem('invalid', 'expiresAt', 'past', 'A key ends in the future, or has no end.');
  const by = actorId(actor);
  if (!(await mayMakeKeys(by, ctx)))
    return fail('not-allowed', `A key is made by an account, or by a key that ${MAKERS_MAX - 1} keys at most lead to.`);
  const key = KEY_PREFIX + Buffer.from(ctx.random(KEY_BYTES)).toString('base64url');
  const doc: ApiKey = {
    ...newEntity(ctx),
    ...place.value,
    role: input.role,
    name: input.name,
    keyHash: secretHash(key),
    revokedAt: null,
    expiresAt,
    by,
  };
  const kept: MadeKey = { ...keyShown(doc, by), key: null };
  const shownOnce = { ...kept, key };
  return saveNew(ctx, actor, { collection: 'apiKeys', doc, action: 'make-key', answer: kept, shownOnce });
}

/** Whether a key made by this one would be valid: the chain of makers must reach an account within MAKERS_MAX steps. */
async function mayMakeKeys(by: Id, ctx: ActionContext): Promise<boolean> {
  let maker = await ctx.store.apiKeys.get(by);
  for (let keys = 1; maker !== null; keys += 1) {
    if (keys === MAKERS_MAX) return false;
    const id = await makerIdOf('api-key', maker, ctx);
    maker = id === null ? null : await ctx.store.apiKeys.get(id);
  }
  return true;
}
