// Changes a lot. Before its first activation it is the producer's own; after it, number, dates and product wait for the
// office and the page says when they were corrected; a lot printed in a digital link never changes in these.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { changeLot as changedLot, lotFreedom, type Lot } from '../../domain/lots/lot.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { checkDates, lotFields } from './make-lot.ts';
import { reach, reachInBody } from '../kit/reach.ts';
import { nextVersion } from '../kit/save.ts';

export const changeLotInput = z.strictObject(lotFields).partial();

/** @param input `version` is the one the caller read. Problems: lot-fixed */
export async function changeLot(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeLotInput> },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  const change = withoutUndefined(input.change);
  const found = await reach(ctx.store.lots, actor, 'keep-lot', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  const freedom = lotFreedom(before, change);
  if (freedom === 'never') {
    return fail(
      'lot-fixed',
      'Stamps that name this lot in their address are printed: its number, dates and product stay. Make another lot.',
    );
  }
  const corrects = freedom === 'ask' ? await reach(ctx.store.lots, actor, 'correct-lot', input.id) : null;
  if (corrects?.ok === false) return corrects;
  const mustAsk = corrects?.value.mustAsk ?? false;
  const product = await checkProduct(actor, before, change.productId, ctx);
  if (!product.ok) return product;
  // What waits is corrected when the office says so, not when it was asked.
  const after = nextVersion(ctx, before, mustAsk ? change : changedLot(before, change, ctx.now().toISOString()));
  const sound = checkDates(after);
  if (!sound.ok) return sound;
  return changeRecord(ctx, actor, {
    collection: 'lots',
    before,
    after,
    version: input.version,
    action: 'change-lot',
    ask: mustAsk ? { officeId: before.officeId, producerId: before.producerId, input: change } : null,
  });
}

/** A lot may turn out to be of another product, never of another producer's. */
async function checkProduct(
  actor: Actor,
  lot: Lot,
  productId: Id | undefined,
  ctx: ActionContext,
): Promise<Result<null>> {
  if (productId === undefined || productId === lot.productId) return ok(null);
  const found = await reachInBody(ctx.store.products, actor, 'read-registry', productId, 'productId');
  if (!found.ok) return found;
  if (found.value.doc.producerId === lot.producerId) return ok(null);
  return fieldProblem(
    'invalid',
    'productId',
    'other-producer',
    'This product is another producer’s: a lot stays with who made it.',
  );
}
