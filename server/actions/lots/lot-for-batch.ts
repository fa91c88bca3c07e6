// Finds or creates the lot of a batch, and marks what the batch makes true of it: that it has active stamps, or that a
// link names it. Marks are set before the stamps are (issue-batch.ts, activate-stamps.ts). A mark that was set too
// early costs the office a question; a mark set too late would let a lot change after its consumers have read it. Marks
// are never removed.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { changedIdentity, type Lot } from '../../domain/lots/lot.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { sameDates, type GoodsTarget, type LotWanted } from '../batches/batch-target.ts';
import type { ActionContext } from '../kit/context.ts';
import { withinQuota } from '../kit/within-quota.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

export interface LotMarks {
  activate: boolean;
  inLink: boolean;
}

/** Attempts before giving up because other servers keep changing the lot. */
const ROUNDS_MAX = 8;

/** The id of the target's lot, which is created if there is none. Problems: lot-differs, version-conflict. */
export async function lotForBatch(
  actor: Actor,
  target: GoodsTarget,
  marks: LotMarks,
  ctx: ActionContext,
): Promise<Result<Id>> {
  const { lot, product } = target;
  if ('id' in lot) return markLot(actor, lot, marks, ctx);
  const doc: Lot = {
    ...newEntity(ctx),
    officeId: product.officeId,
    producerId: product.producerId,
    productId: product.id,
    number: lot.number,
    producedOn: lot.producedOn,
    expiresOn: lot.expiresOn,
    declaredQuantity: null,
    note: null,
    events: [],
    firstActivatedAt: marks.activate ? ctx.now().toISOString() : null,
    inDigitalLink: marks.inLink,
    correctedAt: null,
  };
  const made = await withinQuota(ctx, 'lots', product.producerId, () =>
    saveNew(withoutKey(ctx), actor, { collection: 'lots', doc, action: 'make-lot', answer: null }),
  );
  if (made.ok) return ok(doc.id);
  if (made.problem.code !== 'taken') return made;
  return markTwin(actor, product.id, lot, marks, ctx);
}

/**
 * Sets marks on a lot as it was read. Problems: version-conflict, also if its number, dates or product changed since.
 */
export async function markLot(actor: Actor, read: Lot, marks: LotMarks, ctx: ActionContext): Promise<Result<Id>> {
  const lotId = read.id;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const before = await ctx.store.lots.get(lotId);
    if (before === null || changedIdentity(before, read).length > 0) break;
    const isActivation = marks.activate && before.firstActivatedAt === null;
    const isLink = marks.inLink && !before.inDigitalLink;
    if (!isActivation && !isLink) return ok(lotId);
    const doc = nextVersion(ctx, before, {
      firstActivatedAt: isActivation ? ctx.now().toISOString() : before.firstActivatedAt,
      inDigitalLink: before.inDigitalLink || marks.inLink,
    });
    const saved = await saveChange(withoutKey(ctx), actor, {
      collection: 'lots',
      before,
      doc,
      action: 'mark-lot',
      answer: null,
    });
    if (saved.ok) return ok(lotId);
    if (saved.problem.code !== 'version-conflict') return saved;
  }
  return fail('version-conflict', 'This lot is being changed by others. Try again in a moment.');
}

/** Another call created a lot of this number since we looked. */
async function markTwin(
  actor: Actor,
  productId: Id,
  wanted: LotWanted,
  marks: LotMarks,
  ctx: ActionContext,
): Promise<Result<Id>> {
  const twin = await ctx.store.lots.findBy('productNumber', [productId, wanted.number]);
  if (twin === null) return fail('version-conflict', 'This lot is being changed by others. Try again in a moment.');
  const same = sameDates(twin, wanted);
  return same.ok ? markLot(actor, twin, marks, ctx) : same;
}

/** The request key goes with the batch, which is written last. */
function withoutKey(ctx: ActionContext): ActionContext {
  return { ...ctx, request: null };
}
