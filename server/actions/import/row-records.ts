// Which producer or product a row of a file is about: by the office's reference or our own id, else by what the row
// says of it. Where the words could mean two, the row is wrong and says which.

import type { Actor } from '../../domain/people/account.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import type { Address } from '../../domain/places.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { looseKey, writtenKey } from '../../domain/search-text.ts';
import type { ActionContext } from '../kit/context.ts';
import { idOfText } from '../kit/save.ts';
import type { NameBook, Named } from './name-book.ts';
import { addressCell, textCell, withoutKind } from './registry-cells.ts';

/** Cells by our column names; an empty cell is ''. */
type Cells = Readonly<Record<string, string>>;

interface RowPlace {
  officeId: Id;
  actor: Actor;
  ctx: ActionContext;
  book: NameBook;
}

/** The id derived from an office's reference, however it is written: 100 bits of a hash. */
export function idOfReference(officeId: Id, kind: 'producer' | 'product', reference: string): Id {
  return idOfText(`${officeId}\n${kind}\n${writtenKey(reference)}`);
}

/**
 * The id that a reference means: of a record that an import made from it, or of a record of this office with that id; a
 * new id if there is neither.
 */
export async function idOf(
  officeId: Id,
  kind: 'producer' | 'product',
  reference: string,
  ctx: ActionContext,
): Promise<Id> {
  const made = idOfReference(officeId, kind, reference);
  // Version 0.1 derived the id from the reference as it was written.
  const asWritten = idOfText(`${officeId}\n${kind}\n${reference.normalize('NFC')}`);
  const collection = kind === 'producer' ? ctx.store.producers : ctx.store.products;
  for (const id of [made, asWritten]) if ((await collection.get(id)) !== null) return id;
  const own = await collection.get(reference);
  return own !== null && own.officeId === officeId ? own.id : made;
}

/** The address of a row: in its own columns, or taken apart from one cell that holds it whole. */
export function placeOf(cells: Cells): Partial<Address> {
  const [commune, province, detail] = [
    textCell(cells['commune']),
    textCell(cells['province']),
    textCell(cells['detail']),
  ];
  const whole = commune === undefined && province === undefined && detail !== undefined ? addressCell(detail) : null;
  if (whole !== null) return whole;
  return {
    ...(commune !== undefined && { commune: withoutKind(commune) }),
    ...(province !== undefined && { province: withoutKind(province) }),
    ...(detail !== undefined && { detail }),
  };
}

/** The row's present place names, merged into those on record; undefined: the row has none. */
export function placeToday(cells: Cells, before: Address | null): unknown {
  const [commune, province, detail] = [
    textCell(cells['commune_today']),
    textCell(cells['province_today']),
    textCell(cells['detail_today']),
  ];
  if (commune === undefined && province === undefined && detail === undefined) return undefined;
  return {
    commune: commune ?? before?.commune,
    province: province ?? before?.province,
    detail: detail ?? before?.detail ?? null,
  };
}

/** What a row says of a place, in the words on record where both mean one name: `xã Tân Lạc` and `Tân Lạc`. */
export function keptPlace(said: string | undefined, recorded: string | undefined): string | undefined {
  if (said === undefined || recorded === undefined) return said ?? recorded;
  return withoutKind(recorded).normalize('NFC') === said.normalize('NFC') ? recorded : said;
}

/** The one producer of the row's name, beside a product: such a list names its producers and does not describe them. */
export async function namedProducer(cells: Cells, { book, ctx }: RowPlace): Promise<Entity | null> {
  if (textCell(cells['ref']) !== undefined) return null;
  const named = await book.producerByName(cells['name'] ?? '');
  return named.kind === 'one' ? ctx.store.producers.get(named.id) : null;
}

/** Problems: invalid at `ref` or `name`. */
export async function producerIdOf(
  cells: Cells,
  { commune }: Partial<Address>,
  { officeId, ctx, book }: RowPlace,
): Promise<Result<Id>> {
  const reference = textCell(cells['ref']);
  if (reference !== undefined) return ok(await idOf(officeId, 'producer', reference, ctx));
  // Where the list has codes, a row without one was forgotten: its name makes no new record.
  if ('ref' in cells) return empty('ref');
  const name = textCell(cells['name']);
  if (name === undefined) return empty('name');
  const [taxCode, phone] = [textCell(cells['tax_code']), textCell(cells['phone'])];
  const named = await book.producer({
    name,
    ...(taxCode !== undefined && { taxCode }),
    ...(commune !== undefined && { commune }),
    ...(phone !== undefined && { phone }),
  });
  if (named.kind === 'none')
    return ok(idOfText(`${officeId}\nproducer by name\n${looseKey(name)}\n${looseKey(commune ?? '')}`));
  return oneOf(named, 'name', name);
}

/** The producer of a product's row. Problems: invalid at `producer` or `producer_name`. */
export async function ownerOfProduct(cells: Cells, { officeId, ctx, book }: RowPlace): Promise<Result<Id>> {
  const reference = textCell(cells['producer']);
  if (reference !== undefined) return ok(await idOf(officeId, 'producer', reference, ctx));
  const name = textCell(cells['producer_name']);
  if (name === undefined) return empty('producer' in cells ? 'producer' : 'producer_name');
  return oneOf(await book.producerByName(name), 'producer_name', name);
}

/** Problems: invalid at `ref` or `name`. */
export async function productIdOf(
  cells: Cells,
  producerId: Id,
  { officeId, ctx, book }: RowPlace,
): Promise<Result<Id>> {
  const reference = textCell(cells['ref']);
  if (reference !== undefined) return ok(await idOf(officeId, 'product', reference, ctx));
  const name = textCell(cells['name']);
  if (name === undefined || 'ref' in cells) return empty('ref' in cells ? 'ref' : 'name');
  const named = await book.product(name, producerId);
  return named.kind === 'none'
    ? ok(idOfText(`${producerId}\nproduct by name\n${looseKey(name)}`))
    : oneOf(named, 'name', name);
}

/** The product that an evaluation or certificate is of. Problems: invalid at `product` or `product_name`. */
export async function ratedProduct(cells: Cells, at: RowPlace): Promise<Result<Id>> {
  const reference = textCell(cells['product']);
  if (reference !== undefined) return ok(await idOf(at.officeId, 'product', reference, at.ctx));
  const name = textCell(cells['product_name']);
  if (name === undefined) return empty('product' in cells ? 'product' : 'product_name');
  const isOwned = textCell(cells['producer']) !== undefined || textCell(cells['producer_name']) !== undefined;
  const owner = isOwned ? await ownerOfProduct(cells, at) : ok(null);
  return owner.ok ? oneOf(await at.book.product(name, owner.value), 'product_name', name) : owner;
}

const empty = (column: string): Result<Id> => fieldProblem('invalid', column, 'required', 'is empty');

function oneOf(named: Named, column: string, name: string): Result<Id> {
  if (named.kind === 'one') return ok(named.id);
  if (named.kind === 'none')
    return fieldProblem('invalid', column, 'unknown', `No record of this office is called "${name}".`);
  const names = named.names.slice(0, 3).join('; ');
  return fieldProblem('invalid', column, 'several', `This could be more than one: ${names}. Give its code.`);
}
