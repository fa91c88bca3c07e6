// `restore`: restores a backup into an empty place, on either store. It reads and checks the whole file first and only
// then writes rows, so a broken backup leaves nothing behind.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../../server/config.ts';
import { backupsAmong } from '../../server/domain/backup-name.ts';
import { deriveKeys, keepMasterKey, openMasterKey } from '../../server/master-key.ts';
import { BackupError, type BackupHead } from '../../server/store/backup/format.ts';
import { readLines } from '../../server/store/backup/read.ts';
import { readIdentities, readSealed, type Secrets } from '../../server/store/backup/seal-file.ts';
import { BackupWalk } from '../../server/store/backup/walk.ts';
import { isCanaryOf, isEmptyStore, openRefill, shownAddress, storedBeside } from '../../server/store/open-store.ts';
import { Wrong, WrongUse, type Command, type Terminal } from './command.ts';
import { openStore, readOperatorSettings } from './open-store.ts';
import { printFolder, putPrintFiles } from './print-file-rows.ts';
import { readSecret } from './read-secret.ts';

export const restore: Command = {
  help: `restore DIR                         the newest backup in DIR into the empty place that the settings name
restore FILE                        this backup
  --key FILE                        its master key, where the backup has none and MASTER_KEY_FILE does not exist yet
  --identity FILE                   age's secret key, for a backup that was encrypted to its public key
  --passphrase-file FILE            the passphrase, for a backup that was encrypted with one

The place is DATABASE_URL (either kind of store), DATA_DIR and MASTER_KEY_FILE. The whole backup is checked before
anything is written. Then start the service: everybody's sessions and keys are as they were on the day of the backup.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        identity: { type: 'string' },
        'passphrase-file': { type: 'string' },
      },
    });
    const [place, ...more] = positionals;
    if (place === undefined || more.length > 0) throw new WrongUse('restore takes one folder or one backup');
    const { identity } = values;
    const passphraseFile = values['passphrase-file'];
    if (identity !== undefined && passphraseFile !== undefined)
      throw new WrongUse('--identity and --passphrase-file exclude each other');
    const secrets: Secrets = {
      identities: identity === undefined ? [] : read(identity, readIdentities),
      passphrase: passphraseFile === undefined ? null : await readSecret(passphraseFile, 'passphrase'),
    };
    const path = backupAt(place);
    try {
      await restoreFrom(path, secrets, values.key, terminal);
    } catch (error) {
      if (error instanceof BackupError) throw new Wrong([`${path} cannot be restored. ${error.message}`]);
      throw error;
    }
  },
};

async function restoreFrom(
  path: string,
  secrets: Secrets,
  keyFile: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const config = readOperatorSettings();
  await mustBeEmpty(config);
  const head = await headIn(path, secrets);
  const { master, isNew } = keyFor(config, head, keyFile);
  const { row: rowKey } = deriveKeys(master);
  const { madeAt, timeZone } = head;
  const canary = Buffer.from(head.canary, 'base64');
  if (!isCanaryOf(rowKey, { madeAt, timeZone, canary }))
    throw new Wrong(['The master key is not the one of this backup: its rows were sealed with another.']);

  const walk = new BackupWalk(rowKey);
  let scans = 0;
  for await (const piece of readLines(readSealed(path, secrets))) {
    if (!('rows' in piece)) continue;
    walk.take(piece.kind, piece.rows);
    if (piece.kind === 'batchTallies') for (const row of piece.rows) scans += row[1] as number;
  }
  walk.finish();

  if (isNew) keepMasterKey(config.masterKeyFile, master);
  const refill = await openRefill(config.databaseUrl, rowKey, { madeAt, timeZone, canary });
  let rows = 0;
  try {
    for await (const piece of readLines(readSealed(path, secrets))) {
      if (!('rows' in piece)) continue;
      rows += piece.rows.length;
      if (piece.kind === 'printFiles') putPrintFiles(config.dataDir, piece.rows);
      else if (piece.kind !== 'fileHashes') await refill.put(piece.kind, piece.rows);
    }
    await refill.finish(walk.head, head.answeredScans ?? scans);
  } catch (error) {
    await refill.abandon();
    throw error;
  }
  // Opens it as the service will.
  await using open = await openStore();
  const chain = await open.store.check.lookAtChain();
  if (chain !== null) throw new Wrong([chain]);
  terminal.out(
    `${shownAddress(config.databaseUrl)}: ${rows} rows of ${path}, audit chain up to line ${walk.head.seq}.`,
  );
  terminal.out(`As it was at ${head.completeUpTo}; what came later is not in it.`);
  if (walk.faults.length > 0)
    throw new Wrong([
      ...walk.faults,
      'The backup held these rows so, and they were restored so. See: docs/operations.md',
    ]);
}

/** The given file, or the newest backup in a given folder. */
function backupAt(place: string): string {
  const facts = statSync(place, { throwIfNoEntry: false });
  if (facts === undefined) throw new Wrong([`${place} does not exist.`]);
  if (!facts.isDirectory()) return place;
  const [newest] = backupsAmong(readdirSync(place));
  if (newest === undefined) throw new Wrong([`${place} holds no backup (temtrace-YEAR-MONTH-DAY.backup).`]);
  return join(place, newest);
}

/** Nothing that exists is overwritten. */
async function mustBeEmpty({ databaseUrl, dataDir }: Config): Promise<void> {
  const inTheWay = [
    ...((await isEmptyStore(databaseUrl)) ? [] : [shownAddress(databaseUrl)]),
    ...(await storedBeside(databaseUrl, dataDir)),
    ...(existsSync(printFolder(dataDir)) && readdirSync(printFolder(dataDir)).length > 0 ? [printFolder(dataDir)] : []),
  ];
  if (inTheWay.length > 0)
    throw new Wrong([
      `The place is not empty: ${inTheWay.join(', ')}. Nothing was changed. Name an empty one, or move these away.`,
    ]);
}

async function headIn(path: string, secrets: Secrets): Promise<BackupHead> {
  for await (const piece of readLines(readSealed(path, secrets))) if ('head' in piece) return piece.head;
  throw new BackupError('It is empty.');
}

/**
 * The key that was given, the one in the backup, or the one already in place. `isNew`: it must still be put in place.
 */
function keyFor(config: Config, head: BackupHead, keyFile: string | undefined): { master: Uint8Array; isNew: boolean } {
  const given =
    keyFile !== undefined
      ? openMasterKey(keyFile, false, () => new Uint8Array())
      : head.masterKey !== undefined
        ? Buffer.from(head.masterKey, 'hex')
        : null;
  if (!existsSync(config.masterKeyFile)) {
    if (given === null)
      throw new Wrong([
        `The backup has no master key, and ${config.masterKeyFile} does not exist: name it with --key.`,
      ]);
    return { master: given, isNew: true };
  }
  const kept = openMasterKey(config.masterKeyFile, false, () => new Uint8Array());
  if (given !== null && !Buffer.from(given).equals(Buffer.from(kept)))
    throw new Wrong([`${config.masterKeyFile} holds another key. Nothing was changed; move it away first.`]);
  return { master: kept, isNew: false };
}

function read<T>(file: string, take: (file: string) => T): T {
  try {
    return take(file);
  } catch (error) {
    throw new Wrong([`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
