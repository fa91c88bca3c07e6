// The producer, product and lot of a new batch, from one of the four ways in which a caller can name them (CONTRACT §5,
// batches).

import type { Actor } from '../../domain/people/account.ts';
import type { Carrier } from '../../domain/batches/batch.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { datesInOrder, type Lot } from '../../domain/lots/lot.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import type { Product } from '../../domain/registry/product.ts';
import { mustGet } from '../../store/must-get.ts';
import type { ActionContext } from '../kit/context.ts';
import { lotOfNumber } from '../lots/lot-of-number.ts';
import { reachProducerInBody } from '../kit/reach-producer.ts';
import { reachInBody } from '../kit/reach.ts';

/** The fields that name the target, and those that depend on it. */
export interface TargetInput {
  lotId?: Id | undefined;
  productId?: Id | undefined;
  lot?: string | undefined;
  producedOn?: Day | null | undefined;
  expiresOn?: Day | null | undefined;
  producerId?: Id | undefined;
  plaque?: true | undefined;
  carrier: Carrier;
  active?: boolean | undefined;
}

/** A lot that a caller described: found by its number, or created. */
export interface LotWanted {
  number: string;
  producedOn: Day | null;
  expiresOn: Day | null;
}

export interface GoodsTarget {
  kind: 'goods';
  producer: Producer;
  product: Product;
  /** The existing lot, or what a new one should be. */
  lot: Lot | LotWanted;
  lotNumber: string;
}

export type BatchTarget =
  | GoodsTarget
  | { kind: 'blank'; producer: Producer; product: null }
  | { kind: 'plaque'; producer: Producer; product: Product };

/** Problems: not-signed-in, not-allowed, invalid, absent-reference, lot-differs. */
export async function batchTarget(actor: Actor, input: TargetInput, ctx: ActionContext): Promise<Result<BatchTarget>> {
  const way = wayOf(input);
  if (!way.ok) return way;
  switch (way.value) {
    case 'lot':
      return targetOfLot(actor, input.lotId ?? '', ctx);
    case 'new-lot':
      return targetOfNumber(actor, input, ctx);
    case 'blank': {
      const found = await reachProducerInBody(actor, 'issue-special', input.producerId, ctx);
      return found.ok ? ok({ kind: 'blank', producer: found.value.doc, product: null }) : found;
    }
    case 'plaque': {
      const found = await reachInBody(ctx.store.products, actor, 'issue-special', input.productId ?? '', 'productId');
      if (!found.ok) return found;
      const product = found.value.doc;
      return ok({ kind: 'plaque', producer: await mustGet(ctx.store.producers, product.producerId), product });
    }
    default:
      return way.value satisfies never;
  }
}

/** Checks that the caller's dates are those of the lot with that number. */
export function sameDates(lot: Lot, wanted: LotWanted): Result<Lot> {
  if (lot.producedOn === wanted.producedOn && lot.expiresOn === wanted.expiresOn) return ok(lot);
  return fail(
    'lot-differs',
    `Lot ${lot.number} of this product is recorded with other dates. Use its lotId, or another lot number.`,
    {
      details: { lotId: lot.id, producedOn: lot.producedOn, expiresOn: lot.expiresOn },
    },
  );
}

type Way = 'lot' | 'new-lot' | 'blank' | 'plaque';

function wayOf(input: TargetInput): Result<Way> {
  const { lotId, productId, lot, producedOn, expiresOn, producerId, plaque, carrier, active } = input;
  const hasLotWords = lot !== undefined || producedOn !== undefined || expiresOn !== undefined;
  const ways: Way[] = [];
  if (lotId !== undefined) ways.push('lot');
  if (hasLotWords) ways.push('new-lot');
  if (producerId !== undefined) ways.push('blank');
  if (plaque !== undefined) ways.push('plaque');
  const [way] = ways;
  if (way === undefined || ways.length > 1 || (productId !== undefined && (way === 'lot' || way === 'blank'))) {
    return fail(
      'invalid',
      'Name exactly one of: lotId; productId, lot, producedOn and expiresOn; producerId alone; productId and plaque.',
      {
        errors: [
          { path: [], code: 'one-of', message: 'Name exactly one of the four ways to say what the batch is for.' },
        ],
      },
    );
  }
  const missing = Object.entries(
    way === 'new-lot' ? { productId, lot, producedOn, expiresOn } : way === 'plaque' ? { productId } : {},
  );
  const errors = missing
    .filter(([, value]) => value === undefined)
    .map(([field]) => ({ path: [field], code: 'required', message: 'This belongs with the others.' }));
  if (errors.length > 0)
    return fail('invalid', 'A lot is named by productId, lot, producedOn and expiresOn; a plaque by productId.', {
      errors,
    });
  if (way === 'new-lot' && !datesInOrder({ producedOn: producedOn ?? null, expiresOn: expiresOn ?? null })) {
    return fieldProblem(
      'invalid',
      'expiresOn',
      'before-production',
      'Goods are not past their best before they are made.',
    );
  }
  if (way === 'blank' && active === true)
    return fieldProblem('invalid', 'active', 'blank', 'Blank stamps are activated later, for a lot.');
  if (way === 'plaque' && active !== undefined)
    return fieldProblem('invalid', 'active', 'plaque', 'A plaque is active from its issue.');
  if (carrier === 'digital-link' && (way === 'blank' || way === 'plaque')) {
    return fieldProblem('invalid', 'carrier', way, 'A digital link names a lot: blank stamps and plaques have none.');
  }
  return ok(way);
}

async function targetOfLot(actor: Actor, lotId: Id, ctx: ActionContext): Promise<Result<BatchTarget>> {
  const found = await reachInBody(ctx.store.lots, actor, 'issue-batch', lotId, 'lotId');
  if (!found.ok) return found;
  const lot = found.value.doc;
  const [product, producer] = await Promise.all([
    mustGet(ctx.store.products, lot.productId),
    mustGet(ctx.store.producers, lot.producerId),
  ]);
  return ok({ kind: 'goods', producer, product, lot, lotNumber: lot.number });
}

async function targetOfNumber(actor: Actor, input: TargetInput, ctx: ActionContext): Promise<Result<BatchTarget>> {
  const found = await reachInBody(ctx.store.products, actor, 'issue-batch', input.productId ?? '', 'productId');
  if (!found.ok) return found;
  const product = found.value.doc;
  const producer = await mustGet(ctx.store.producers, product.producerId);
  const wanted: LotWanted = {
    number: input.lot ?? '',
    producedOn: input.producedOn ?? null,
    expiresOn: input.expiresOn ?? null,
  };
  const named = await lotOfNumber(ctx, product.id, wanted.number);
  if (!named.ok) return named;
  const lot = named.value;
  if (lot === null) return ok({ kind: 'goods', producer, product, lot: wanted, lotNumber: wanted.number });
  const same = sameDates(lot, wanted);
  return same.ok ? ok({ kind: 'goods', producer, product, lot, lotNumber: lot.number }) : same;
}
