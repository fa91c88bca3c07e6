// Which stamps are meant by the first and the last stamp of a roll, as a person scans, photographs or types them: whole
// codes, their addresses, or plain serials if the roll is also named. A roll may be scanned from either end.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { readWholeNumber } from '../../domain/whole-number.ts';
import type { ActionContext } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { placeOf, reach } from '../kit/reach.ts';
import { decide } from '../kit/rights.ts';
import { findStamp } from './sealed-batch.ts';

/** Our addresses have at most 120 characters. */
const scanned = z.string().trim().min(1).max(200);

export const findRollInput = z.strictObject({ first: scanned, last: scanned, batchId: id.nullable() });

export interface FoundRoll {
  batchId: Id;
  from: number;
  to: number;
}

/**
 * Problems: not-signed-in, not-allowed, invalid at `first` or `last`: no-number, unknown, roll (a serial without its
 * roll), other (two rolls), out-of-range.
 */
export async function findRoll(
  actor: Actor,
  input: z.output<typeof findRollInput>,
  ctx: ActionContext,
): Promise<Result<FoundRoll>> {
  const may = decide(actor, 'work-batch', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const first = await stampOf(actor, 'first', input.first, input.batchId, ctx);
  if (!first.ok) return first;
  const last = await stampOf(actor, 'last', input.last, first.value.batchId, ctx);
  if (!last.ok) return last;
  if (last.value.batchId !== first.value.batchId)
    return fieldProblem('invalid', 'last', 'other', 'First and last stamp are of two rolls.');
  const serials = [first.value.serial, last.value.serial];
  return ok({ batchId: first.value.batchId, from: Math.min(...serials), to: Math.max(...serials) });
}

async function stampOf(
  actor: Actor,
  field: 'first' | 'last',
  text: string,
  batchId: Id | null,
  ctx: ActionContext,
): Promise<Result<{ batchId: Id; serial: number }>> {
  if (/^[\d., \u{A0}\u{202F}]+$/u.test(text)) {
    const serial = readWholeNumber(text);
    if (serial === null) return fieldProblem('invalid', field, 'no-number', 'This is no whole number.');
    if (batchId === null) return fieldProblem('invalid', field, 'roll', 'A serial alone needs its roll.');
    const found = await reach(ctx.store.batches, actor, 'work-batch', batchId);
    if (!found.ok) return found;
    const isInside = serial >= 1 && serial <= found.value.doc.quantity;
    return isInside
      ? ok({ batchId, serial })
      : fieldProblem('invalid', field, 'out-of-range', `This roll has serials 1 to ${found.value.doc.quantity}.`);
  }
  const found = await findStamp(ctx, text);
  const isOwn = found !== null && decide(actor, 'work-batch', placeOf(found.batch)).kind === 'may';
  return isOwn
    ? ok({ batchId: found.batch.id, serial: found.serial })
    : fieldProblem('invalid', field, 'unknown', 'This is no code of a roll of yours.');
}
