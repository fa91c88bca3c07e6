// The .env file, as editors of Windows write it too: with a byte order mark, or in UTF-16. A mark that is taken for a
// part of the first name would leave that setting unset without a word.

import { parseEnv } from 'node:util';
import { ConfigError } from './config.ts';

/** The settings of a file. @throws ConfigError where it is no text that can be read */
export function readEnvFile(bytes: Uint8Array): Record<string, string> {
  const text = textOf(bytes);
  if (text === null || text.includes('\u0000'))
    throw new ConfigError(['.env is neither UTF-8 nor UTF-16 with a byte order mark. Save it as UTF-8.']);
  return parseEnv(text) as Record<string, string>;
}

/** Adds the settings of a file to an environment; those that it has already stay. @throws ConfigError */
export function addEnvFile(bytes: Uint8Array, env: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(readEnvFile(bytes))) env[name] ??= value;
}

function textOf(bytes: Uint8Array): string | null {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The decoder takes the mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
