// Makes an account for a person.

import { z } from 'zod';
import type { Actor, TwoFactor, User } from '../../domain/people/account.ts';
import { accountPlace, placeFields } from './account-place.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { hashPassword, password } from './password.ts';
import { newEntity, saveNew } from '../kit/save.ts';

/** What a person types to sign in; in lower case, so that a capital letter does not lock anyone out. */
export const login = z
  .string()
  .transform((value) => value.trim().toLowerCase())
  .pipe(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9._@+-]{2,63}$/, { message: 'is not of a-z, 0-9, ".", "_", "@", "+" and "-", 3 to 64' }),
  )
  .meta({ minLength: 3, maxLength: 64 });

export const makeUserInput = z
  .strictObject({ ...placeFields, login, name: text(120), password })
  .meta({ id: 'NewUser' });

/** A user without its credentials, but with whether a second step is set up. */
export type UserShown = Omit<User, 'passwordHash' | 'twoFactor'> & { hasTwoFactor: boolean };

/** Problems: not-allowed, invalid, absent-reference, taken (login). */
export async function makeUser(
  actor: Actor,
  input: z.output<typeof makeUserInput>,
  ctx: ActionContext,
): Promise<Outcome<UserShown>> {
  const place = await accountPlace(actor, input, ctx);
  if (!place.ok) return place;
  const passwordHash = await hashPassword(input.password, ctx.random);
  const shown: UserShown = {
    ...newEntity(ctx),
    ...place.value,
    role: input.role,
    login: input.login,
    name: input.name,
    disabledAt: null,
    hasTwoFactor: false,
  };
  const { hasTwoFactor: _none, ...head } = shown;
  return saveNew(ctx, actor, {
    collection: 'users',
    doc: { ...head, passwordHash, twoFactor: null },
    action: 'make-user',
    answer: shown,
  });
}

export function userShown(user: User): UserShown {
  const { passwordHash: _passwordHash, twoFactor: _twoFactor, ...shown } = user;
  return { ...shown, hasTwoFactor: twoFactorOf(user) !== null };
}

/** Accounts made before the second step existed lack the field. */
export function twoFactorOf(user: User): TwoFactor | null {
  return user.twoFactor ?? null;
}
