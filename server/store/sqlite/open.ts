// Opens the embedded store: checks that the file may be trusted, updates its schema, starts the writer thread.

import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, type Store } from '../store.ts';
import { assembleStore } from './assemble.ts';
import { messageOf, openReading, openWriting, sqliteFault, type Synchronous } from './connection.ts';
import { LongReader } from './long-reader.ts';
import { chainFault } from './chain-check.ts';
import { ChainWatch } from './chain-watch.ts';
import { migrate } from './migrations.ts';
import { countForgotten } from './forgotten.ts';
import { sealStore } from './seal-store.ts';
import { sealsOf } from '../seals.ts';
import { bindSealing, checkTrust, isNewStore, signStore, storeFacts } from './trust.ts';
import { Writer, type Log } from './writer.ts';

export interface SqliteStoreOptions {
  /**
   * The database file. Beside it are its log (`-wal`, `-shm`), the count of answered scans (`-answered`) and the end of
   * the audit chain (`-head`).
   */
  path: string;
  /** Seals rows: 32 bytes derived from the master key. */
  rowKey: Uint8Array;
  now: () => Date;
  /** Names the days of salts and visits. A store that was made in another zone is reported in the log. */
  timeZone: string;
  log?: Log;
  /** Told that the file ends before what lies beside it; absent: such a file is refused. */
  onGap?: (gap: string) => void;
  /** Tests only: OFF loses answered scans in a power cut. */
  synchronous?: Synchronous;
  /** Tests only: how soon a silent holder loses a lease. */
  leaseSilenceMs?: number;
  /** Tests only: how soon other writers of the file are noticed. */
  watchMs?: number;
}

/** @throws StoreError `untrusted` for a file that must not be used, `unavailable` for one that cannot be */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, rowKey, timeZone, synchronous = 'FULL' } = options;
  const log = options.log ?? (() => undefined);
  const fault = sqliteFault();
  if (fault !== null) throw new StoreError('unavailable', fault);
  prepareFile(options, log);

  const db = openReading(path);
  const facts = storeFacts(db);
  if (facts !== null && facts.timeZone !== timeZone)
    log('store.time-zone-changed', { from: facts.timeZone, to: timeZone });
  const writer = new Writer({ path, rowKey, synchronous, log });
  try {
    await writer.open();
  } catch (error) {
    db.close();
    throw error;
  }
  const { leaseSilenceMs, watchMs } = options;
  const longReader = new LongReader({ path, rowKey, log });
  const seals = sealsOf(rowKey);
  const watch = new ChainWatch({ writer, longReader, log, fault: chainFault(db, seals, null) });
  watch.start(watchMs);
  return assembleStore({
    path,
    db,
    longReader,
    writer,
    seals,
    watch,
    log,
    ...(leaseSilenceMs === undefined ? {} : { leaseSilenceMs }),
  });
}

function prepareFile(options: SqliteStoreOptions, log: Log): void {
  const { path, rowKey, synchronous = 'FULL', now, timeZone, onGap } = options;
  const at = now().toISOString();
  const isNew = isNewStore(path);
  try {
    if (isNew) makeFile(path);
    else checkTrust(path, rowKey, onGap);
    const db = openWriting(path, synchronous);
    try {
      migrate(db, {
        sign: () => signStore(db, rowKey, at, timeZone),
        seal: () => {
          sealStore(db, sealsOf(rowKey), at, log);
          bindSealing(db, rowKey);
        },
        countForgotten: () => countForgotten(db, sealsOf(rowKey)),
      });
    } finally {
      db.close();
    }
    // Another process may have created it at the same moment, with a different key.
    if (isNew) checkTrust(path, rowKey);
  } catch (error) {
    throw error instanceof StoreError
      ? error
      : new StoreError('unavailable', `${path} cannot be opened: ${messageOf(error)}`, error);
  }
}

/** An empty file that only its owner can read, durable with its folder. */
function makeFile(path: string): void {
  const file = openSync(path, 'a', 0o600);
  fsyncSync(file);
  closeSync(file);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
