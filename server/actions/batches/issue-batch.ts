// Issues a batch: one row for any quantity. Its stamps are computed from a secret drawn here (DESIGN §2).
//
// Order of the writes: first the lot (created, or marked as activated and as printed in a link), then the batch with
// its audit line and request key. A crash between the two leaves a lot without stamps, which the same request finds
// again. In the other order there could be active stamps of a lot that anyone may still change.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { BATCH_QUANTITY_MAX, withoutSecret, type Batch, type OpenBatch } from '../../domain/batches/batch.ts';
import { wrapSecret, type BoundFields } from '../../domain/batches/batch-secret.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import { isLinkLot } from '../../domain/stamp/stamp-address.ts';
import { newBatchId } from '../../domain/stamp/new-batch-id.ts';
import { openBatchKeys, SECRET_BYTES } from '../../domain/stamp/stamp-keys.ts';
import { chooseSymbol, MASK_SAMPLE } from '../../sheet/setting/choose-symbol.ts';
import { allowanceLeft } from './allowance-left.ts';
import { askOffice } from '../kit/ask.ts';
import { acknowledge, checkRecalled } from './known-concerns.ts';
import { batchTarget, type BatchTarget } from './batch-target.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withinQuota } from '../kit/within-quota.ts';
import { day, id, text } from '../kit/fields.ts';
import { inLotPaper } from '../lots/lot-paper.ts';
import { lotForBatch } from '../lots/lot-for-batch.ts';
import { lotFields } from '../lots/make-lot.ts';
import { decide } from '../kit/rights.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';
import { inTurn } from '../kit/turns.ts';

/** Draws of a batch's id until one is free. With a million batches, one draw in a thousand is taken. */
const ID_DRAWS_MAX = 5;

export const issueBatchInput = z
  .strictObject({
    quantity: z.int().min(1).max(BATCH_QUANTITY_MAX),
    lotId: id.optional(),
    productId: id.optional(),
    lot: lotFields.number.optional(),
    producedOn: day
      .nullable()
      .optional()
      .meta({ description: 'Null where the goods have no such day; required with `lot`.' }),
    expiresOn: day
      .nullable()
      .optional()
      .meta({ description: 'Null where the goods have no such day; required with `lot`.' }),
    producerId: id.optional(),
    plaque: z.literal(true).optional(),
    carrier: z.enum(['short', 'digital-link']).default('short'),
    pin: z.boolean().default(false),
    active: z
      .boolean()
      .optional()
      .meta({ description: 'Goods only: false leaves the stamps not activated. They are active unless it says so.' }),
    note: text(500, true).nullable().default(null),
    acknowledge,
  })
  .meta({
    id: 'NewBatch',
    description:
      'Exactly one of: lotId; productId, lot, producedOn and expiresOn; producerId (blank stamps); productId and plaque.',
  });

export type IssueBatchInput = z.output<typeof issueBatchInput>;

/**
 * A producer that exceeds the year's allowance must wait for the office. Problems: invalid, absent-reference,
 * lot-differs, gtin-not-authorised, recalled.
 */
export async function issueBatch(
  actor: Actor,
  input: IssueBatchInput,
  ctx: ActionContext,
): Promise<Outcome<OpenBatch>> {
  const found = await batchTarget(actor, input, ctx);
  if (!found.ok) return found;
  const target = found.value;
  const refused = refusedLink(input, target);
  if (refused !== null) return refused;
  const known = await checkRecalled(
    ctx,
    {
      productId: target.product?.id ?? null,
      lotId: target.kind === 'goods' && 'id' in target.lot ? target.lot.id : null,
    },
    input.acknowledge,
  );
  if (!known.ok) return known;
  const counted = (lotId: Id | null): Promise<Outcome<OpenBatch>> =>
    withinQuota(ctx, 'batches', target.producer.id, () => makeBatch(actor, input, target, lotId, ctx));
  if (target.kind !== 'goods') return counted(null);
  // Two calls at once would each find enough left of the allowance. Order of turns: print, allowance, lot-paper.
  return inTurn(ctx, `allowance:${target.product.id}`, async (stillMine) => {
    const left = await allowanceLeft(ctx, target.product.id);
    if (left !== null && input.quantity > left) {
      const place = { officeId: target.producer.officeId, producerId: target.producer.id };
      const may = decide(actor, 'issue-beyond-allowance', place);
      if (may.kind === 'refused') return { ok: false, problem: may.problem };
      if (may.kind === 'ask')
        return askOffice(ctx, actor, { ...place, action: 'issue-batch', subject: null, input, before: null });
    }
    const lotId = await lotForBatch(
      actor,
      target,
      { activate: input.active ?? true, inLink: input.carrier === 'digital-link' },
      ctx,
    );
    if (!lotId.ok) return lotId;
    await stillMine();
    return inLotPaper(ctx, lotId.value, async () => {
      // The lot was found before its turn came, and its product may have changed since.
      if ((await ctx.store.lots.get(lotId.value))?.productId !== target.product.id)
        return fail('version-conflict', 'This lot is being changed by others. Try again in a moment.');
      return counted(lotId.value);
    });
  });
}

async function makeBatch(
  actor: Actor,
  input: IssueBatchInput,
  target: BatchTarget,
  lotId: Id | null,
  ctx: ActionContext,
): Promise<Outcome<OpenBatch>> {
  for (let draw = 1; ; draw += 1) {
    const batch = newBatch(actor, input, target, lotId, ctx);
    const outcome = await saveNew(ctx, actor, {
      collection: 'batches',
      doc: batch,
      action: 'issue-batch',
      answer: withoutSecret(batch),
    });
    if (outcome.ok || outcome.problem.code !== 'taken') return outcome;
    if (draw === ID_DRAWS_MAX)
      throw new Error(`no free batch id in ${ID_DRAWS_MAX} draws: the source of randomness repeats itself`);
  }
}

function newBatch(
  actor: Actor,
  input: IssueBatchInput,
  target: BatchTarget,
  lotId: Id | null,
  ctx: ActionContext,
): Batch {
  const head = newEntity(ctx, newBatchId(ctx.random));
  const by = actorId(actor);
  const bound: BoundFields = {
    id: head.id,
    quantity: input.quantity,
    producerId: target.producer.id,
    carrier: input.carrier,
    origin: ctx.settings.publicOrigin,
    issuedAt: head.createdAt,
  };
  const digitalLink =
    target.kind === 'goods' && input.carrier === 'digital-link'
      ? { gtin: target.product.gtin ?? '', lot: target.lotNumber }
      : null;
  const secret = ctx.random(SECRET_BYTES);
  const keys = openBatchKeys(secret, head.id);
  const sample = Array.from({ length: Math.min(MASK_SAMPLE, input.quantity) }, (_, at) => keys.codeOf(at + 1));
  const isActive = lotId !== null && (input.active ?? true);
  return {
    ...head,
    ...bound,
    officeId: target.producer.officeId,
    kind: target.kind,
    productId: target.product?.id ?? null,
    lotId,
    digitalLink,
    symbol: chooseSymbol({ carrier: bound.carrier, origin: bound.origin, digitalLink }, sample),
    pin: input.pin,
    note: input.note,
    wrappedSecret: wrapSecret(ctx.keys.wrap, secret, bound, ctx.random),
    issuedBy: by,
    activations: isActive ? [{ from: 1, to: input.quantity, lotId, at: head.createdAt, by }] : [],
    voids: [],
    displays: [],
    printed: [],
  };
}

/** A digital link names a GTIN, which must be the producer's to use, and a lot number that fits in an address. */
function refusedLink(input: IssueBatchInput, target: BatchTarget): ReturnType<typeof fail> | null {
  if (input.carrier !== 'digital-link' || target.kind !== 'goods') return null;
  const { product, lotNumber } = target;
  if (product.gtin === null || product.gtinAuthorisation === null) {
    return fail(
      'gtin-not-authorised',
      'A digital link needs the product’s GTIN and the record of who authorised its use. Record both, or issue short addresses.',
    );
  }
  if (isLinkLot(lotNumber)) return null;
  return fail('invalid', 'This lot number cannot stand in a digital link: A-Z, 0-9, "." and "-", 1 to 20.', {
    errors: [
      { path: ['carrier'], code: 'lot-not-linkable', message: 'The lot’s number cannot stand in a digital link.' },
    ],
  });
}
