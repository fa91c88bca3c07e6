// A backup as a file: compressed with zstd, and encrypted with age where it is asked for, by age's own TypeScript
// library. `age -d -i KEY FILE | zstd -dc` reads it without this program.

import { createReadStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption';
import { syncFolder } from '../../kit/folder.ts';
import { dirname } from 'node:path';
import { BackupError } from './format.ts';

const AGE_BEGIN = Buffer.from('age-encryption.org/v1\n');
const ZSTD_BEGIN = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Recipients and identities of age that resist a quantum computer; age does not mix them with others. */
const HYBRID = 'age1pq1';

/** Who may read a backup: holders of these identities (`age1…`), or of a passphrase; null: everyone. */
export type Readers = { recipients: readonly string[] } | { passphrase: string } | null;
/** What a reader has. */
export interface Secrets {
  identities: readonly string[];
  passphrase: string | null;
}

export interface Sealing {
  encrypter: Encrypter | null;
  /** Reads back what is written now; its secret is not kept anywhere. */
  readBack: Secrets;
}

/** @throws BackupError for a text that is no recipient */
export async function sealingFor(readers: Readers): Promise<Sealing> {
  const none: Secrets = { identities: [], passphrase: null };
  if (readers === null) return { encrypter: null, readBack: none };
  const encrypter = new Encrypter();
  if ('passphrase' in readers) {
    encrypter.setPassphrase(readers.passphrase);
    return { encrypter, readBack: { ...none, passphrase: readers.passphrase } };
  }
  // The recipients' secrets are elsewhere, as they should be. So that the file can be read back, one more recipient is
  // made for this backup alone; its secret ends with the process.
  const own = await (readers.recipients.some((recipient) => recipient.startsWith(HYBRID))
    ? generateHybridIdentity()
    : generateX25519Identity());
  for (const recipient of [...readers.recipients, await identityToRecipient(own)]) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new BackupError(`"${recipient}" is no public key of age (age1…).`);
    }
  }
  return { encrypter, readBack: { ...none, identities: [own] } };
}

/** Writes a new file (mode 0600), durable with its folder. @throws the system's error */
export async function writeSealed(path: string, lines: AsyncIterable<Buffer>, { encrypter }: Sealing): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    const compress = createZstdCompress();
    const compressed = pipeline(Readable.from(lines), compress);
    // A fault of the lines ends the compressor too, and is thrown here.
    compressed.catch(() => undefined);
    for await (const chunk of encrypter === null ? compress : await encrypted(compress, encrypter))
      await file.writeFile(chunk as Uint8Array);
    await compressed;
    await file.sync();
  } finally {
    await file.close();
  }
  syncFolder(dirname(path));
}

async function encrypted(bytes: Readable, encrypter: Encrypter): Promise<AsyncIterable<Uint8Array>> {
  const stream = Readable.toWeb(bytes) as unknown as ReadableStream<Uint8Array>;
  return (await encrypter.encrypt(stream)) as unknown as AsyncIterable<Uint8Array>;
}

/** Whether a backup is encrypted. @throws BackupError for a file that is no backup */
async function isEncrypted(path: string): Promise<boolean> {
  const begin = Buffer.alloc(AGE_BEGIN.length);
  const file = await open(path, 'r');
  try {
    await file.read(begin, 0, begin.length, 0);
  } finally {
    await file.close();
  }
  if (begin.equals(AGE_BEGIN)) return true;
  if (begin.subarray(0, ZSTD_BEGIN.length).equals(ZSTD_BEGIN)) return false;
  throw new BackupError('It is no backup of Temtrace.');
}

/** The bytes of a backup's lines. @throws BackupError */
export async function* readSealed(path: string, { identities, passphrase }: Secrets): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  try {
    if (!(await isEncrypted(path))) return yield* decompressed(file);
    if (identities.length === 0 && passphrase === null)
      throw new BackupError('It is encrypted: name its key with --identity FILE, or --passphrase-file FILE.');
    const decrypter = new Decrypter();
    for (const identity of identities) {
      try {
        decrypter.addIdentity(identity);
      } catch {
        throw new BackupError('The identity is no secret key of age (AGE-SECRET-KEY-…).');
      }
    }
    if (passphrase !== null) decrypter.addPassphrase(passphrase);
    let plain: ReadableStream<Uint8Array>;
    try {
      plain = await decrypter.decrypt(Readable.toWeb(file) as unknown as ReadableStream<Uint8Array>);
    } catch {
      throw new BackupError(
        'It cannot be decrypted with this key or passphrase: it was made for another, or its head was changed.',
      );
    }
    yield* decompressed(plain as unknown as AsyncIterable<Uint8Array>);
  } finally {
    file.destroy();
  }
}

async function* decompressed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpack = createZstdDecompress();
  const done = pipeline(Readable.from(bytes), unpack);
  done.catch(() => undefined);
  try {
    for await (const chunk of unpack) yield chunk as Uint8Array;
    await done;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(`It is damaged or was cut (${reason}). Take another backup.`);
  }
}

/** The identities in a file as age-keygen writes it: one a line, `#` begins a remark. */
export function readIdentities(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
