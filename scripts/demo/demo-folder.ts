// Finds out whose data folder this is, by a mark that the demo writes before it makes anything. The demo so never
// touches a store that it did not make, and knows after a crash that it may start again.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../server/kit/folder.ts';
import { eraseStore, isEmptyStore, shownAddress } from '../../server/store/open-store.ts';

interface Mark {
  state: 'begun' | 'finished';
  /** The store that was made, without its password; any other store is not the demo's. */
  database: string;
  /** The origin in its stamps. It never changes. */
  origin: string;
  /** The process that makes it. */
  pid: number;
}

/** A folder or store that the demo must not touch: exit 78. */
export class NotOurs extends Error {}

export interface DemoFolder {
  /** `made`: finished earlier, the data is kept. `empty`: still to be made; leftovers of a crash were removed. */
  state: 'made' | 'empty';
  /** The origin in its stamps: that of the first run. */
  origin: string;
  finish: () => void;
}

/** @param keyFile the master key's file @throws NotOurs; StoreError if a server does not answer */
export async function openDemoFolder(
  dataDir: string,
  { databaseUrl, keyFile, origin }: { databaseUrl: string; keyFile: string; origin: string },
): Promise<DemoFolder> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'demo-mark.json');
  const mark = readMark(path);
  const database = shownAddress(databaseUrl);
  const isEmpty = await isEmptyStore(databaseUrl);
  if (mark === null) {
    if (!isEmpty)
      throw new NotOurs(
        `${database} was not made by the demo. Give the demo a folder of its own: DATA_DIR=./data/demo npm run demo`,
      );
    if (existsSync(keyFile))
      throw new NotOurs(
        `${keyFile} is a key that the demo did not make. Give the demo a folder of its own, as DATA_DIR.`,
      );
  } else {
    if (mark.database !== database)
      throw new NotOurs(
        `The demo of ${dataDir} made ${mark.database}, not ${database}. ` +
          'Give this one a folder of its own, as DATA_DIR.',
      );
    if (mark.state === 'finished' && !isEmpty) return { state: 'made', origin: mark.origin, finish: () => undefined };
    if (mark.state === 'begun' && mark.pid !== process.pid && isAlive(mark.pid)) {
      throw new NotOurs(`Another demo (process ${mark.pid}) is making ${dataDir} now. Wait for it, or stop it.`);
    }
    // The run did not finish. Everything here is the demo's, and half a story is useless, so start again.
    await eraseStore(databaseUrl, dataDir);
    rmSync(keyFile, { force: true });
    rmSync(join(dataDir, 'sheets'), { recursive: true, force: true });
    rmSync(join(dataDir, 'demo.json'), { force: true });
  }
  const markAs = (state: Mark['state']): void =>
    writeClosed(path, JSON.stringify({ state, database, origin, pid: process.pid } satisfies Mark));
  markAs('begun');
  return { state: 'empty', origin, finish: () => markAs('finished') };
}

/** Writes a file that only its owner can read, completely or not at all, and makes it and its folder entry durable. */
export function writeClosed(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  syncFolder(dirname(path));
}

function readMark(path: string): Mark | null {
  if (!existsSync(path)) return null;
  const mark = JSON.parse(readFileSync(path, 'utf8')) as Partial<Mark>;
  const { state, database, origin, pid } = mark;
  if (
    (state !== 'begun' && state !== 'finished') ||
    typeof database !== 'string' ||
    typeof origin !== 'string' ||
    typeof pid !== 'number'
  ) {
    throw new NotOurs(`${path} is not the demo's mark. Give the demo a folder of its own, as DATA_DIR.`);
  }
  return { state, database, origin, pid };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
