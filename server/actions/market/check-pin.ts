// Checks a scratch-off PIN. The store counts a stamp's tries in the same write that answers, so no race gives anyone
// more tries.

import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { findStamp } from '../batches/sealed-batch.ts';

export const checkPinInput = z.strictObject({
  pin: z
    .string()
    .transform((value) => value.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^[0-9]{6}$/)),
});

export type PinAnswer =
  | { kind: 'right' }
  /** Right, but entered before. */
  | { kind: 'used-before'; firstUsedAt: Instant }
  /** `until`: this was the last try, the stamp is locked so long. */
  | { kind: 'wrong'; triesLeft: number; until?: Instant }
  | { kind: 'locked'; until: Instant };

/**
 * Problems: not-found for a code that is not ours; no-pins.
 *
 * @param input `network`: its name of the day (scan/visitor.ts); null: unknown
 */
export async function checkPin(
  _actor: Actor,
  input: { code: string; pin: string; network: string | null },
  ctx: ActionContext,
): Promise<Result<PinAnswer>> {
  const stamp = await findStamp(ctx, input.code);
  if (stamp === null) return fail('not-found', 'This is no code of a stamp of ours.');
  const { batch, keys, serial } = stamp;
  if (!batch.pin) return fail('no-pins', 'This stamp has no PIN.');
  const now = ctx.now();
  const outcome = await ctx.store.scans.tryPin({
    batchId: batch.id,
    serial,
    at: now.toISOString(),
    day: dayIn(ctx.settings.timeZone, now),
    network: input.network,
    right: samePin(input.pin, keys.pinOf(serial)),
  });
  if (outcome.kind !== 'right') return ok(outcome);
  return ok(outcome.usedBefore ? { kind: 'used-before', firstUsedAt: outcome.firstUsedAt } : { kind: 'right' });
}

function samePin(given: string, right: string): boolean {
  const a = Buffer.from(given, 'latin1');
  const b = Buffer.from(right, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}
