// How many scans were ever answered, in a small file beside the database. SQLite silently ends the replay of a damaged
// log: scans answered after the damage are lost, although every check of the file succeeds. A database that counts
// fewer scans than this file was cut short (trust.ts). The file is written after each commit and not synced: it may lag
// behind, but never leads.

import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

const DIGITS = 20;

export interface AnsweredCount {
  keep: (answered: number) => void;
  close: () => void;
}

/** The file beside the database with the end of the audit chain (head-beside.ts). */
export function headPath(databasePath: string): string {
  return `${databasePath}-head`;
}

export function answeredPath(databasePath: string): string {
  return `${databasePath}-answered`;
}

/** Opens the count for writing; creates it if there is none (mode 0600). */
export function openAnsweredCount(databasePath: string): AnsweredCount {
  const file = openSync(answeredPath(databasePath), constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    // One write of constant length at the start of the file, so that it is never half written.
    keep: (answered) => {
      writeSync(file, `${String(answered).padStart(DIGITS, '0')}\n`, 0);
    },
    close: () => closeSync(file),
  };
}

/** The count; null if there is no file, or no legible content (the machine lost power while creating it). */
export function readAnsweredCount(databasePath: string): number | null {
  const path = answeredPath(databasePath);
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'latin1');
  return /^\d{20}\n$/.test(text) ? Number(text) : null;
}
