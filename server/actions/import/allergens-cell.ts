// Allergens in one cell of a registry file, `sữa; trứng`, as exports write them, or as people do: with commas, in
// English, without what stands in brackets. "Không" says that the product holds none of the 14.

import { ALLERGEN_NAMES, ALLERGENS, type Allergen } from '../../domain/registry/allergens.ts';
import { foldedText } from '../../domain/search-text.ts';
import { textCell } from './registry-cells.ts';

/** Fourteen names with their brackets are shorter; a longer text says something else. */
const CELL_SYMBOLS_MAX = 600;
const NONE = 'Không có';
const NONE_WORDS: ReadonlySet<string> = new Set(['khong', 'khong co', 'none', 'no']);

/** By every word that means it, folded. */
const MEANT: ReadonlyMap<string, Allergen> = new Map(
  ALLERGENS.flatMap((allergen) => {
    const { vi, en, also } = ALLERGEN_NAMES[allergen];
    return [allergen, ...also, ...[vi, en].map(withoutBrackets)].map((word) => [foldedText(word), allergen] as const);
  }),
);

/** The list that a cell names; a text in which a word is none of theirs stays, so that the schema reports it. */
export function allergensCell(cell: string | undefined): Allergen[] | string | undefined {
  const text = textCell(cell);
  if (text === undefined || text.length > CELL_SYMBOLS_MAX) return text;
  if (NONE_WORDS.has(foldedText(text))) return [];
  const words = withoutBrackets(text)
    .split(/[;,\n]/)
    .map((word) => foldedText(word))
    .filter((word) => word !== '');
  const found = words.map((word) => MEANT.get(word));
  return found.every((one) => one !== undefined) ? ALLERGENS.filter((one) => found.includes(one)) : text;
}

/** As exports write it; null: the record does not say. */
export function allergensText(allergens: readonly Allergen[] | null): string | null {
  if (allergens === null) return null;
  return allergens.length === 0 ? NONE : allergens.map((one) => ALLERGEN_NAMES[one].vi).join('; ');
}

function withoutBrackets(text: string): string {
  return text.replace(/\([^()]*\)/g, '').trim();
}
