// Lists that hold several kinds of record in each row: producer, product, result and certificate side by side, as
// councils keep them. Each part of a row makes or finds its record, in the order in which one rests on another. A
// column of the leading part has its own name; one of another part has the part's kind before it: `products.name`.

import type { LeftOutRow, TitleValue } from '../../domain/import/grid.ts';
import { REGISTRY_KINDS, type ListPart, type RegistryKind } from '../../domain/import/registry-import.ts';
import type { Id } from '../../domain/entity.ts';
import { writtenKey } from '../../domain/search-text.ts';
import type { Cells } from './import-row.ts';
import { kindOfHeads, matchColumns, missingColumns } from './match-columns.ts';
import { REGISTRY_COLUMNS, type RegistryColumn } from './registry-columns.ts';
import { readTitles } from './read-title.ts';

/** What a list is taken for until a person says otherwise. */
export interface ListReading extends ListPart {
  also: ListPart[];
  said: TitleValue[];
}

/** The kinds that a list holds, their columns, and what its titles say. @param kind as a person chose it; null: guessed */
export function readingOf(
  heads: readonly string[],
  titles: readonly LeftOutRow[],
  kind: RegistryKind | null = null,
): ListReading {
  const all = REGISTRY_KINDS.map((one): ListPart => ({ kind: one, columns: matchColumns(one, heads) }));
  const said = (kinds: readonly RegistryKind[]): TitleValue[] =>
    readTitles(titles, kinds, (column) => all.some((one) => kinds.includes(one.kind) && column in one.columns));
  const whole = all.filter((part) => missingColumns(part.kind, part.columns, said([part.kind])).length === 0);
  const kinds = whole.map((part) => part.kind);
  const holds = (one: RegistryKind): boolean => kinds.includes(one);
  // Without a product in the row there is nothing that a producer's address could belong to but a list of its own.
  const isMixed = whole.length > 1 && (holds('products') || (holds('evaluations') && holds('certificates')));
  const lead =
    kind ?? (isMixed && holds('products') ? 'products' : null) ?? kindOfHeads(heads) ?? kinds[0] ?? 'producers';
  const own = all.find((part) => part.kind === lead)?.columns ?? {};
  const also = isMixed && holds(lead) ? whole.filter((part) => part.kind !== lead) : [];
  return { kind: lead, columns: own, also, said: said([lead, ...also.map((part) => part.kind)]) };
}

/** The name of a part's column in reports and causes. */
export function nameInRow(lead: RegistryKind, kind: RegistryKind, key: string): string {
  return kind === lead || key === '' ? key : `${kind}.${key}`;
}

/** The column that a name in a report means, and the kind it belongs to. */
export function columnInRow(
  lead: RegistryKind,
  name: string,
): { kind: RegistryKind; column: RegistryColumn | undefined } {
  const [before = '', key] = name.split('.');
  const kind = key === undefined ? lead : (REGISTRY_KINDS.find((one) => one === before) ?? lead);
  return { kind, column: REGISTRY_COLUMNS[kind].find((one) => one.key === (key ?? before)) };
}

/** A row's cells, by the kind of record that they are of. */
export interface RowPart {
  kind: RegistryKind;
  cells: Cells;
  /** Columns whose zeros were put back. */
  restored: readonly string[];
}

/** A row of several kinds holds a record only where one of these cells is filled. */
const ESSENTIAL: Readonly<Record<RegistryKind, readonly string[]>> = {
  producers: ['name', 'ref'],
  products: ['name', 'ref'],
  evaluations: ['score'],
  certificates: ['number'],
};

/** The parts that a row of several kinds really has: a product that is not certified yet has no certificate. */
export function filledParts(parts: readonly RowPart[]): RowPart[] {
  if (parts.length === 1) return [...parts];
  const filled = parts.filter(({ kind, cells }) => ESSENTIAL[kind].some((key) => (cells[key] ?? '') !== ''));
  return filled.length > 0 ? filled : parts.slice(0, 1);
}

/** A part's cells, with the records that the parts before it made or found. */
export function linkedCells({ kind, cells }: RowPart, found: ReadonlyMap<RegistryKind, Id>): Cells {
  const [producer, product] = [found.get('producers'), found.get('products')];
  if (kind === 'products' && producer !== undefined) return { ...cells, producer };
  const isRating = kind === 'evaluations' || kind === 'certificates';
  return isRating && product !== undefined ? { ...cells, product } : cells;
}

/** Rows of one owner follow one another: the first makes the producer, and the others find it. '': any order will do. */
export function ownerOfRow(parts: readonly RowPart[]): string {
  if (parts.length === 1) return '';
  const [first] = parts;
  const { ref = '', tax_code: taxCode = '', name = '', producer = '', producer_name: owner = '' } = first?.cells ?? {};
  const text = first?.kind === 'producers' ? name || ref || taxCode : owner || producer;
  return writtenKey(text);
}

/** Columns in which a row's cell is not as it stood: a spreadsheet had cut its zeros, or made a month of a round. */
export function restoredColumns(
  kind: RegistryKind,
  columns: Readonly<Record<string, number>>,
  row: readonly string[],
  cells: Readonly<Record<string, string>>,
): string[] {
  const restorable = REGISTRY_COLUMNS[kind].filter(({ digits, mend }) => digits !== null || mend !== null);
  return restorable.flatMap(({ key }) => {
    const text = row[columns[key] ?? -1] ?? '';
    return text !== '' && cells[key] !== undefined && cells[key] !== text ? [key] : [];
  });
}
