// The records that a typed reference may mean (docs/decisions/0035-typed-references.md): written the same but for case,
// spaces and dashes, or only much like it. One that is written exactly so is found by its index before this is asked.

import type { Entity } from '../../domain/entity.ts';
import { fieldProblem, type Problem } from '../../domain/problem.ts';
import { looseKey, writtenKey } from '../../domain/search-text.ts';
import type { Collection, Filter } from '../../store/store.ts';
import { everyOf } from './every-of.ts';

/** References that an error names. */
const NAMED_MAX = 5;

export interface Written<T> {
  same: T[];
  /** Those that differ in accents, or in where digits are parted: perhaps the same, perhaps not. */
  alike: T[];
}

/** @param filter narrows to few records: of one product */
export async function writtenAlike<T extends Entity>(
  collection: Collection<T>,
  filter: Filter,
  typed: string,
  referenceOf: (record: T) => string,
): Promise<Written<T>> {
  const [key, loose] = [writtenKey(typed), looseKey(typed)];
  const found: Written<T> = { same: [], alike: [] };
  for await (const record of everyOf(collection, filter)) {
    const reference = referenceOf(record);
    if (writtenKey(reference) === key) found.same.push(record);
    else if (loose !== '' && looseKey(reference) === loose) found.alike.push(record);
  }
  return found;
}

/**
 * The fault of a field that could mean several records, or one that is written otherwise: it names them, also in
 * details.references.
 */
export function ambiguous(path: string, references: readonly string[]): { ok: false; problem: Problem } {
  const named = references.slice(0, NAMED_MAX);
  const more = references.length - named.length;
  const message =
    `This may mean ${named.map((one) => `“${one}”`).join(', ')}${more > 0 ? ` or ${more} more` : ''}. ` +
    'Write it exactly as it is recorded.';
  return withReferences(fieldProblem('invalid', path, 'ambiguous', message), named);
}

/** The fault of a new reference that is recorded already, in another writing. */
export function takenAs(path: string, reference: string): { ok: false; problem: Problem } {
  const message = `It is recorded already, as “${reference}”.`;
  return withReferences(fieldProblem('taken', path, 'taken', message), [reference]);
}

function withReferences(
  failed: { ok: false; problem: Problem },
  references: readonly string[],
): { ok: false; problem: Problem } {
  return { ok: false, problem: { ...failed.problem, details: { references } } };
}
