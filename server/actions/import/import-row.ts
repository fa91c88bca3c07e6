// One row of a registry file, applied through the actions that a person would use. An existing record is changed if the
// row differs from it.
//
// A producer or product is found by an id derived from office and reference, or by our own id, as exports write it; an
// evaluation by product and round, a certificate by scheme and number.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { gtin14Of } from '../../domain/registry/gtin.ts';
import { starsOf } from '../../domain/registry/evaluation.ts';
import { fail, fieldProblem, ok, type Problem, type Result } from '../../domain/problem.ts';
import { foldedText, writtenKey } from '../../domain/search-text.ts';
import type { RegistryKind } from '../../domain/import/registry-import.ts';
import type { Collection, Filter } from '../../store/store.ts';
import { changeCertificate, changeCertificateInput } from '../registry/change-certificate.ts';
import { changeEvaluation, changeEvaluationInput } from '../registry/change-evaluation.ts';
import { changeProducer, changeProducerInput } from '../registry/change-producer.ts';
import { changeProduct, changeProductInput } from '../registry/change-product.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { fieldErrorsOf } from '../kit/field-errors.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { ambiguous, writtenAlike } from '../kit/written-alike.ts';
import { makeCertificate, makeCertificateInput } from '../registry/make-certificate.ts';
import { hundredthsOf, makeEvaluation, makeEvaluationInput } from '../registry/make-evaluation.ts';
import { makeProducer, makeProducerInput } from '../registry/make-producer.ts';
import { makeProduct, makeProductInput } from '../registry/make-product.ts';
import { allergensCell } from './allergens-cell.ts';
import { countCell, dayCell, roundCell, scoreCell, textCell } from './registry-cells.ts';
import type { NameBook } from './name-book.ts';
import {
  idOf,
  keptPlace,
  namedProducer,
  ownerOfProduct,
  placeOf,
  placeToday,
  producerIdOf,
  productIdOf,
  ratedProduct,
} from './row-records.ts';
import { kindOfName, readSetNumber, readStars } from './value-words.ts';

/** The result of applying a row. */
export interface RowDone {
  outcome: 'new' | 'same' | 'changed';
  id: Id;
  /** Of the record, as the row left it. */
  version: number;
}

/** Cells by our column names; an empty cell is ''. */
export type Cells = Readonly<Record<string, string>>;
type ImportRow = (
  cells: Cells,
  /** `isPart`: the row holds records of other kinds too. */
  at: { officeId: Id; actor: Actor; ctx: ActionContext; book: NameBook; isPart?: boolean },
) => Promise<Result<RowDone>>;

/** Columns that identify the record of a row: the first of these whose cells are filled. */
const ROW_KEYS: Readonly<Record<RegistryKind, readonly (readonly string[])[]>> = {
  producers: [['ref'], ['tax_code'], ['name', 'commune', 'detail']],
  products: [['ref'], ['producer', 'producer_name', 'name']],
  evaluations: [
    ['product', 'round'],
    ['product_name', 'producer_name', 'round'],
  ],
  certificates: [['scheme', 'number']],
};

/** What identifies the record of a row within its file, and the column to name where it stands there twice. */
export function rowKeyOf(kind: RegistryKind, cells: Cells): { key: string; column: string } {
  const columns = ROW_KEYS[kind].find(([first = '']) => (cells[first] ?? '') !== '') ?? ROW_KEYS[kind].at(-1) ?? [];
  return { key: JSON.stringify(columns.map((column) => writtenKey(cells[column] ?? ''))), column: columns[0] ?? '' };
}

export const IMPORT_ROW: Readonly<Record<RegistryKind, ImportRow>> = {
  producers: importProducer,
  products: importProduct,
  evaluations: importEvaluation,
  certificates: importCertificate,
};

/** The column of the file from which an input's field was read. */
export function columnOf(field: string): string {
  return (
    COLUMN_OF[field] ?? field.replace(/^address\./, '').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  );
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  producerId: 'producer',
  productId: 'product',
  evaluationId: 'stars',
};

async function importProducer(cells: Cells, at: Parameters<ImportRow>[1]): Promise<Result<RowDone>> {
  const { officeId, actor, ctx } = at;
  const place = placeOf(cells);
  const known = at.isPart === true && place.commune === undefined ? await namedProducer(cells, at) : null;
  if (known !== null) return ok({ outcome: 'same', id: known.id, version: known.version });
  const found = await producerIdOf(cells, place, at);
  if (!found.ok) return found;
  const id = found.value;
  const before = await ctx.store.producers.get(id);
  // A list with communes and no column of provinces is of the office's own.
  const isOwn = !('province' in cells) && place.commune !== undefined;
  const ofOffice = isOwn ? await at.book.officeProvince() : undefined;
  const said = withoutUndefined({
    name: textCell(cells['name']),
    // A list without this column, or with an empty cell, often says it in the name: "HTX …", "Công ty …".
    kind: textCell(cells['kind']) ?? (before === null ? kindOfName(cells['name'] ?? '') : undefined),
    taxCode: textCell(cells['tax_code']),
    address: {
      commune: keptPlace(place.commune, before?.address.commune),
      province: keptPlace(place.province, before?.address.province) ?? ofOffice,
      detail: place.detail ?? before?.address.detail ?? null,
    },
    addressToday: placeToday(cells, before?.addressToday ?? null),
    phone: textCell(cells['phone']),
    email: textCell(cells['email']),
    website: textCell(cells['website']),
    gln: textCell(cells['gln']),
    representative: textCell(cells['representative']),
    story: textCell(cells['story']),
    storyEn: textCell(cells['story_en']),
  });
  if (before === null)
    return made(makeProducerInput, { ...said, officeId }, (input) => makeProducer(actor, input, ctx, id));
  return changed(before, changeProducerInput, said, (change) =>
    changeProducer(actor, { id, version: before.version, change }, ctx),
  );
}

async function importProduct(cells: Cells, at: Parameters<ImportRow>[1]): Promise<Result<RowDone>> {
  const { actor, ctx } = at;
  const producer = await ownerOfProduct(cells, at);
  if (!producer.ok) return producer;
  const producerId = producer.value;
  const found = await productIdOf(cells, producerId, at);
  if (!found.ok) return found;
  const id = found.value;
  const before = await ctx.store.products.get(id);
  const said = withoutUndefined({
    name: textCell(cells['name']),
    nameEn: textCell(cells['name_en']),
    shortName: textCell(cells['short_name']),
    group: textCell(cells['group']),
    productSet: countCell(readSetNumber(cells['product_set'] ?? '')),
    brand: textCell(cells['brand']),
    unit: textCell(cells['unit']),
    unitEn: textCell(cells['unit_en']),
    gtin: textCell(gtin14Of(cells['gtin'] ?? '')),
    shelfLifeDays: countCell(cells['shelf_life_days']),
    ingredients: textCell(cells['ingredients']),
    ingredientsEn: textCell(cells['ingredients_en']),
    allergens: allergensCell(cells['allergens']),
    storage: textCell(cells['storage']),
    storageEn: textCell(cells['storage_en']),
    usage: textCell(cells['usage']),
    usageEn: textCell(cells['usage_en']),
    standards: textCell(cells['standards']),
    warnings: textCell(cells['warnings']),
    warningsEn: textCell(cells['warnings_en']),
    description: textCell(cells['description']),
    descriptionEn: textCell(cells['description_en']),
  });
  if (before === null)
    return made(makeProductInput, { ...said, producerId }, (input) => makeProduct(actor, input, ctx, id));
  if (before.producerId !== producerId) {
    return fieldProblem(
      'invalid',
      'producerId',
      'other-producer',
      'This product is recorded as another producer’s, and a product never moves.',
    );
  }
  return changed(before, changeProductInput, said, (change) =>
    changeProduct(actor, { id, version: before.version, change }, ctx),
  );
}

async function importEvaluation(cells: Cells, at: Parameters<ImportRow>[1]): Promise<Result<RowDone>> {
  const { actor, ctx } = at;
  const product = await ratedProduct(cells, at);
  if (!product.ok) return product;
  const productId = product.value;
  const round = roundCell(cells['round'] ?? '');
  const stars = countCell(readStars(cells['stars'] ?? ''));
  const found = await recorded(
    ctx.store.evaluations,
    'productRound',
    [productId, round],
    { productId },
    (one) => one.round,
  );
  if (!found.ok) return found;
  const before = found.value;
  const said = withoutUndefined({
    heldOn: dayCell(cells['held_on']),
    score: scoreCell(cells['score']),
    // A list without a column of criteria states the rank: the highest star whose criteria hold.
    minimumStars: countCell(readStars(cells['minimum_stars'] ?? '')) ?? stars,
    decision: textCell(cells['decision']),
  });
  if (stars !== undefined && isOtherThanComputed(stars, said)) {
    return fieldProblem('invalid', 'stars', 'not-as-computed', 'Score and minimum criteria give other stars.');
  }
  if (before === null)
    return made(makeEvaluationInput, { ...said, productId, round }, (input) => makeEvaluation(actor, input, ctx));
  return changed(before, changeEvaluationInput, said, (change) =>
    changeEvaluation(actor, { id: before.id, version: before.version, change }, ctx),
  );
}

/**
 * Whether the stars in the file differ from the computed ones. Unreadable fields are reported by the input's schema.
 */
function isOtherThanComputed(stars: number | string, said: Record<string, unknown>): boolean {
  const fields = makeEvaluationInput
    .pick({ score: true, minimumStars: true })
    .safeParse({ score: said['score'], minimumStars: said['minimumStars'] });
  return fields.success && starsOf(hundredthsOf(fields.data.score), fields.data.minimumStars) !== stars;
}

async function importCertificate(cells: Cells, at: Parameters<ImportRow>[1]): Promise<Result<RowDone>> {
  const { officeId, actor, ctx } = at;
  const owner = await ownerOf(cells, at);
  if (!owner.ok) return owner;
  const { productId, producerId } = owner.value;
  // Only an OCOP certificate has stars; a list of them has no column that says so.
  const scheme = cells['scheme'] ?? (textCell(cells['stars']) === undefined ? '' : 'ocop');
  const number = (cells['number'] ?? '').normalize('NFC');
  const whose = productId === null ? { producerId } : { productId };
  const found = await recorded(ctx.store.certificates, 'number', [officeId, scheme, number], whose, (one) =>
    one.scheme === scheme ? one.number : '',
  );
  if (!found.ok) return found;
  const before = found.value;
  const said = withoutUndefined({
    stars: countCell(readStars(cells['stars'] ?? '')),
    evaluationId:
      scheme === 'ocop' && productId !== null ? await evaluationOfDecision(productId, number, ctx) : undefined,
    issuer: textCell(cells['issuer']),
    issuedOn: dayCell(cells['issued_on']),
    expiresOn: dayCell(cells['expires_on']),
    extendedTo: dayCell(cells['extended_to']),
    evidence: textCell(cells['evidence']),
    revokedOn: dayCell(cells['revoked_on']),
    reason: textCell(cells['reason']),
  });
  if (before === null)
    return made(makeCertificateInput, { ...said, ...whose, scheme, number }, (input) =>
      makeCertificate(actor, input, ctx),
    );
  if (before.productId !== productId || (producerId !== null && before.producerId !== producerId)) {
    return fieldProblem('taken', 'number', 'taken', 'Another product already has a certificate of this number.');
  }
  return changed(before, changeCertificateInput, said, (change) =>
    changeCertificate(actor, { id: before.id, version: before.version, change }, ctx),
  );
}

/** The owner of a certificate: the product that the row names or, without a product, the producer. */
async function ownerOf(
  cells: Cells,
  at: Parameters<ImportRow>[1],
): Promise<Result<{ productId: Id | null; producerId: Id | null }>> {
  const producer = textCell(cells['producer']);
  const namesProduct = textCell(cells['product']) !== undefined || textCell(cells['product_name']) !== undefined;
  if (!namesProduct && producer !== undefined)
    return ok({ productId: null, producerId: await idOf(at.officeId, 'producer', producer, at.ctx) });
  const product = await ratedProduct(cells, at);
  return product.ok ? ok({ productId: product.value, producerId: null }) : product;
}

/** The evaluation on which an OCOP certificate rests: the one whose decision has the certificate's number. */
async function evaluationOfDecision(productId: Id, number: string, ctx: ActionContext): Promise<Id | undefined> {
  for await (const evaluation of everyOf(ctx.store.evaluations, { productId })) {
    if (evaluation.decision !== null && writtenKey(evaluation.decision) === writtenKey(number)) return evaluation.id;
  }
  return undefined;
}

/** The record that the row names: written exactly so, else the only one in another writing. */
async function recorded<T extends Entity>(
  collection: Collection<T>,
  index: 'productRound' | 'number',
  values: readonly string[],
  filter: Filter,
  referenceOf: (record: T) => string,
): Promise<Result<T | null>> {
  const exact = await collection.findBy(index, values);
  if (exact !== null) return ok(exact);
  const typed = values.at(-1) ?? '';
  const { same, alike } = await writtenAlike(collection, filter, typed, referenceOf);
  if (same.length === 1) return ok(same[0] ?? null);
  // Without its accents (12/QD for 12/QĐ) it is hardly a new one. Digits parted elsewhere are.
  const bare = (text: string): string => writtenKey(foldedText(text));
  const meant = [...same, ...alike.filter((one) => bare(referenceOf(one)) === bare(typed))];
  return meant.length === 0 ? ok(null) : ambiguous(index === 'number' ? 'number' : 'round', meant.map(referenceOf));
}

async function made<S extends z.ZodType, T extends Entity>(
  shape: S,
  said: unknown,
  make: (input: z.output<S>) => Promise<Outcome<T>>,
): Promise<Result<RowDone>> {
  const input = shape.safeParse(said);
  if (!input.success) return unread(input.error);
  const outcome = await make(input.data);
  return doneWith(outcome, () => 'new');
}

async function changed<S extends z.ZodType, T extends Entity>(
  before: Entity,
  shape: S,
  said: unknown,
  change: (input: z.output<S>) => Promise<Outcome<T>>,
): Promise<Result<RowDone>> {
  const input = shape.safeParse(said);
  if (!input.success) return unread(input.error);
  const outcome = await change(input.data);
  return doneWith(outcome, (after) => (after.version === before.version ? 'same' : 'changed'));
}

function doneWith<T extends Entity>(outcome: Outcome<T>, name: (record: T) => RowDone['outcome']): Result<RowDone> {
  if (!outcome.ok) return outcome;
  // Only an office or an admin may import, and their changes never wait for approval.
  if (outcome.value.kind === 'waiting') throw new TypeError('an import does not ask the office');
  const { value } = outcome.value;
  return ok({ outcome: name(value), id: value.id, version: value.version });
}

function unread(error: z.ZodError): { ok: false; problem: Problem } {
  return fail('invalid', 'This row is not as described.', { errors: fieldErrorsOf(error) });
}
