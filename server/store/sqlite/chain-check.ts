// Whether the audit chain of an embedded store is complete and its lines are ours. Completeness is checked before a
// store is used and after each write by another process. The lines are walked in pieces, in the reader thread.

import type { DatabaseSync } from 'node:sqlite';
import { CHAIN_START, type ChainHead } from '../../domain/audit/audit-chain.ts';
import { headText, lineText } from '../seal-texts.ts';
import { sealedLineOf, SEALED_COLUMNS } from './audit-rows.ts';
import { prepare, rowOf, rowsOf, type Cell } from './connection.ts';
import type { Seals } from '../seals.ts';

const HEAD = `select seq, hash, mac from chain_head where one = 1`;
const LAST = `select seq, hash from audit order by seq desc limit 1`;
const EXTENT = `select count(*), min(seq), max(seq) from audit`;
const HASH_AT = `select hash from audit where seq = ?`;
const LINES = `select ${SEALED_COLUMNS} from audit where seq > ? order by seq limit ?`;
const MADE_BY_SQL = `select type || ' ' || name, sql from sqlite_schema where type in ('trigger', 'view')`;
/** Triggers of a store that was closed for a move (moving/departure.ts). */
const CLOSED_FOR_MOVE =
  /^create trigger "moved\.(\w+)\.(insert|update|delete)" before \2 on "\1"\s+begin select raise\(abort, '[a-z ]+'\); end$/i;

/** Lines checked in one piece: about ten milliseconds, so that other questions need not wait. */
const PIECE_LINES = 5_000;

/** Where the chain ends, or what is wrong with its end. */
export function readHead(db: DatabaseSync, seals: Seals): ChainHead | { fault: string } {
  const row = rowOf(prepare(db, HEAD)) as [number, string, string] | null;
  const last = rowOf(prepare(db, LAST)) as [number, string] | null;
  if (row === null) {
    return last === null ? CHAIN_START : { fault: `the audit chain has ${last[0]} lines and no head` };
  }
  const [seq, hash, mac] = row;
  if (!seals.chainHead.isOf(headText({ seq, hash }), mac))
    return { fault: 'the head of the audit chain is not as it was written' };
  if (last === null || last[0] !== seq || last[1] !== hash)
    return { fault: `the audit chain ends at line ${last?.[0] ?? 0}, its head says ${seq}` };
  return { seq, hash };
}

/**
 * What is wrong with the chain as a whole; null: nothing. Checks its end, missing lines, and anything in the schema
 * that could change what we write.
 * @param known where the chain ended before, as this process remembers; null: unknown
 */
export function chainFault(db: DatabaseSync, seals: Seals, known: ChainHead | null): string | null {
  // One snapshot, so that a line written meanwhile does not look like a fault.
  db.exec('begin');
  try {
    return faultInSnapshot(db, seals, known);
  } finally {
    db.exec('rollback');
  }
}

function faultInSnapshot(db: DatabaseSync, seals: Seals, known: ChainHead | null): string | null {
  const made = rowsOf(prepare(db, MADE_BY_SQL)) as [string, string][];
  const foreign = made.find(([, sql]) => !CLOSED_FOR_MOVE.test(sql));
  if (foreign !== undefined) return `the database holds a ${foreign[0]} that is not ours`;
  const head = readHead(db, seals);
  if ('fault' in head) return head.fault;
  if (known !== null && known.seq > 0 && rowOf(prepare(db, HASH_AT), known.seq)?.[0] !== known.hash)
    return `line ${known.seq} of the audit chain is not the one that was written`;
  const [lines, first, last] = rowOf(prepare(db, EXTENT)) as [number, number | null, number | null];
  if (lines === 0) return null;
  if (first !== 1 || last !== lines) return `lines of the audit chain are missing: there are ${lines} of ${last ?? 0}`;
  return null;
}

/** A piece of the walk over all lines. */
export interface LinePiece {
  fault: string | null;
  /** The last line checked; null: there are no more. */
  next: number | null;
}

/** Checks the seals of the next lines after `after`. */
export function checkLines(db: DatabaseSync, seals: Seals, after: number): LinePiece {
  const rows = rowsOf(prepare(db, LINES), after, PIECE_LINES);
  for (const row of rows) {
    const line = sealedLineOf(row);
    if (!seals.chain.isOf(lineText(line), row[5] as string | null))
      return { fault: `line ${line.seq} of the audit chain is not as it was written`, next: null };
  }
  const last = rows.at(-1) as Cell[] | undefined;
  return { fault: null, next: last === undefined || rows.length < PIECE_LINES ? null : (last[0] as number) };
}
