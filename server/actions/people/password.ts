// Passwords as hashes: argon2id, 19 MiB, two passes (OWASP Password Storage), as PHC strings that name their own
// parameters.

import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { Slots } from '../../kit/slots.ts';
import { isEasyPassword } from './passwords/easy-password.ts';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
/**
 * Hashes made or checked at once in this process. Each takes one of the four threads that also read files (libuv's
 * pool), 19 MiB and about 20 ms.
 */
const HASHES_AT_ONCE = 2;
const slots = new Slots(HASHES_AT_ONCE);
const SALT_BYTES = 16;
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** The hash of a random text that was thrown away, made at COST. */
export const UNKNOWN_LOGIN_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$Y8EWa57WsgZJPbn40ilJAQ$+zYA3j50zQow+SYjdO881FKCWLAyxDNisDRSpmpg2fo';

/** Composed form: "ệ" typed in two ways is one password. */
export const password = z
  .string()
  .transform((value) => value.normalize('NFC'))
  .pipe(
    z
      .string()
      .min(PASSWORD_MIN)
      .max(PASSWORD_MAX)
      .refine((value) => !isEasyPassword(value), {
        message: 'is easy to guess: it leaked elsewhere, repeats itself, or is our own words',
        params: { expected: 'not-easy' },
      }),
  )
  .meta({ format: 'password', minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX });

export function hashPassword(text: string, random: (bytes: number) => Uint8Array): Promise<string> {
  return slots.run(() => hash(text, { ...COST, salt: random(SALT_BYTES) }));
}

/** Whether this is the password of the hash. `passwordHash` null = unknown login: same cost, always false. */
export async function isPassword(text: string, passwordHash: string | null): Promise<boolean> {
  const isRight = await slots.run(() => verify(passwordHash ?? UNKNOWN_LOGIN_HASH, text.normalize('NFC')));
  return isRight && passwordHash !== null;
}
