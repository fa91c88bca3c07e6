// How many scans were ever answered, in a small file beside the database. SQLite ends the replay of a damaged log
// silently: what was answered after the damage is gone, and every check of the file says ok. A database that counts
// fewer scans than this file was cut short (trust.ts). It is written after each commit and not forced to disk: it may
// lag, never lead.

import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

const DIGITS = 20;

export interface AnsweredCount {
  keep: (answered: number) => void;
  close: () => void;
}

/** Beside it lies where the audit chain ended (head-beside.ts). */
export function headPath(databasePath: string): string {
  return `${databasePath}-head`;
}

export function answeredPath(databasePath: string): string {
  return `${databasePath}-answered`;
}

/** Opens the count for writing, and makes it where there is none (0600). */
export function openAnsweredCount(databasePath: string): AnsweredCount {
  const file = openSync(answeredPath(databasePath), constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    // One write of constant length at the beginning: no moment at which the file is half there.
    keep: (answered) => {
      writeSync(file, `${String(answered).padStart(DIGITS, '0')}\n`, 0);
    },
    close: () => closeSync(file),
  };
}

/** The count, or null where there is no file or nothing legible in it (a machine that lost power while making it). */
export function readAnsweredCount(databasePath: string): number | null {
  const path = answeredPath(databasePath);
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'latin1');
  return /^\d{20}\n$/.test(text) ? Number(text) : null;
}
