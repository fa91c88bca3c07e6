// Lines of the audit chain as rows, and back.

import type { AuditEntry } from '../../domain/audit/audit.ts';
import type { Cell } from './connection.ts';

export const COLUMNS =
  'seq, at, actor, office_id, entity, action, content, salt, content_hash, hash, record_version, concerns, mac';
/** Its position in a row of COLUMNS. */
export const CONTENT_CELL = 6;

/** The columns that a line's seal covers, and the seal; cheaper to read than a whole line. */
export const SEALED_COLUMNS = 'seq, entity, record_version, concerns, hash, mac';

export type SealedLine = Pick<AuditEntry, 'seq' | 'entity' | 'recordVersion' | 'concerns' | 'hash'>;

export function entryOf(row: Cell[]): AuditEntry {
  const [seq, at, actor, officeId, entity, action, content, salt, valuesHash, hash, version, concerns] = row as [
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
    number | null,
    string | null,
  ];
  const values = content === null ? null : (JSON.parse(content) as Record<string, unknown>);
  const line = { seq, at, actor, officeId, entity, action, values, salt, valuesHash, hash };
  return {
    ...line,
    ...(version === null ? {} : { recordVersion: version }),
    ...(concerns === null ? {} : { concerns }),
  };
}

/** From a row of SEALED_COLUMNS. */
export function sealedLineOf(row: Cell[]): SealedLine {
  const [seq, entity, version, concerns, hash] = row as [number, string, number | null, string | null, string];
  return {
    seq,
    entity,
    hash,
    ...(version === null ? {} : { recordVersion: version }),
    ...(concerns === null ? {} : { concerns }),
  };
}
