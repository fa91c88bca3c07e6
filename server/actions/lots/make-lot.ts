// Records a lot of a product. The producer does it.
//
// A lot's number is free text; a batch printed as a digital link has stricter rules (issue-batch.ts).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { datesInOrder, type Lot } from '../../domain/lots/lot.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Id } from '../../domain/entity.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withinQuota } from '../kit/within-quota.ts';
import { takenAs, writtenAlike } from '../kit/written-alike.ts';
import { day, id, text } from '../kit/fields.ts';
import { reachInBody } from '../kit/reach.ts';
import { newEntity, saveNew } from '../kit/save.ts';

/** The fields of the inputs for making and changing. */
export const lotFields = {
  productId: id,
  number: text(40),
  producedOn: day.nullable(),
  expiresOn: day.nullable(),
  /** In the product's units. */
  declaredQuantity: z.int().min(1).max(1_000_000_000).nullable(),
  note: text(1_000, true).nullable(),
};

export const makeLotInput = z.strictObject({
  productId: lotFields.productId,
  number: lotFields.number,
  producedOn: lotFields.producedOn.default(null),
  expiresOn: lotFields.expiresOn.default(null),
  declaredQuantity: lotFields.declaredQuantity.default(null),
  note: lotFields.note.default(null),
});

export async function makeLot(
  actor: Actor,
  input: z.output<typeof makeLotInput>,
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const found = await reachInBody(ctx.store.products, actor, 'keep-lot', input.productId, 'productId');
  if (!found.ok) return found;
  const { officeId, producerId } = found.value.doc;
  const sound = checkDates(input);
  if (!sound.ok) return sound;
  const free = await checkNumber(ctx, input, null);
  if (!free.ok) return free;
  const doc: Lot = {
    ...newEntity(ctx),
    officeId,
    producerId,
    ...input,
    events: [],
    firstActivatedAt: null,
    inDigitalLink: false,
    correctedAt: null,
  };
  return withinQuota(ctx, 'lots', producerId, () =>
    saveNew(ctx, actor, { collection: 'lots', doc, action: 'make-lot', answer: doc }),
  );
}

/**
 * No other lot of the product has this number, in whatever writing. The store refuses one that is written exactly so.
 * @param own the lot itself; null: a new one
 */
export async function checkNumber(
  ctx: ActionContext,
  { productId, number }: Pick<Lot, 'productId' | 'number'>,
  own: Id | null,
): Promise<Result<null>> {
  const { same } = await writtenAlike(ctx.store.lots, { productId }, number, (lot) => lot.number);
  const other = same.find((lot) => lot.id !== own && lot.number !== number);
  return other === undefined ? ok(null) : takenAs('number', other.number);
}

/** Goods do not expire before they are made. */
export function checkDates(lot: Pick<Lot, 'producedOn' | 'expiresOn'>): Result<null> {
  return datesInOrder(lot)
    ? ok(null)
    : fieldProblem('invalid', 'expiresOn', 'before-production', 'The lot expires before it was produced.');
}
