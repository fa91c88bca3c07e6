// What the print page warns of before stamps are issued: a recall, a certificate that is out of force, a lot that has
// stamps already, an unusual number. Each comes with its figure and must be confirmed.

import type { ProblemCode } from '../../domain/problem.ts';
import { countOf, gapsIn } from '../../domain/batches/intervals.ts';
import type { Day, Id, Instant } from '../../domain/entity.ts';
import { rangesOf } from '../../domain/batches/ledger.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { unusualQuantity, USUAL_BATCHES, type Unusual } from '../../domain/print/unusual-quantity.ts';
import { certificateState, inForce, lastDayInForce } from '../../domain/registry/certificate.ts';
import { goodsOfProduct } from '../batches/product-of-batch.ts';
import { standingRecall } from '../batches/known-concerns.ts';
import { batchesForLots } from '../batches/stamps-of-lot.ts';
import type { ActionContext } from '../kit/context.ts';
import { lotOfNumber } from '../lots/lot-of-number.ts';
import { todayOf } from '../kit/today.ts';
import { newestRating } from './run-drawing.ts';

export const ISSUE_CONCERNS = ['recalled', 'certificate-lapsed', 'lot-has-stamps', 'unusual-quantity'] as const;
export type IssueConcernCode = (typeof ISSUE_CONCERNS)[number] & ProblemCode;

export type IssueConcern =
  | { code: 'recalled'; of: 'product' | 'lot' | 'range'; at: Instant }
  | { code: 'certificate-lapsed'; number: string; lastDay: Day | null; isRevoked: boolean }
  | { code: 'lot-has-stamps'; lot: string; stamps: number }
  | ({ code: 'unusual-quantity' } & Unusual);

export interface IssueAsked {
  productId: Id;
  lot: string;
  quantity: number;
}

/** In the order in which they are shown, gravest first. */
export async function issueConcerns(ctx: ActionContext, asked: IssueAsked): Promise<IssueConcern[]> {
  // A number that could mean several lots is refused when stamps are issued.
  const named = await lotOfNumber(ctx, asked.productId, asked.lot);
  const lot = named.ok ? named.value : null;
  const concerns: IssueConcern[] = [];
  const recall = await standingRecall(ctx, { productId: asked.productId, lotId: lot?.id ?? null });
  if (recall !== null) concerns.push({ code: 'recalled', of: recall.scope.kind, at: recall.at });

  const today = todayOf(ctx);
  const newest = await newestRating(ctx, asked.productId, today);
  if (newest !== null && !inForce(newest, today)) {
    const isRevoked = certificateState(newest, today) === 'revoked';
    const lastDay = lastDayInForce(newest);
    concerns.push({ code: 'certificate-lapsed', number: newest.number, lastDay, isRevoked });
  }

  const stamps = lot === null ? 0 : await stampsOfLot(ctx, lot);
  if (stamps > 0) concerns.push({ code: 'lot-has-stamps', lot: lot?.number ?? asked.lot, stamps });

  const before: number[] = [];
  for await (const { quantity } of goodsOfProduct(ctx, asked.productId)) {
    before.push(quantity);
    if (before.length === USUAL_BATCHES) break;
  }
  const unusual = unusualQuantity(asked.quantity, before);
  if (unusual !== null) concerns.push({ code: 'unusual-quantity', ...unusual });
  return concerns;
}

/** Stamps issued for a lot, or activated for it from a roll, that are not void. */
async function stampsOfLot(ctx: ActionContext, { id, producerId }: Lot): Promise<number> {
  let stamps = 0;
  for await (const batch of batchesForLots(ctx, producerId, new Set([id]))) {
    const ranges = batch.lotId === id ? [{ from: 1, to: batch.quantity }] : rangesOf(batch, id);
    for (const range of ranges) stamps += countOf(gapsIn(batch.voids, range));
  }
  return stamps;
}
