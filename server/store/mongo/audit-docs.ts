// Lines of the audit chain as documents, and back.

import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../domain/audit/audit.ts';
import { lineText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { StoreError } from '../store.ts';
import type { AuditDoc } from './schemas.ts';

/** The fields that a line's seal covers, and the seal. */
export const SEALED_FIELDS = { entity: 1, recordVersion: 1, concerns: 1, hash: 1, mac: 1 } as const;
export type SealedDoc = Pick<AuditDoc, '_id' | 'entity' | 'recordVersion' | 'concerns' | 'hash' | 'mac'>;

/** @param line id of its outbox entry */
export function docOf(entry: AuditEntry, line: string, seal: ShortSeal): AuditDoc {
  const { seq, at, actor, officeId, entity, action, values, salt, valuesHash, hash, recordVersion, concerns } = entry;
  const kind = entity.slice(0, Math.max(0, `${entity}:`.indexOf(':')));
  return {
    _id: seq,
    line,
    at,
    actor,
    officeId,
    entity,
    kind,
    action,
    values: values === null ? null : canonicalJson(values),
    salt,
    valuesHash,
    hash,
    ...(recordVersion === undefined ? {} : { recordVersion }),
    ...(concerns === undefined ? {} : { concerns }),
    mac: seal.of(lineText(entry)),
  };
}

export function entryOf(doc: AuditDoc): AuditEntry {
  const { _id, at, actor, officeId, entity, action, values, salt, valuesHash, hash, recordVersion, concerns } = doc;
  return {
    seq: _id,
    at,
    actor,
    officeId,
    entity,
    action,
    values: values === null ? null : (JSON.parse(values) as Record<string, unknown>),
    salt,
    valuesHash,
    hash,
    ...(recordVersion === undefined ? {} : { recordVersion }),
    ...(concerns === undefined ? {} : { concerns }),
  };
}

export function isLineSealed({ _id, mac, ...line }: SealedDoc, seal: ShortSeal): boolean {
  return seal.isOf(lineText({ ...line, seq: _id }), mac);
}

/** @throws StoreError `tampered` */
export function mustBeSealed(doc: SealedDoc, seal: ShortSeal): void {
  if (!isLineSealed(doc, seal))
    throw new StoreError('tampered', `line ${doc._id} of the audit chain is not as it was written`);
}
