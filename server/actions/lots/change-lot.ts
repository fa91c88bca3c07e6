// Changes a lot. Before its first activation the producer decides. After it, number, dates and product wait for the
// office, and the page says when they were corrected. They never change if the lot is printed in a digital link.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { changeLot as changedLot, lotFreedom, type Lot, type LotChange } from '../../domain/lots/lot.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { allowanceLeft, allowanceUsedByLot } from '../batches/allowance-left.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { decide } from '../kit/rights.ts';
import { inTurn } from '../kit/turns.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { checkNoPaper, followLot, inLotPaper } from './lot-paper.ts';
import { checkDates, checkNumber, lotFields } from './make-lot.ts';
import { reach, reachInBody } from '../kit/reach.ts';
import { nextVersion } from '../kit/save.ts';

export const changeLotInput = z.strictObject(lotFields).partial();

/** @param input `version` is the version that the caller read. Problems: lot-fixed, lot-printed */
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
  const { productId } = change;
  const save = (waits: boolean): Promise<Outcome<Lot>> =>
    saveLot(actor, { ...input, before, change, mustAsk: waits }, ctx);
  if (productId === undefined) return save(mustAsk);
  // The stamps of the lot count against the allowance of its product. Order of turns: see issue-batch.ts.
  return inTurn(ctx, `allowance:${productId}`, () =>
    inLotPaper(ctx, before.id, async () => {
      if (productId === before.productId) return follow(actor, await save(mustAsk), ctx);
      const paper = await checkNoPaper(ctx, before.id);
      if (!paper.ok) return paper;
      const fits = await checkAllowance(actor, before, productId, ctx);
      return fits.ok ? follow(actor, await save(mustAsk || fits.value === 'ask'), ctx) : fits;
    }),
  );
}

async function saveLot(
  actor: Actor,
  { before, change, mustAsk, version }: { before: Lot; change: LotChange; mustAsk: boolean; version: number },
  ctx: ActionContext,
): Promise<Outcome<Lot>> {
  // A change that waits is dated to the office's approval, not to the request.
  const after = nextVersion(ctx, before, mustAsk ? change : changedLot(before, change, ctx.now().toISOString()));
  const sound = checkDates(after);
  if (!sound.ok) return sound;
  if (change.number !== undefined || change.productId !== undefined) {
    const free = await checkNumber(ctx, { ...before, ...change }, before.id);
    if (!free.ok) return free;
  }
  return changeRecord(ctx, actor, {
    collection: 'lots',
    before,
    after,
    version,
    action: 'change-lot',
    ask: mustAsk ? { officeId: before.officeId, producerId: before.producerId, input: change } : null,
  });
}

/** The copies of the product in the lot's batches change after the lot itself, because the lot decides. */
async function follow(actor: Actor, saved: Outcome<Lot>, ctx: ActionContext): Promise<Outcome<Lot>> {
  if (!saved.ok || saved.value.kind === 'waiting') return saved;
  const { id, productId } = saved.value.value;
  const followed = await followLot(actor, id, productId, ctx);
  return followed.ok ? saved : followed;
}

/** Checks that the new product's allowance has room for the lot's stamps of this year. Problems: not-allowed */
async function checkAllowance(
  actor: Actor,
  lot: Lot,
  productId: Id,
  ctx: ActionContext,
): Promise<Result<'may' | 'ask'>> {
  const left = await allowanceLeft(ctx, productId);
  if (left === null) return ok('may');
  const brought = await allowanceUsedByLot(ctx, lot.id);
  if (brought === 0 || brought <= left) return ok('may');
  const may = decide(actor, 'issue-beyond-allowance', { officeId: lot.officeId, producerId: lot.producerId });
  return may.kind === 'refused' ? { ok: false, problem: may.problem } : ok(may.kind);
}

/** A lot can move to another product of the same producer, never to another producer's. */
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
