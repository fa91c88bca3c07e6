// `doctor`: checks everything the service relies on and prints one line for each check. It changes nothing.
//
// "WRONG" must be fixed (exit 1); "look" is for a person to judge.

import { existsSync, readdirSync, statSync, type StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, type Config } from '../../server/config.ts';
import { deriveKeys, MasterKeyError, openMasterKey } from '../../server/master-key.ts';
import { loadTemplates } from '../../server/sheet/template/template-loader.ts';
import { auditReader } from '../../server/store/sqlite/audit-log.ts';
import { openReading, sqliteFault, valueOf } from '../../server/store/sqlite/connection.ts';
import { SCHEMA_VERSION, SEALED_SCHEMA } from '../../server/store/sqlite/migrations.ts';
import { sealsOf, type Seals } from '../../server/store/seals.ts';
import { checkTrust, isNewStore, storeFacts } from '../../server/store/sqlite/trust.ts';
import { headPathOf, isEmptyStore, shownAddress, sqlitePath, storeKindOf } from '../../server/store/open-store.ts';
import { chainFault, checkLines, type LinePiece } from '../../server/store/sqlite/chain-check.ts';
import { recordReader } from '../../server/store/sqlite/records.ts';
import { everyCollection } from '../../server/store/collections.ts';
import type { Entity } from '../../server/domain/entity.ts';
import { StoreError, type AuditLog, type Collection } from '../../server/store/store.ts';
import { headFault, readHeadBeside } from '../../server/store/head-beside.ts';
import type { CheckState } from '../../server/store/recount.ts';
import type { Checked } from '../../server/store/row-check.ts';
import { readCheck } from '../../server/store/sqlite/check-state.ts';
import { fileReader } from '../../server/store/sqlite/files.ts';
import { tallyReader } from '../../server/store/sqlite/tally-reader.ts';
import { faultsIn, storeFaults } from './store-faults.ts';
import { Wrong, WrongUse, type Command } from './command.ts';
import { openStore, readOperatorSettings, readServiceSettings, TEMPLATE_FOLDER } from './open-store.ts';
import { faultOf, verifyStored } from './verify-log.ts';

interface Finding {
  state: 'ok' | 'look' | 'WRONG';
  text: string;
}

const GIB = 2 ** 30;
/**
 * A sheet of 100,000 stamps is 13 MB, and a year of a province's scans is a few hundred MB. With less free space than
 * this the disk is nearly full.
 */
const FREE_LOOK_BYTES = 2 * GIB;
const FREE_WRONG_BYTES = GIB / 4;
/**
 * How far the clock may lag behind the last line: processes of one machine differ a little. A larger lag means that it
 * was set back.
 */
const CLOCK_BACK_MS = 120_000;
/** A round is due twice a day; if the last one is older than this, a round was missed. */
const CHECK_LATE_MS = 26 * 3_600_000;
/** `f_type` of file systems on which an answered scan is not durable, or SQLite's log not safe (statfs(2)). */
const UNFIT_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x01021994: 'it lies in memory and is lost with the power',
  0x6969: 'it is a network file system, on which SQLite’s log is not safe',
  0xff534d42: 'it is a network file system, on which SQLite’s log is not safe',
};

export const doctor: Command = {
  help: `doctor

A line of each thing looked at: "ok"; "look" for a person to judge; "WRONG" must be mended, and makes it end with 1.
It changes nothing, and may run beside the service.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    if (positionals.length > 0) throw new WrongUse('doctor takes no arguments');
    const findings: Finding[] = [];
    const found = (state: Finding['state'], text: string): void => {
      findings.push({ state, text });
      terminal.out(`${state.padEnd(5)}  ${text}`);
    };
    const config = lookAtSettings(found);
    lookAtPlaces(config, found);
    lookAtVersions(found);
    lookAtTemplates(found);
    if (storeKindOf(config.databaseUrl) === 'mongodb') await lookAtServers(config, found);
    else await lookAtFile(config, sqlitePath(config.databaseUrl), found);
    const wrong = findings.filter(({ state }) => state === 'WRONG').length;
    if (wrong > 0) throw new Wrong([`${wrong} of ${findings.length} things are wrong.`]);
  },
};

type Found = (state: Finding['state'], text: string) => void;

async function lookAtFile(config: Config, path: string, found: Found): Promise<void> {
  await lookAtDisk(config, path, found);
  lookAtModes(config, path, found);
  if (isNewStore(path)) found('look', `store: ${path} does not exist yet; the first start makes it`);
  else {
    const seals = lookAtTrust(config, path, found);
    if (seals !== null) await lookInside(config, path, seals, found);
  }
}

/** A shared store has its disks and file modes on other machines. We check this machine and what the store reports. */
async function lookAtServers(config: Config, found: Found): Promise<void> {
  await lookAtDisk(config, config.dataDir, found);
  lookAtModes(config, null, found);
  try {
    if (await isEmptyStore(config.databaseUrl)) {
      found('look', `store: ${shownAddress(config.databaseUrl)} is empty; the first start makes it`);
      return;
    }
    await using open = await openStore();
    const { engine, version, schema, madeAt, answeredScans } = await open.store.describe();
    found(
      'ok',
      `store: ${engine} ${version}, schema ${schema}, sealed with this key, made ${madeAt}, ` +
        `${answeredScans} scans answered`,
    );
    await lookAtChain(open.store.audit, found);
    await lookAtHead(config, open.store.audit, found);
    tell(await storeFaults(open.store), found);
    lookAtCheck(await checkOf(() => open.store.check.state()), found);
  } catch (error) {
    found('WRONG', `store: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * A demo, and a machine that only keeps the data, have no PUBLIC_ORIGIN. There the service asks for it when it starts.
 */
function lookAtSettings(found: Found): Config {
  let faults: readonly string[] = [];
  try {
    const config = readServiceSettings();
    found('ok', `settings: all readable; stamps say ${config.publicOrigin}, days begin in ${config.timeZone}`);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    ({ faults } = error);
  }
  const isUnset = (process.env['PUBLIC_ORIGIN'] ?? '').trim() === '';
  for (const fault of faults)
    found(isUnset && fault.startsWith('PUBLIC_ORIGIN:') ? 'look' : 'WRONG', `settings: ${fault}`);
  try {
    return readOperatorSettings();
  } catch (error) {
    if (error instanceof ConfigError) throw new Wrong(['Without these settings nothing else can be looked at.']);
    throw error;
  }
}

/** With places, copies that are sold far apart are found a few scans sooner (docs/copies.md). */
function lookAtPlaces({ placeHeader, trustProxy }: Config, found: Found): void {
  if (placeHeader === null)
    found(
      'look',
      'places: PLACE_HEADER is not set, so no scan has a province; copies are found by visitors and days alone, ' +
        'a few scans later, and cases show no map (docs/copies.md)',
    );
  else if (trustProxy === null)
    found('WRONG', `places: ${placeHeader} counts only from a peer that TRUST_PROXY names, and it names none`);
  else found('ok', `places: provinces are read from ${placeHeader}`);
}

function lookAtVersions(found: Found): void {
  const fault = sqliteFault();
  found(
    fault === null ? 'ok' : 'WRONG',
    `versions: ${fault ?? `Node ${process.version}, SQLite ${process.versions['sqlite'] ?? '?'}`}`,
  );
}

function lookAtTemplates(found: Found): void {
  const { templates, faults } = loadTemplates(TEMPLATE_FOLDER);
  for (const { file, line, message } of faults) found('WRONG', `templates: ${file}, line ${line}: ${message}`);
  if (faults.length === 0) found('ok', `templates: ${[...templates.keys()].join(', ')}`);
}

async function lookAtDisk(config: Config, path: string, found: Found): Promise<void> {
  const folder = existsSync(dirname(path)) ? dirname(path) : existsSync(config.dataDir) ? config.dataDir : '.';
  const disk = await statfs(folder);
  const free = disk.bavail * disk.bsize;
  const state = free < FREE_WRONG_BYTES ? 'WRONG' : free < FREE_LOOK_BYTES ? 'look' : 'ok';
  found(state, `disk: ${(free / GIB).toFixed(1)} GiB free at ${folder}`);
  const unfit = unfitness(disk);
  if (unfit !== null) found('WRONG', `disk: ${folder} is no place for the store: ${unfit}`);
}

function unfitness(disk: StatsFs): string | null {
  return process.platform === 'linux' ? (UNFIT_FILE_SYSTEMS[disk.type] ?? null) : null;
}

/**
 * Folders must have mode 0700; files that hold keys, codes or people's data 0600. @param path the embedded store's file
 */
function lookAtModes(config: Config, path: string | null, found: Found): void {
  if (process.platform === 'win32') return;
  const database = path === null ? [] : [path, `${path}-wal`, `${path}-shm`, `${path}-answered`, `${path}-head`];
  const files = [config.masterKeyFile, ...database].filter((file) => existsSync(file));
  const open = [config.dataDir, ...files].filter((file) => existsSync(file) && (statSync(file).mode & 0o077) !== 0);
  for (const file of open) {
    const isFolder = statSync(file).isDirectory();
    found('WRONG', `modes: ${file} is open to others; run: chmod ${isFolder ? '700' : '600'} ${file}`);
  }
  if (open.length === 0) found('ok', `modes: ${config.dataDir} and ${files.length} files are closed to others`);
  if (path === null) return;
  if (existsSync(path) && !existsSync(config.masterKeyFile))
    found('WRONG', `key: ${config.masterKeyFile} is missing beside a filled store`);
  else if (dirname(config.masterKeyFile) === dirname(path)) {
    found(
      'look',
      'key: it lies beside the database; a copy of this folder computes every code. ' +
        'Keep a copy of the key in another place, and data copies without it',
    );
  }
}

/** Checks the file before it is opened. @returns its seals, or null if it must not be opened */
function lookAtTrust(config: Config, path: string, found: Found): Seals | null {
  try {
    const keys = deriveKeys(openMasterKey(config.masterKeyFile, false, () => new Uint8Array()));
    checkTrust(path, keys.row);
    found(
      'ok',
      `database: ${sizeOf(path)}, structure sound (quick_check), sealed with this key, no answered scan missing`,
    );
    return sealsOf(keys.row);
  } catch (error) {
    const what = error instanceof MasterKeyError ? 'key' : 'database';
    found('WRONG', `${what}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Only reads: a store with an older schema is left as it is, and the service migrates it. */
async function lookInside(config: Config, path: string, seals: Seals, found: Found): Promise<void> {
  const db = openReading(path);
  try {
    const facts = storeFacts(db);
    const { madeAt = '?', answeredScans = 0 } = facts ?? {};
    const schema = String(valueOf(db, 'pragma user_version'));
    found('ok', `store: schema ${schema}, made ${madeAt}, ${answeredScans} scans answered`);
    if (Number(schema) < SEALED_SCHEMA)
      found('look', 'seals: not every row has one yet; the next start of the service checks the rows and seals them');
    else {
      const audit = auditReader(db, seals, { fault: chainFault(db, seals, null) });
      await lookAtChain(audit, found);
      await lookAtHead(config, audit, found);
      const rows = everyCollection((name) => recordReader(db, seals, name) as Collection<Entity>);
      const checked = { rows: rows as unknown as Checked['rows'], chain: audit, files: fileReader(db, seals.file) };
      if (Number(schema) >= SCHEMA_VERSION) {
        const seal = brokenLine(db, seals);
        tell([...(seal === null ? [] : [seal]), ...(await faultsIn(checked, tallyReader(db, seals)))], found);
        lookAtCheck(await checkOf(async () => readCheck(db, seals)), found);
      }
    }
  } finally {
    db.close();
  }
}

async function lookAtChain(audit: Pick<AuditLog, 'head' | 'read'>, found: Found): Promise<void> {
  const check = await verifyStored(audit);
  if (check.ok) found('ok', `audit: the chain of ${check.lines} lines is whole, head ${check.head.hash}`);
  else found('WRONG', `audit: the chain is not whole: ${faultOf(check)}`);
  await lookAtClock(audit, found);
}

/** The end of the chain that this machine saw last must be a line of the chain. */
async function lookAtHead(config: Config, audit: Pick<AuditLog, 'head' | 'read'>, found: Found): Promise<void> {
  const path = await headPathOf(config.databaseUrl, config.dataDir);
  const keys = deriveKeys(openMasterKey(config.masterKeyFile, false, () => new Uint8Array()));
  const kept = readHeadBeside(path, sealsOf(keys.row).chainHead);
  if (kept === null) {
    found(
      'look',
      `head: ${path} holds none: a database put back to an earlier day would not be noticed by this machine`,
    );
    return;
  }
  const [line] = await audit.read(kept.seq, 1);
  const fault = headFault('the store', path, kept, { last: (await audit.head()).seq, hash: line?.hash ?? null });
  found(fault === null ? 'ok' : 'WRONG', `head: ${fault ?? `line ${kept.seq} stands beside the database, and in it`}`);
}

/** The first line of the chain that we did not seal, or null. */
function brokenLine(db: DatabaseSync, seals: Seals): string | null {
  for (let after: number | null = 0; after !== null;) {
    const { fault, next }: LinePiece = checkLines(db, seals, after);
    if (fault !== null) return fault;
    after = next;
  }
  return null;
}

function tell(faults: readonly string[], found: Found): void {
  for (const fault of faults) found('WRONG', `data: ${fault}`);
  if (faults.length === 0)
    found('ok', 'data: records are sealed and as their last lines state; tallies agree with scans; files are whole');
}

async function checkOf(read: () => Promise<CheckState>): Promise<CheckState | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'tampered') return error.message;
    throw error;
  }
}

/** Whether the service's own checks of the store run on time. */
function lookAtCheck(state: CheckState | string, found: Found): void {
  if (typeof state === 'string') return found('WRONG', `check: ${state}`);
  const { beganAt, endedAt, findings } = state;
  for (const { text, at } of findings) found('WRONG', `check: the service found on ${at}: ${text}`);
  const lastMs = Date.parse(endedAt ?? beganAt ?? '');
  if (Number.isNaN(lastMs)) found('look', 'check: the service has not looked through the tallies yet');
  else if (Date.now() - lastMs > CHECK_LATE_MS)
    found(
      'look',
      `check: the last look through the tallies was on ${new Date(lastMs).toISOString()}; one a day is due`,
    );
  else found('ok', `check: tallies were looked through, ${endedAt === null ? 'begun' : 'ended'} ${endedAt ?? beganAt}`);
}

async function lookAtClock(audit: Pick<AuditLog, 'head' | 'read'>, found: Found): Promise<void> {
  const now = new Date();
  const { seq } = await audit.head();
  const [last] = seq === 0 ? [] : await audit.read(seq, 1);
  const isBack = last !== undefined && Date.parse(last.at) > now.getTime() + CLOCK_BACK_MS;
  const fault = isBack ? `, but the last line was written at ${last.at}: the clock was set back` : '';
  found(isBack ? 'WRONG' : 'ok', `clock: ${now.toISOString()}${fault}`);
}

/** The size of the database together with its log and its count file. */
function sizeOf(path: string): string {
  const names = readdirSync(dirname(path)).filter(
    (name) => name === basename(path) || name.startsWith(`${basename(path)}-`),
  );
  const bytes = names.reduce((sum, name) => sum + statSync(join(dirname(path), name)).size, 0);
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
