// What the API shows of accounts and keys: never their credentials, except a new key once.

import { z } from 'zod';
import type { HeldShown } from '../../../actions/people/held-credentials.ts';
import type { MadeKey } from '../../../actions/people/make-key.ts';
import type { UserShown } from '../../../actions/people/make-user.ts';
import type { ApiKeyShown } from '../../../actions/people/read.ts';
import { ROLES } from '../../../domain/people/account.ts';
import { INVITATION_PURPOSES } from '../../../domain/people/invitation.ts';
import { shopLinkShape, shopLinkView } from './print/shop-link.ts';
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

const keyFields = {
  ...entityShape,
  ...placeShape,
  name: z.string(),
  revokedAt: instantShape.nullable(),
  expiresAt: instantShape.nullable(),
  by: z.string().nullable(),
};

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

const invitationShape = z
  .strictObject({
    ...entityShape,
    ...placeShape,
    purpose: z.enum(INVITATION_PURPOSES),
    name: z.string(),
    userId: z.string().nullable(),
    expiresAt: instantShape,
    usedAt: instantShape.nullable(),
    withdrawnAt: instantShape.nullable(),
    by: z.string(),
  })
  .meta({ id: 'Invitation', description: '`by` is the account or key that answers for it.' });

export const heldShape = z
  .strictObject({
    keys: z.array(keyShape),
    invitations: z.array(invitationShape),
    shopLinks: z.array(shopLinkShape),
  })
  .meta({
    id: 'HeldCredentials',
    description: 'What opens as long as this account is open: made by it, or handed to it.',
  });

export function heldView({ keys, invitations, shopLinks }: HeldShown): z.input<typeof heldShape> {
  return {
    keys: keys.map(keyView),
    invitations: invitations.map((invitation) => viewOf(invitationShape, invitation, {})),
    shopLinks: shopLinks.map(shopLinkView),
  };
}
