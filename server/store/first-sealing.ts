// What both adapters do when they seal a store that was made before every row carried a seal: compare a record with its
// lines, and write the line that states its version from then on.

import { canonicalJson } from '../domain/audit/audit-chain.ts';
import type { AuditEntry, AuditLine } from '../domain/audit/audit.ts';
import type { Entity } from '../domain/entity.ts';
import type { CollectionName } from './store.ts';
import { entityOf, witnessLine } from './witness.ts';

/** Collections that had seals before; their rows must carry a valid one. */
export const SEALED_BEFORE: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'offices',
  'producers',
  'products',
  'certificates',
  'lots',
  'batches',
  'recalls',
]);

/** The values of such a line contain nothing that could be guessed. */
const NO_SALT = '0'.repeat(32);

/** The line that states which version of a record was sealed. */
export function baselineLine(name: CollectionName, doc: Entity, at: string): AuditLine {
  const officeId = 'officeId' in doc && typeof doc.officeId === 'string' ? doc.officeId : null;
  const entity = entityOf(name, doc.id);
  const line = { at, actor: 'system', officeId, entity, action: 'seal-record', values: {}, salt: NO_SALT };
  return witnessLine(name, doc, line);
}

/** Lines of the versions before that speak of a record and did not change it. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set(['export-codes', 'export-registry', 'take-print-file']);

/**
 * What the lines of a record say against it; null: nothing. A line of its creation states its fields, a line of a
 * change those before and after. Erased values and other lines say nothing, and after such a line any field may differ.
 *
 * @param lines all lines of this record, oldest first
 */
export function contradictionOf(doc: Entity, lines: readonly Pick<AuditEntry, 'action' | 'values'>[]): string | null {
  const [first] = lines;
  if (first === undefined) return 'the audit chain has no line of it';
  const stated = new Map<string, unknown>();
  for (const [i, { action, values }] of lines.entries()) {
    if (CHANGES_NOTHING.has(action)) continue;
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

/** The fields after a change, if a line states exactly those. */
function changeOf(values: Record<string, unknown> | null): Record<string, unknown> | null {
  if (values === null || Object.keys(values).toSorted().join() !== 'after,before') return null;
  const { after } = values;
  return typeof after === 'object' && after !== null ? (after as Record<string, unknown>) : null;
}
