// What the API shows of accounts and keys: never what they sign in with, but a new key once.

import { z } from 'zod';
import type { MadeKey } from '../../../actions/people/make-key.ts';
import type { UserShown } from '../../../actions/people/make-user.ts';
import type { ApiKeyShown } from '../../../actions/people/read.ts';
import { ROLES } from '../../../domain/people/account.ts';
import { entityShape, instantShape } from '../shapes.ts';

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

export function userView({
  id,
  version,
  createdAt,
  updatedAt,
  officeId,
  producerId,
  role,
  login,
  name,
  disabledAt,
}: UserShown): z.input<typeof userShape> {
  return { id, version, createdAt, updatedAt, officeId, producerId, role, login, name, disabledAt };
}

const keyFields = { ...entityShape, ...placeShape, name: z.string(), revokedAt: instantShape.nullable() };

export const keyShape = z.strictObject(keyFields).meta({ id: 'ApiKey' });
export const madeKeyShape = z.strictObject({ ...keyFields, key: z.string().nullable() }).meta({
  id: 'NewApiKey',
  description: '`key` is shown this once; null in the answer to a retry: revoke that key and make another.',
});

export function keyView({
  id,
  version,
  createdAt,
  updatedAt,
  officeId,
  producerId,
  role,
  name,
  revokedAt,
}: ApiKeyShown): z.input<typeof keyShape> {
  return { id, version, createdAt, updatedAt, officeId, producerId, role, name, revokedAt };
}

export function madeKeyView(made: MadeKey): z.input<typeof madeKeyShape> {
  return { ...keyView(made), key: made.key };
}
