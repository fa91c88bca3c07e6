// Passwords as hashes: argon2id, 19 MiB, two passes (OWASP Password Storage), as PHC strings that name their own
// parameters.

import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
const SALT_BYTES = 16;
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** The hash of a random text that was thrown away, made at COST. */
export const UNKNOWN_LOGIN_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$Y8EWa57WsgZJPbn40ilJAQ$+zYA3j50zQow+SYjdO881FKCWLAyxDNisDRSpmpg2fo';

/** Composed form: "ệ" typed in two ways is one password. */
export const password = z
  .string()
  .transform((value) => value.normalize('NFC'))
  .pipe(z.string().min(PASSWORD_MIN).max(PASSWORD_MAX))
  .meta({ format: 'password' });

export function hashPassword(text: string, random: (bytes: number) => Uint8Array): Promise<string> {
  return hash(text, { ...COST, salt: random(SALT_BYTES) });
}

/** Whether this is the password of the hash. `passwordHash` null = unknown login: same cost, always false. */
export async function isPassword(text: string, passwordHash: string | null): Promise<boolean> {
  const isRight = await verify(passwordHash ?? UNKNOWN_LOGIN_HASH, text.normalize('NFC'));
  return isRight && passwordHash !== null;
}
