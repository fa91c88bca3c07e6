// `backup`: writes everything in the store, as it was at one moment, into one file, while scans are answered. It reads
// the file back before the file gets its name, and checks every hash, every seal and the audit chain on the copy.

import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../../server/config.ts';
import { backupName, beyondRule, KEPT_DAYS, KEPT_MONTHS, KEPT_WEEKS } from '../../server/domain/backup-name.ts';
import { dayIn } from '../../server/domain/calendar.ts';
import { makeFolder, syncFolder } from '../../server/kit/folder.ts';
import { deriveKeys, openMasterKey } from '../../server/master-key.ts';
import { BackupError, FORMAT, FORMAT_VERSION, type BackupHead } from '../../server/store/backup/format.ts';
import { readLines } from '../../server/store/backup/read.ts';
import {
  readSealed,
  sealingFor,
  writeSealed,
  type Readers,
  type Sealing,
} from '../../server/store/backup/seal-file.ts';
import { BackupWalk } from '../../server/store/backup/walk.ts';
import { backupLines } from '../../server/store/backup/write.ts';
import type { Snapshot } from '../../server/store/moving.ts';
import { isEmptyStore, openSnapshot, shownAddress, storeKindOf } from '../../server/store/open-store.ts';
import { Wrong, WrongUse, type Command, type Terminal } from './command.ts';
import { openStore, readOperatorSettings } from './open-store.ts';
import { printFileRows } from './print-file-rows.ts';
import { readSecret } from './read-secret.ts';

const MIB = 1024 * 1024;
const PROGRAM = new URL('../../package.json', import.meta.url);

export const backup: Command = {
  help: `backup DIR                          one file into DIR, named by day; asks nothing; scans are answered meanwhile
  --to RECIPIENT                    encrypts it to an age public key (age1…); several times: to several
  --passphrase-file FILE            encrypts it with the passphrase in FILE's first line
  --with-key                        puts the master key into it; without, keep MASTER_KEY_FILE somewhere else
  --print-files                     puts finished print files into it; any server can make them again without
  --keep                            then deletes older backups in DIR: what stays is the last of each of
                                    ${KEPT_DAYS} days, ${KEPT_WEEKS} weeks and ${KEPT_MONTHS} months that have one

It prints the file and the moment up to which it is complete: what was answered before is in it. The day's salts and
visits are left out, as the law on personal data asks. The file is read back before it gets its name. Where a row in the
store is not as it was written, the backup is kept, the row is named, and it ends with 1; nothing is deleted then.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string', multiple: true },
        'passphrase-file': { type: 'string' },
        'with-key': { type: 'boolean' },
        'print-files': { type: 'boolean' },
        keep: { type: 'boolean' },
      },
    });
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw new WrongUse('backup takes one folder');
    const passphraseFile = values['passphrase-file'];
    if (values.to !== undefined && passphraseFile !== undefined)
      throw new WrongUse('--to and --passphrase-file exclude each other');
    const readers: Readers =
      values.to !== undefined
        ? { recipients: values.to }
        : passphraseFile !== undefined
          ? { passphrase: await readSecret(passphraseFile, 'passphrase') }
          : null;
    const sealing = await sealingOf(readers);
    if (readers === null && values['with-key'] === true)
      terminal.err(
        'Warning: this backup holds the master key and is not encrypted. Whoever reads it can forge stamps.',
      );
    await takeBackup(folder, sealing, terminal, {
      withKey: values['with-key'] === true,
      printFiles: values['print-files'] === true,
      keep: values.keep === true,
    });
  },
};

interface Wishes {
  withKey: boolean;
  printFiles: boolean;
  keep: boolean;
}

/** @throws WrongUse if a text is not a recipient */
async function sealingOf(readers: Readers): Promise<Sealing> {
  try {
    return await sealingFor(readers);
  } catch (error) {
    if (error instanceof BackupError) throw new WrongUse(`--to: ${error.message}`);
    throw error;
  }
}

async function takeBackup(folder: string, sealing: Sealing, terminal: Terminal, wishes: Wishes): Promise<void> {
  const config = readOperatorSettings();
  if (await isEmptyStore(config.databaseUrl))
    throw new Wrong([`${shownAddress(config.databaseUrl)} holds no store: there is nothing to back up.`]);
  const master = openMasterKey(config.masterKeyFile, false, () => new Uint8Array());
  // Opened as every command opens it: checks its key, its end and its schema, and brings it up to date. It stays open,
  // because on MongoDB it moves lines into the chain where no server runs.
  await using open = await openStore();
  makeFolder(folder);
  // Two backups at the same time must not write to the same file.
  const half = join(folder, `.temtrace-backup.${process.pid}.half`);
  try {
    const completeUpTo = new Date();
    const snapshot = await openSnapshot(config.databaseUrl, deriveKeys(master).row, open.store);
    let head: BackupHead;
    try {
      head = await headOf(config, snapshot, completeUpTo, wishes.withKey ? master : null);
      const printFiles = wishes.printFiles ? printFileRows(config.dataDir, await doneJobs(snapshot)) : [];
      await writeSealed(half, backupLines(head, snapshot, printFiles), sealing);
    } finally {
      await snapshot.close();
    }
    const walk = new BackupWalk(deriveKeys(master).row);
    const rows = await readBack(half, sealing, walk);
    const day = dayIn(config.timeZone, completeUpTo);
    const name = backupName(day, sealing.encrypter !== null, readdirSync(folder));
    renameSync(half, join(folder, name));
    syncFolder(folder);
    const size = (statSync(join(folder, name)).size / MIB).toFixed(1);
    terminal.out(
      `${join(folder, name)}: ${rows} rows, ${size} MiB, read back; audit chain up to line ${walk.head.seq}.`,
    );
    terminal.out(`Complete up to ${head.completeUpTo}.`);
    if (!wishes.withKey) terminal.out(`Without the master key: keep ${config.masterKeyFile} somewhere else.`);
    if (walk.faults.length > 0)
      throw new Wrong([
        ...walk.faults,
        'The backup holds these rows as they are in the store. See: docs/operations.md',
      ]);
    if (!wishes.keep) return;
    for (const old of beyondRule(readdirSync(folder))) {
      rmSync(join(folder, old));
      terminal.out(`${join(folder, old)}: deleted by the rule.`);
    }
  } finally {
    rmSync(half, { force: true });
  }
}

async function headOf(
  config: Config,
  { facts }: Snapshot,
  completeUpTo: Date,
  masterKey: Uint8Array | null,
): Promise<BackupHead> {
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    program: (JSON.parse(await readFile(PROGRAM, 'utf8')) as { version: string }).version,
    store: storeKindOf(config.databaseUrl) ?? 'sqlite',
    completeUpTo: completeUpTo.toISOString(),
    madeAt: facts.madeAt,
    timeZone: facts.timeZone,
    canary: Buffer.from(facts.canary).toString('base64'),
    answeredScans: facts.answeredScans,
    leftOut: ['salts', 'visits'],
    ...(masterKey === null ? {} : { masterKey: Buffer.from(masterKey).toString('hex') }),
  };
}

/** Ids of the snapshot's print jobs whose files are finished. */
async function doneJobs(snapshot: Snapshot): Promise<string[]> {
  const done: string[] = [];
  for await (const [id, , , text] of snapshot.rows('printJobs'))
    if ((JSON.parse(text as string) as { state: string }).state === 'done') done.push(id as string);
  return done;
}

/** Returns the number of rows. */
async function readBack(path: string, sealing: Sealing, walk: BackupWalk): Promise<number> {
  let rows = 0;
  try {
    for await (const piece of readLines(readSealed(path, sealing.readBack))) {
      if (!('rows' in piece)) continue;
      rows += piece.rows.length;
      walk.take(piece.kind, piece.rows);
    }
  } catch (error) {
    if (error instanceof BackupError)
      throw new Wrong([`What was written cannot be read back, and was deleted. ${error.message}`]);
    throw error;
  }
  walk.finish();
  return rows;
}
