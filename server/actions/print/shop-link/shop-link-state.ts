// Whether a print shop's link still opens, and why not: withdrawn, used up, expired, a stamp of its job voided, the
// stamps recalled since, or its maker may not print any more. It is worked out at each use and not stored.

import type { Actor } from '../../../domain/people/account.ts';
import { overlaps } from '../../../domain/batches/intervals.ts';
import { partsOf, type PrintJob } from '../../../domain/print/print-job.ts';
import { shopLinkState, type ShopLink, type ShopLinkState } from '../../../domain/print/shop-link.ts';
import { makerOf } from '../../people/maker.ts';
import { recallOfBatch } from '../../batches/known-concerns.ts';
import type { ActionContext } from '../../kit/context.ts';
import { placeOf } from '../../kit/reach.ts';
import { decide } from '../../kit/rights.ts';
import { mayTakeFiles } from '../open-part-file.ts';

export async function readShopLinkState(link: ShopLink, job: PrintJob, ctx: ActionContext): Promise<ShopLinkState> {
  const [batch, maker] = await Promise.all([ctx.store.batches.get(job.batchId), makerOf('shop-link', link, ctx)]);
  return shopLinkState(link, {
    parts: partsOf(job).length,
    // A batch that does not exist any more has no stamp to print.
    isVoided: batch === null || batch.voids.some((voided) => overlaps(voided, job)),
    recalledAt: batch === null ? null : ((await recallOfBatch(ctx, batch, job))?.at ?? null),
    makerMay: maker !== null && (await mayHandOut(maker, job, ctx)),
    now: ctx.now(),
  });
}

/** Whether the actor may give the files of this job to a print shop: may print, and may see everything on the files. */
export async function mayHandOut(actor: Actor, job: PrintJob, ctx: ActionContext): Promise<boolean> {
  if (decide(actor, 'work-batch', placeOf(job)).kind !== 'may') return false;
  return (await mayTakeFiles(actor, job, ctx)).ok;
}
