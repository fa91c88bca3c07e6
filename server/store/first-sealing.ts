// What both adapters do when they seal a store that was made before every row carried a seal: what the lines of a
// record tell of it, and the line that states its version from then on.

import { canonicalJson } from '../domain/audit/audit-chain.ts';
import type { AuditEntry, AuditLine } from '../domain/audit/audit.ts';
import type { Entity } from '../domain/entity.ts';
import type { CollectionName } from './store.ts';
import { entityOf, witnessLine } from './witness.ts';

/** Collections that were sealed before: their rows must bear that seal. */
export const SEALED_BEFORE: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'offices',
  'producers',
  'products',
  'certificates',
  'lots',
  'batches',
  'recalls',
]);

/** There is nothing in the values of such a line that could be guessed. */
const NO_SALT = '0'.repeat(32);

/** The line that states which version of a record was sealed. */
export function baselineLine(name: CollectionName, doc: Entity, at: string): AuditLine {
  const officeId = 'officeId' in doc && typeof doc.officeId === 'string' ? doc.officeId : null;
  const entity = entityOf(name, doc.id);
  const line = { at, actor: 'system', officeId, entity, action: 'seal-record', values: {}, salt: NO_SALT };
  return witnessLine(name, doc, line);
}

/**
 * What the lines of a record say against it, or null. A line that made it states its fields, one that changed it those
 * before and after; erased values and those of other lines tell nothing, and after such a line any field may differ.
 *
 * @param lines all of this record, oldest first
 */
export function contradictionOf(doc: Entity, lines: readonly Pick<AuditEntry, 'values'>[]): string | null {
  const [first] = lines;
  if (first === undefined) return 'the audit chain has no line of it';
  const stated = new Map<string, unknown>();
  for (const [i, { values }] of lines.entries()) {
    const after = i === 0 ? values : changeOf(values);
    if (after === null) stated.clear();
    else for (const [field, value] of Object.entries(after)) stated.set(field, value);
  }
  const fields = doc as unknown as Record<string, unknown>;
  for (const [field, value] of stated) {
    if (field in fields && canonicalJson(fields[field] ?? null) !== canonicalJson(value ?? null))
      return `its ${field} is not what its lines state`;
  }
  return null;
}

/** The fields as a change left them, where a line states just that. */
function changeOf(values: Record<string, unknown> | null): Record<string, unknown> | null {
  if (values === null || Object.keys(values).toSorted().join() !== 'after,before') return null;
  const { after } = values;
  return typeof after === 'object' && after !== null ? (after as Record<string, unknown>) : null;
}
