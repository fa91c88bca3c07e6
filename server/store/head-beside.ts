// Where the audit chain ended, in a small file beside the database (of servers that share one: in each server's folder
// of data), as the count of answered scans is (sqlite/answered-count.ts): a database that was put back to an earlier
// day ends before it. It is written after the commit that it describes and not forced to disk: it may lag, never lead.
// It carries a seal, so that nobody can write a head that never was.

import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { ChainHead } from '../domain/audit/audit-chain.ts';
import { headText } from './seal-texts.ts';
import type { ShortSeal } from './short-seal.ts';

const DIGITS = 20;

export interface HeadBeside {
  keep: (head: ChainHead) => void;
  close: () => void;
}

/** Opens the file for writing, and makes it where there is none (0600). */
export function openHeadBeside(path: string, seal: ShortSeal): HeadBeside {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    // One write of constant length at the beginning: no moment at which the file is half there.
    keep: (head) => {
      const { seq, hash } = head;
      writeSync(file, `${String(seq).padStart(DIGITS, '0')} ${hash} ${seal.of(headText(head))}\n`, 0);
    },
    close: () => closeSync(file),
  };
}

/** The head, or null where there is no file, or nothing in it that we wrote. */
export function readHeadBeside(path: string, seal: ShortSeal): ChainHead | null {
  if (!existsSync(path)) return null;
  const parts = /^(\d{20}) ([0-9a-f]{64}) (\S+)\n$/.exec(readFileSync(path, 'latin1'));
  if (parts === null) return null;
  const head: ChainHead = { seq: Number(parts[1]), hash: parts[2] as string };
  return seal.isOf(headText(head), parts[3]) ? head : null;
}
