// Turns print files into rows of a backup and back: the pieces of each file, in order.

import { closeSync, existsSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../server/kit/folder.ts';
import type { MovedRow } from '../../server/store/moving.ts';

const PIECE_BYTES = 1024 * 1024;
/** `JOB/part-1.pdf`: no other form of name is written, so that no name can lead out of the folder. */
const NAME = /^[\w-]{1,64}\/part-\d{1,6}\.[a-z]{1,5}$/;

export function printFolder(dataDir: string): string {
  return join(dataDir, 'print-jobs');
}

/** @param jobs ids of finished print jobs; files made by another server are not on this disk and are left out */
export function* printFileRows(dataDir: string, jobs: readonly string[]): Generator<MovedRow> {
  const folder = printFolder(dataDir);
  const buffer = Buffer.alloc(PIECE_BYTES);
  for (const job of jobs) {
    if (!existsSync(join(folder, job))) continue;
    for (const file of readdirSync(join(folder, job)).toSorted()) {
      const name = `${job}/${file}`;
      if (!NAME.test(name)) continue;
      const handle = openSync(join(folder, name), 'r');
      try {
        for (let at = 0; ;) {
          const bytes = readSync(handle, buffer, 0, PIECE_BYTES, at);
          if (bytes === 0 && at > 0) break;
          yield [name, at, buffer.subarray(0, bytes).toString('base64')];
          at += bytes;
          if (bytes === 0) break;
        }
      } finally {
        closeSync(handle);
      }
    }
  }
}

/** Writes pieces to their places (files 0600, folders 0700). Skips names that are not ours. */
export function putPrintFiles(dataDir: string, rows: readonly MovedRow[]): void {
  for (const [name, at, base64] of rows as readonly [string, number, string][]) {
    if (!NAME.test(name)) continue;
    const path = join(printFolder(dataDir), name);
    makeFolder(dirname(path));
    const file = openSync(path, at === 0 ? 'w' : 'r+', 0o600);
    try {
      writeSync(file, Buffer.from(base64, 'base64'), 0, undefined, at);
    } finally {
      closeSync(file);
    }
  }
}
