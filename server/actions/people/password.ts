// Passwords as hashes: argon2id, 19 MiB, two passes (OWASP Password Storage), as PHC strings that name their own parameters.

import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
const SALT_BYTES = 16;
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Composed form: "ệ" typed in two ways is one password. */
export const password = z
  .string()
  .transform((value) => value.normalize('NFC'))
  .pipe(z.string().min(PASSWORD_MIN).max(PASSWORD_MAX))
  .meta({ format: 'password' });

export function hashPassword(text: string, random: (bytes: number) => Uint8Array): Promise<string> {
  return hash(text, { ...COST, salt: random(SALT_BYTES) });
}

/**
 * Whether this is the password of the hash. Null, where nobody has such a login, takes the same time and is never right.
 */
export async function isPassword(text: string, passwordHash: string | null): Promise<boolean> {
  nobodysHash ??= hash('nobody’s password', COST);
  const against = passwordHash ?? (await nobodysHash);
  const isRight = await verify(against, text.normalize('NFC'));
  return isRight && passwordHash !== null;
}

let nobodysHash: Promise<string> | null = null;
