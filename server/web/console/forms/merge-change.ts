// Two people change one record. A form says of what it was made (a short hash of each value), so that a change of a
// newer record can tell what each of them changed: what only one of them changed is taken over, and only what both
// changed differently is asked about.

import { createHash } from 'node:crypto';

/** 48 bits: nobody gains by two equal ones, since a person may write the record anyway. */
const HASH_SYMBOLS = 8;
/** Of every record; not changed by a form. */
const HEAD: ReadonlySet<string> = new Set(['id', 'version', 'createdAt', 'updatedAt', 'officeId', 'producerId']);
const BASE_SYMBOLS_MAX = 8_192;

type Change = Readonly<Record<string, unknown>>;

export interface MergedChange {
  /** Without what somebody else changed and this person did not. */
  change: Record<string, unknown>;
  /** Fields that both changed, to different values. */
  clashes: string[];
  /** Fields that only the other one changed. */
  theirs: string[];
}

/** What a form of this record was made of, for its hidden field. */
export function baseOf(record: object): string {
  return Object.entries(record)
    .filter(([key]) => !HEAD.has(key))
    .map(([key, value]) => `${key}:${hashOf(value)}`)
    .join(',');
}

/**
 * @param base as the form sent it; a field that it does not name counts as changed by both
 * @param change fields that are undefined are no part of it
 * @param now the record as it is
 */
export function mergeChange(base: string, change: Change, now: object): MergedChange {
  const was = new Map(
    base
      .slice(0, BASE_SYMBOLS_MAX)
      .split(',')
      .map((part) => part.split(':') as [string, string | undefined]),
  );
  const merged: MergedChange = { change: {}, clashes: [], theirs: [] };
  for (const [key, mine] of Object.entries(change)) {
    if (mine === undefined) continue;
    const [ours, others] = [hashOf(mine), hashOf((now as Change)[key])];
    if (ours === others || others === was.get(key)) merged.change[key] = mine;
    else if (ours === was.get(key)) merged.theirs.push(key);
    else merged.clashes.push(key);
  }
  return merged;
}

/** Whether two values of a field are the same; absent is the same as empty. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return plain(a) === plain(b);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(plain(value)).digest('base64url').slice(0, HASH_SYMBOLS);
}

function plain(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
