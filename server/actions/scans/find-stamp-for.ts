// The stamp of a code, for people and programs that are signed in. Their wrong codes are bounded (code-tries.ts):
// whoever may try for ever finds one.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { parseStampCode } from '../../domain/stamp/stamp-code.ts';
import { findStamp, type FoundStamp } from '../batches/sealed-batch.ts';
import type { ActionContext } from '../kit/context.ts';
import { actorId, lineOf } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';

/**
 * The stamp of a code that somebody typed or scanned; null for a code that is no stamp's within reach.
 * @param isInReach whether the actor may see stamps of the batch
 * Problems: too-many-requests, before the code is looked at.
 */
export async function findStampFor(
  actor: Actor,
  codeText: string,
  isInReach: (batch: Batch) => boolean,
  ctx: ActionContext,
): Promise<Result<FoundStamp | null>> {
  const parsed = parseStampCode(codeText);
  if (!parsed.ok) return ok(null);
  const { batchId } = parsed;
  const id = actorId(actor);
  const waitMs = ctx.codeTries.waitMs(id, batchId, ctx.now().getTime());
  if (waitMs > 0)
    return fail('too-many-requests', 'Too many wrong codes came from this account. Try again later.', {
      details: { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) },
    });
  const stamp = await findStamp(ctx, codeText);
  if (stamp !== null && isInReach(stamp.batch)) return ok(stamp);
  const day = todayOf(ctx);
  if (ctx.codeTries.count(id, batchId, ctx.now().getTime(), day)) {
    const officeId = actor.kind === 'person' ? actor.officeId : null;
    const line = { entity: `wrong-codes:${id}`, action: 'refuse-codes', officeId, values: { day, batchId } };
    await ctx.store.audit.add(lineOf(ctx, actor, line));
  }
  return ok(null);
}
