import { expect, test } from '@jest/globals';
import { addEnvFile, readEnvFile } from '../../server/env-file.ts';

const TEXT = 'TRUST_PROXY=1\r\nPUBLIC_ORIGIN=http://localhost:4107\r\n';
const SETTINGS = { TRUST_PROXY: '1', PUBLIC_ORIGIN: 'http://localhost:4107' };

test('a .env file is read with a byte order mark and in UTF-16 of either order, as editors save it', () => {
  const marked = `\uFEFF${TEXT}`;
  for (const bytes of [TEXT, marked].map((text) => Buffer.from(text))) expect(readEnvFile(bytes)).toEqual(SETTINGS);
  expect(readEnvFile(Buffer.from(marked, 'utf16le'))).toEqual(SETTINGS);
  expect(readEnvFile(Buffer.from(marked, 'utf16le').swap16())).toEqual(SETTINGS);
});

test('one that cannot be read is refused by name, and what the environment has stays', () => {
  const without = Buffer.from(TEXT, 'utf16le');
  for (const bytes of [without, Buffer.from([0x41, 0x3d, 0xe3, 0x0a])])
    expect(() => readEnvFile(bytes)).toThrow(/\.env is neither UTF-8 nor UTF-16/);
  const env: Record<string, string | undefined> = { TRUST_PROXY: '2' };
  addEnvFile(Buffer.from(TEXT), env);
  expect(env).toEqual({ ...SETTINGS, TRUST_PROXY: '2' });
});
