// What the API shows of accounts and keys: never what they sign in with, but a new key once.

import { z } from 'zod';
import type { MadeKey } from '../../../actions/people/make-key.ts';
import type { UserShown } from '../../../actions/people/make-user.ts';
import type { ApiKeyShown } from '../../../actions/people/read.ts';
import { ROLES } from '../../../domain/people/account.ts';
import { entityShape, instantShape, viewOf } from '../shapes.ts';

const placeShape = { officeId: z.string().nullable(), producerId: z.string().nullable(), role: z.enum(ROLES) };

export const userShape = z
  .strictObject({
    ...entityShape,
    ...placeShape,
    login: z.string(),
    name: z.string(),
    disabledAt: instantShape.nullable(),
  })
  .meta({ id: 'User' });

export function userView(user: UserShown): z.input<typeof userShape> {
  return viewOf(userShape, user, {});
}

const keyFields = { ...entityShape, ...placeShape, name: z.string(), revokedAt: instantShape.nullable() };

export const keyShape = z.strictObject(keyFields).meta({ id: 'ApiKey' });
export const madeKeyShape = z.strictObject({ ...keyFields, key: z.string().nullable() }).meta({
  id: 'NewApiKey',
  description: '`key` is shown this once; null in the answer to a retry: revoke that key and make another.',
});

export function keyView(key: ApiKeyShown): z.input<typeof keyShape> {
  return viewOf(keyShape, key, {});
}

export function madeKeyView(made: MadeKey): z.input<typeof madeKeyShape> {
  return { ...keyView(made), key: made.key };
}
