// The audit chain as rows: a line is appended in the transaction of the change it records. Its content (the values)
// lies beside the hash that binds it, and can be erased. The rules of the chain are domain/audit-chain.ts.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { canonicalJson, chainLine, CHAIN_START, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { AuditEntry, AuditLine } from '../../domain/audit/audit.ts';
import type { AuditLog, Page, PageRequest } from '../store.ts';
import { asStoreError, prepare, prepareReading, readEach, readRow, readRows, rowOf, type Cell } from './connection.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { PageRows } from '../page-rows.ts';

const COLUMNS = 'seq, at, actor, office_id, entity, action, content, salt, content_hash, hash';
const HEAD = `select seq, hash from audit order by seq desc limit 1`;
const APPEND = `insert into audit (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ERASE = `update audit set content = null, salt = null where entity = ? and content is not null`;
const READ = `select ${COLUMNS} from audit where seq >= ? order by seq limit ?`;
const FIRST_OF = `select ${COLUMNS} from audit where entity = ? order by seq limit 1`;
const WITHIN = 'seq > ?2 and at >= ?3 and at < ?4 and (?5 is null or office_id = ?5) order by seq limit ?6';
const LIST_OF_ENTITY = `select ${COLUMNS} from audit where entity = ?1 and ${WITHIN}`;
const LIST_OF_KIND = `select ${COLUMNS} from audit where kind = ?1 and ${WITHIN}`;
const LIST_OF_OFFICE = `select ${COLUMNS} from audit where office_id = ?1 and ${WITHIN}`;
const LIST_ALL = `select ${COLUMNS} from audit where ?1 is null and ${WITHIN}`;

const FIRST_INSTANT = '';
const AFTER_ALL_INSTANTS = '~';

export class AuditWriter {
  private readonly headRow: StatementSync;
  private readonly appendRow: StatementSync;
  private readonly db: DatabaseSync;
  /** Where the chain ends; null until the group's first line, because another process may have written since. */
  private head: ChainHead | null = null;

  constructor(db: DatabaseSync) {
    this.db = db;
    this.headRow = prepare(db, HEAD);
    this.appendRow = prepare(db, APPEND);
  }

  begin(): void {
    this.head = null;
  }

  append(line: AuditLine): void {
    const { seq, at, actor, officeId, entity, action, salt, valuesHash, hash } = chainLine(
      this.head ?? headOf(this.headRow),
      line,
    );
    this.appendRow.run(seq, at, actor, officeId, entity, action, canonicalJson(line.values), salt, valuesHash, hash);
    this.head = { seq, hash };
  }

  erase(entity: string): number {
    return Number(this.db.prepare(ERASE).run(entity).changes);
  }
}

/** The reading half of the port's AuditLog. */
export function auditReader(db: DatabaseSync): Omit<AuditLog, 'add' | 'eraseValues'> {
  const statements = {
    head: prepareReading(db, HEAD),
    read: prepareReading(db, READ),
    firstOf: prepareReading(db, FIRST_OF),
    ofEntity: prepareReading(db, LIST_OF_ENTITY),
    ofKind: prepareReading(db, LIST_OF_KIND),
    ofOffice: prepareReading(db, LIST_OF_OFFICE),
    all: prepareReading(db, LIST_ALL),
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
      readEach(statement, values, (row) => rows.takeLine(row, row[6] as string | null));
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
  };
}

function headOf(statement: StatementSync): ChainHead {
  const row = rowOf(statement);
  return row === null ? CHAIN_START : { seq: row[0] as number, hash: row[1] as string };
}

function entryOf(row: Cell[]): AuditEntry {
  const [seq, at, actor, officeId, entity, action, content, salt, valuesHash, hash] = row as [
    number,
    string,
    string,
    string | null,
    string,
    string,
    string | null,
    string | null,
    string,
    string,
  ];
  const values = content === null ? null : (JSON.parse(content) as Record<string, unknown>);
  return { seq, at, actor, officeId, entity, action, values, salt, valuesHash, hash };
}
