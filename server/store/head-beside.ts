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

/** What a store's chain says of the head that is kept beside it. */
export interface HeadFacts {
  /** The number of the last line. */
  last: number;
  /** The hash of the line that the head beside it names; null if there is none. */
  hash: string | null;
}

/**
 * Why a store must not be opened: the head beside it must be a line of the chain, or its end. A file whose process died
 * may lag; a database that was put back to an earlier day ends before it. Null: it agrees.
 */
export function headFault(store: string, path: string, kept: ChainHead, { last, hash }: HeadFacts): string | null {
  if (last < kept.seq)
    return (
      `${store} ends at line ${last} of its audit chain, the head beside it says ${kept.seq}: it was put back to an ` +
      `earlier day. ${headRemedy(path)}`
    );
  if (hash === kept.hash) return null;
  return (
    `line ${kept.seq} of the audit chain of ${store} is not the one that the head beside it names: it was put back to ` +
    `an earlier day and went on from there. ${headRemedy(path)}`
  );
}

export function headRemedy(path: string): string {
  return (
    'Restore a backup of that day or later; or, if what is missing is truly lost, look at it and go on without it: ' +
    `npm run admin -- accept-gap (docs/operations.md). The head lies in ${path}`
  );
}
