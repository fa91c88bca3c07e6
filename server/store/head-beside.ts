// Where the audit chain ended, in a small file beside the database (with a shared database: in each server's data
// folder), like the count of answered scans (sqlite/answered-count.ts). A database that was restored from an earlier
// day ends before it. The file is written after the commit that it describes and is not synced: it may lag behind, but
// never leads. It is sealed, so that nobody can invent a head.

import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { ChainHead } from '../domain/audit/audit-chain.ts';
import { headText } from './seal-texts.ts';
import type { ShortSeal } from './short-seal.ts';

const DIGITS = 20;

export interface HeadBeside {
  keep: (head: ChainHead) => void;
  close: () => void;
}

/** Opens the file for writing; creates it if there is none (mode 0600). */
export function openHeadBeside(path: string, seal: ShortSeal): HeadBeside {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    // One write of constant length at the start of the file, so that it is never half written.
    keep: (head) => {
      const { seq, hash } = head;
      writeSync(file, `${String(seq).padStart(DIGITS, '0')} ${hash} ${seal.of(headText(head))}\n`, 0);
    },
    close: () => closeSync(file),
  };
}

/** The head; null if there is no file, or its content was not written by us. */
export function readHeadBeside(path: string, seal: ShortSeal): ChainHead | null {
  if (!existsSync(path)) return null;
  const parts = /^(\d{20}) ([0-9a-f]{64}) (\S+)\n$/.exec(readFileSync(path, 'latin1'));
  if (parts === null) return null;
  const head: ChainHead = { seq: Number(parts[1]), hash: parts[2] as string };
  return seal.isOf(headText(head), parts[3]) ? head : null;
}
