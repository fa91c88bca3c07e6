// The master key: one file from which all keys of a deployment are derived, one for each purpose.
//
// It is only created for an empty store: with a new key beside a filled store, every printed stamp would become
// unknown.

import { hkdfSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder, syncFolder } from './kit/folder.ts';

const MASTER_KEY_BYTES = 32;

export interface DerivedKeys {
  /** Wraps batch secrets. */
  wrap: Uint8Array;
  /** Seals the rows that verdicts depend on. */
  row: Uint8Array;
}

/** A key file that is missing beside a filled store, unreadable, of the wrong length, or readable by others. */
export class MasterKeyError extends Error {}

/** RFC 5869, SHA-256, empty salt; one purpose for each key. */
export function deriveKeys(master: Uint8Array): DerivedKeys {
  return { wrap: derive(master, 'temtrace/1/wrap'), row: derive(master, 'temtrace/1/row') };
}

/**
 * Reads the master key (64 hex digits), or creates it if `mayMake`.
 * @throws MasterKeyError that says what is wrong and what to do
 */
export function openMasterKey(path: string, mayMake: boolean, random: (bytes: number) => Uint8Array): Uint8Array {
  if (!existsSync(path)) {
    if (!mayMake) {
      throw new MasterKeyError(
        `MASTER_KEY_FILE: ${path} is missing. ` +
          `Put the store's own key there; another one would turn every printed stamp unknown. ` +
          `Only for a store that is still to be made: (umask 077; openssl rand -hex 32 > ${path})`,
      );
    }
    makeKeyFile(path, random(MASTER_KEY_BYTES));
  }
  const { mode } = statSync(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new MasterKeyError(
      `MASTER_KEY_FILE: ${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${path}`,
    );
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new MasterKeyError(`MASTER_KEY_FILE: ${path} does not hold 64 hexadecimal digits.`);
  return Buffer.from(text, 'hex');
}

/** Puts a known key in its place, where there is none: a restore. @throws the system's error if there is one */
export function keepMasterKey(path: string, key: Uint8Array): void {
  makeKeyFile(path, key);
}

/** Durable before it is used: the file and its folder are synced. */
function makeKeyFile(path: string, key: Uint8Array): void {
  makeFolder(dirname(path));
  const file = openSync(path, 'wx', 0o600);
  writeSync(file, `${Buffer.from(key).toString('hex')}\n`);
  fsyncSync(file);
  closeSync(file);
  syncFolder(dirname(path));
}

function derive(master: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(0), info, 32));
}
