// Which column of a file is which of ours, by its heads, and which list the file is.

import type { TitleValue } from '../../domain/import/grid.ts';
import { REGISTRY_KINDS, type RegistryKind } from '../../domain/import/registry-import.ts';
import { foldedText } from '../../domain/search-text.ts';
import { REGISTRY_COLUMNS, type RegistryColumn } from './registry-columns.ts';

/** Between a group head and the heads below it, in a head that stands in two or three rows. */
export const HEAD_PARTS = ' › ';

/** Group heads whose columns are never those of the record's own: a decision has a number and a day too. */
const OTHERS_GROUPS: ReadonlySet<string> = new Set(['quyet dinh', 'van ban', 'to trinh']);

/** Finds our columns in the heads of a file: column -> position. Unknown heads are left out. */
export function matchColumns(kind: RegistryKind, heads: readonly string[]): Record<string, number> {
  const matched: Record<string, number> = {};
  const taken = new Set<number>();
  const named = heads.map(namesOfHead);
  const match = (namesOf: (column: RegistryColumn) => readonly string[]): void => {
    for (const column of REGISTRY_COLUMNS[kind]) {
      if (column.key in matched) continue;
      const names = namesOf(column).map(foldedText);
      const at = named.findIndex(
        (own, position) => !taken.has(position) && own.some((name) => name !== '' && names.includes(name)),
      );
      if (at < 0) continue;
      matched[column.key] = at;
      taken.add(at);
    }
  };
  // Exact names are matched before other heads, which are ambiguous.
  match(({ key, vi, en }) => [key, key.replaceAll('_', ' '), vi, en]);
  match(({ also }) => also);
  return matched;
}

/** What a head may be called: whole, without what stands in brackets, and, under a group, with the group's name. */
function namesOfHead(head: string): string[] {
  const parts = head.split(HEAD_PARTS).map((part) => foldedText(part.replace(/\*\s*$/, '')));
  const own = parts.at(-1) ?? '';
  const group = parts.at(-2);
  // `Thành phần (tiếng Anh)` is not `Thành phần`.
  if (own.includes('tieng anh')) return [own];
  const bare = own.replace(/\([^()]*\)/g, '').trim();
  if (group === undefined) return [own, bare];
  const joined = [`${bare} ${group}`, `${group} ${bare}`];
  return OTHERS_GROUPS.has(group) ? joined : [...joined, own, bare];
}

/** The kind whose needed columns the file has the largest share of; null: no kind fits best. */
export function kindOfHeads(heads: readonly string[]): RegistryKind | null {
  const fits = REGISTRY_KINDS.map((kind) => {
    const matched = matchColumns(kind, heads);
    const needed = REGISTRY_COLUMNS[kind].filter((one) => one.needed);
    const there = needed.length - missingColumns(kind, matched).length;
    return { kind, share: there / needed.length, matched: Object.keys(matched).length };
  }).sort((a, b) => b.share - a.share || b.matched - a.matched);
  const [best, second] = fits;
  if (best === undefined || best.share === 0) return null;
  return second !== undefined && second.share === best.share && second.matched === best.matched ? null : best.kind;
}

/** Needed columns that were not matched, nor any that says the same. @param said what the titles say of every row */
export function missingColumns(
  kind: RegistryKind,
  columns: Readonly<Record<string, number>>,
  said: readonly TitleValue[] = [],
): RegistryColumn[] {
  const has = (key: string): boolean => key in columns || said.some(({ column }) => column === key);
  return REGISTRY_COLUMNS[kind].filter(({ key, needed, instead }) => needed && !has(key) && !instead.some(has));
}
