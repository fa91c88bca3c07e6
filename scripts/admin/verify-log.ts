// `verify-log`: checks whether the audit chain of the store, or of a downloaded copy, is complete and unchanged. It
// names the first line that is wrong.
//
// A chain on one machine proves nothing against the owner of that machine. A copy kept elsewhere does, if it is
// compared with the store (`--compare`).

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  CHAIN_START,
  valuesHash,
  verifyChain,
  type ChainCheck,
  type ChainHead,
} from '../../server/domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../server/domain/audit/audit.ts';
import type { AuditLog } from '../../server/store/store.ts';
import { WrongUse, Wrong, type Command, type Terminal } from './command.ts';
import { openStore } from './open-store.ts';
import { readLogCopy } from './log-copy.ts';
import { storeFaults } from './store-faults.ts';

/** Lines per read: the chain may be longer than memory. */
const LINES = 1_000;

const FAULTS = {
  sequence: 'a line before it is missing, or it is there twice',
  values: 'its values are not those that were written',
  hash: 'this line, or the one before it, was changed',
} as const;

export const verifyLog: Command = {
  help: `verify-log                    the store's own chain, every record against its last line, tallies against scans
verify-log FILE               a copy: JSON lines, or pages as GET /api/v1/audit answers them, one after the other
verify-log FILE --compare     the copy, and whether the store still holds the very same lines

Erased values are no fault: the chain holds their hash.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { compare: { type: 'boolean' } },
    });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new WrongUse('verify-log takes one file');
    if (file === undefined) {
      if (values.compare === true) throw new WrongUse('--compare needs a file to compare with');
      await using open = await openStore();
      tell(await verifyStored(open.store.audit), terminal, 'The store’s chain');
      const faults = await storeFaults(open.store);
      if (faults.length > 0) throw new Wrong(faults);
      terminal.out('Every record is sealed and the version that its last line states.');
      terminal.out('Every tally is sealed, and those of each batch agree with its scans.');
      return;
    }
    const copy = readLogCopy(await readText(file));
    const [first] = copy;
    if (first === undefined) throw new Wrong([`${file} holds no line of an audit log.`]);
    tell(
      checkCopy(copy, first),
      terminal,
      first.seq === 1 ? 'The copy' : `The copy, which begins at line ${first.seq},`,
    );
    if (values.compare !== true) return;
    await using open = await openStore();
    await compare(copy, open.store.audit);
    terminal.out(`The store holds the same ${copy.length} lines.`);
  },
};

/** Checks the whole stored chain, piece by piece. */
export async function verifyStored(audit: Pick<AuditLog, 'read'>): Promise<ChainCheck> {
  let head: ChainHead = CHAIN_START;
  for (;;) {
    const lines = await audit.read(head.seq + 1, LINES);
    const check = verifyChain(lines, head);
    if (!check.ok) return check;
    if (lines.length === 0) return { ok: true, head, lines: head.seq };
    head = check.head;
  }
}

/** The message for a broken chain. */
export function faultOf(check: Extract<ChainCheck, { ok: false }>): string {
  return `line ${check.seq}: ${FAULTS[check.fault]}`;
}

/** A copy that begins later cannot show what came before it: the hash of its first line is taken as given. */
function checkCopy(copy: readonly AuditEntry[], first: AuditEntry): ChainCheck {
  if (first.seq === 1) return verifyChain(copy);
  if (first.values !== null && (first.salt === null || valuesHash(first.salt, first.values) !== first.valuesHash)) {
    return { ok: false, seq: first.seq, fault: 'values' };
  }
  const rest = verifyChain(copy.slice(1), first);
  return rest.ok ? { ...rest, lines: rest.lines + 1 } : rest;
}

async function compare(copy: readonly AuditEntry[], audit: Pick<AuditLog, 'read'>): Promise<void> {
  for (let at = 0; at < copy.length; at += LINES) {
    const piece = copy.slice(at, at + LINES);
    const stored = await audit.read(piece[0]?.seq ?? 1, piece.length);
    for (const [i, line] of piece.entries()) {
      if (stored[i]?.hash === line.hash) continue;
      const fault = stored[i] === undefined ? 'no longer has it' : 'holds another one than the copy';
      throw new Wrong([`line ${line.seq}: the store ${fault}`]);
    }
  }
}

function tell(check: ChainCheck, terminal: Terminal, what: string): void {
  if (!check.ok) throw new Wrong([`${what} is not whole: ${faultOf(check)}`]);
  terminal.out(`${what} is whole: ${check.lines} lines, head ${check.head.hash}`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Wrong([`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
