// The reading half of the audit chain. Its content (the values) is stored beside the hash that binds it, and can be
// erased. The rules of the chain are in domain/audit/audit-chain.ts, those of records in store/witness.ts.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CHAIN_START, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../domain/audit/audit.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { PageRows } from '../page-rows.ts';
import { lineText } from '../seal-texts.ts';
import { StoreError, type AuditLog, type Page, type PageRequest } from '../store.ts';
import { COLUMNS, CONTENT_CELL, entryOf, sealedLineOf, SEALED_COLUMNS, type SealedLine } from './audit-rows.ts';
import { asStoreError, prepareReading, readEach, readRow, readRows, rowOf, type Cell } from './connection.ts';
import type { Seals } from '../seals.ts';

const HEAD = `select seq, hash from audit order by seq desc limit 1`;
const READ = `select ${COLUMNS} from audit where seq >= ? order by seq limit ?`;
const FIRST_OF = `select ${COLUMNS} from audit where entity = ? order by seq limit 1`;
const WITHIN = 'seq > ?2 and at >= ?3 and at < ?4 and (?5 is null or office_id = ?5) order by seq limit ?6';
const LIST_OF_ENTITY = `select ${COLUMNS} from audit where entity = ?1 and ${WITHIN}`;
const LIST_OF_KIND = `select ${COLUMNS} from audit where kind = ?1 and ${WITHIN}`;
const LIST_OF_OFFICE = `select ${COLUMNS} from audit where office_id = ?1 and ${WITHIN}`;
const LIST_ALL = `select ${COLUMNS} from audit where ?1 is null and ${WITHIN}`;
const LAST_VERSION = `
  select ${SEALED_COLUMNS} from audit where entity = ? and record_version is not null order by seq desc limit 1`;
/** The condition on `kind` must equal the index's (migrations/09-seals.sql). */
const CONCERNING = `
  select ${SEALED_COLUMNS} from audit indexed by "audit.concerns"
  where concerns = ?1 and kind in ('recall', 'certificate') and kind = ?2 order by entity, seq`;

const FIRST_INSTANT = '';
const AFTER_ALL_INSTANTS = '~';

/** A known fault of the chain; with one it cannot vouch for anything. */
export interface ChainState {
  fault: string | null;
}

/** The reading half of the port's AuditLog. */
export function auditReader(
  db: DatabaseSync,
  seals: Seals,
  chain: Readonly<ChainState> = { fault: null },
): Omit<AuditLog, 'add' | 'eraseValues'> {
  const statements = {
    head: prepareReading(db, HEAD),
    read: prepareReading(db, READ),
    firstOf: prepareReading(db, FIRST_OF),
    ofEntity: prepareReading(db, LIST_OF_ENTITY),
    ofKind: prepareReading(db, LIST_OF_KIND),
    ofOffice: prepareReading(db, LIST_OF_OFFICE),
    all: prepareReading(db, LIST_ALL),
    lastVersion: prepareReading(db, LAST_VERSION),
    concerning: prepareReading(db, CONCERNING),
  };
  const sealed = (row: Cell[]): SealedLine => {
    const line = sealedLineOf(row);
    if (!seals.chain.isOf(lineText(line), row[5] as string | null))
      throw new StoreError('tampered', `line ${line.seq} of the audit chain is not as it was written`);
    return line;
  };
  const mustBeWhole = (): void => {
    if (chain.fault !== null) throw new StoreError('untrusted', chain.fault);
  };

  return {
    async list(filter, page: PageRequest): Promise<Page<AuditEntry>> {
      const { entity, officeId } = filter;
      const limit = limitOf(page);
      const after = page.after === null ? 0 : cursorAfter(page.after, ['number'])[0];
      const [statement, key] =
        entity !== null
          ? [entity.includes(':') ? statements.ofEntity : statements.ofKind, entity]
          : officeId !== null
            ? [statements.ofOffice, officeId]
            : [statements.all, null];
      const { from, to } = filter;
      const values = [key, after as number, from ?? FIRST_INSTANT, to ?? AFTER_ALL_INSTANTS, officeId, limit + 1];
      const rows = new PageRows<Cell[]>(limit);
      readEach(statement, values, (row) => rows.takeLine(row, row[CONTENT_CELL] as string | null));
      return rows.page(entryOf, ([seq]) => [seq as number]);
    },
    async read(seq, limit) {
      return readRows(statements.read, seq, limit).map(entryOf);
    },
    async firstOf(entity) {
      const row = readRow(statements.firstOf, entity);
      return row === null ? null : entryOf(row);
    },
    async head() {
      return asStoreError(() => headOf(statements.head));
    },
    async lastVersions(entities) {
      mustBeWhole();
      const versions = new Map<string, number>();
      for (const entity of entities) {
        const row = readRow(statements.lastVersion, entity);
        if (row !== null) versions.set(entity, sealed(row).recordVersion as number);
      }
      return versions;
    },
    async waitingVersions() {
      return new Map();
    },
    async concerning(producerId, kinds) {
      mustBeWhole();
      const versions = new Map<string, number>();
      for (const kind of kinds) {
        for (const row of readRows(statements.concerning, producerId, kind)) {
          const { entity, recordVersion } = sealed(row);
          if (recordVersion !== undefined) versions.set(entity, recordVersion);
        }
      }
      return versions;
    },
  };
}

function headOf(statement: StatementSync): ChainHead {
  const row = rowOf(statement);
  return row === null ? CHAIN_START : { seq: row[0] as number, hash: row[1] as string };
}
