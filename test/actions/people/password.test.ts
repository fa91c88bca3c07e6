import { expect, test } from '@jest/globals';
import { hashPassword, isPassword, UNKNOWN_LOGIN_HASH } from '../../../server/actions/people/password.ts';

/** `$argon2id$v=19$m=…,t=…,p=…` */
function parametersOf(hash: string): string {
  return hash.split('$').slice(0, 4).join('$');
}

test('an unknown login costs what a known one costs, and is never right', async () => {
  const known = await hashPassword('mật khẩu rất dài 1', (bytes) => new Uint8Array(bytes));
  expect(parametersOf(UNKNOWN_LOGIN_HASH)).toBe(parametersOf(known));
  expect(await isPassword('mật khẩu rất dài 1', known)).toBe(true);
  expect(await isPassword('mật khẩu rất dài 1', null)).toBe(false);
});
