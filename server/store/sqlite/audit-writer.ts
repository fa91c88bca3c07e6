// Appends to the audit chain, in the transaction of the change that a line records, with each line's seal and, once a
// group, the head. It never continues a chain that is not as it left it, because new lines would hide that others were
// removed.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { canonicalJson, chainLine, CHAIN_START, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { AuditLine } from '../../domain/audit/audit.ts';
import { headText, lineText } from '../seal-texts.ts';
import { StoreError } from '../store.ts';
import { COLUMNS } from './audit-rows.ts';
import { readHead } from './chain-check.ts';
import { prepare, rowOf } from './connection.ts';
import type { Seals } from '../seals.ts';

const APPEND = `insert into audit (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** Where the chain ends: number, hash and seal. */
export const KEEP_HEAD = `insert or replace into chain_head (one, seq, hash, mac) values (1, ?, ?, ?)`;
const HASH_AT = `select hash from audit where seq = ?`;
const ERASE = `update audit set content = null, salt = null where entity = ? and content is not null`;

export class AuditWriter {
  private readonly db: DatabaseSync;
  private readonly seals: Seals;
  private readonly appendRow: StatementSync;
  private readonly keepHead: StatementSync;
  private readonly hashAt: StatementSync;
  /** Where the chain ends; null until the group's first line, because another process may have written since. */
  private head: ChainHead | null = null;
  /** Where the chain ended when this connection last committed or read it; null: not read yet. */
  private known: ChainHead | null;

  /** @param known where the chain ended in the previous connection */
  constructor(db: DatabaseSync, seals: Seals, known: ChainHead | null = null) {
    this.db = db;
    this.seals = seals;
    this.known = known;
    this.appendRow = prepare(db, APPEND);
    this.keepHead = prepare(db, KEEP_HEAD);
    this.hashAt = prepare(db, HASH_AT);
  }

  begin(): void {
    this.head = null;
  }

  /** @throws StoreError `tampered` if the chain is not as we left it */
  append(line: AuditLine): void {
    const before = this.head ?? this.headNow();
    const entry = chainLine(before, line);
    const { seq, at, actor, officeId, entity, action, salt, valuesHash, hash, recordVersion, concerns } = entry;
    this.appendRow.run(
      seq,
      at,
      actor,
      officeId,
      entity,
      action,
      canonicalJson(line.values),
      salt,
      valuesHash,
      hash,
      recordVersion ?? null,
      concerns ?? null,
      this.seals.chain.of(lineText(entry)),
    );
    this.head = { seq, hash };
  }

  /** Writes where the chain ends now. Returns it; null if the group had no line. */
  finish(): ChainHead | null {
    if (this.head === null) return null;
    this.keepHead.run(this.head.seq, this.head.hash, this.seals.chainHead.of(headText(this.head)));
    return this.head;
  }

  /** Called when the group is durable. */
  committed(): void {
    this.known = this.head ?? this.known;
  }

  lastKnown(): ChainHead | null {
    return this.known;
  }

  erase(entity: string): number {
    return Number(this.db.prepare(ERASE).run(entity).changes);
  }

  private headNow(): ChainHead {
    const head = readHead(this.db, this.seals);
    if ('fault' in head) throw new StoreError('tampered', head.fault);
    const { known } = this;
    if (known !== null && known.seq > 0 && rowOf(this.hashAt, known.seq)?.[0] !== known.hash)
      throw new StoreError('tampered', `line ${known.seq} of the audit chain is not the one that was written`);
    return head.seq === 0 ? CHAIN_START : head;
  }
}
