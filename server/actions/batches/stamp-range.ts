// Which stamps of a batch a request means: all of them, serials from..to, the first and last code of a roll, or a list
// of codes.

import { z } from 'zod';
import type { Batch } from '../../domain/batches/batch.ts';
import { wholeBatch } from '../../domain/batches/batch-life.ts';
import { mergeRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import { fail, fieldProblem, ok, type FieldError, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { serial } from '../kit/fields.ts';
import { keysOf, serialOf } from './sealed-batch.ts';

/** Codes that a request may list; for more, name a range. */
const CODES_MAX = 1_000;

/** As typed or scanned; read leniently (domain/stamp/stamp-code.ts). */
export const codeText = z.string().min(1).max(80).meta({ example: '7K3M9Q-00001V-515K52' });
export const codeList = z.array(codeText).min(1).max(CODES_MAX);

export const rangeFields = { from: serial.optional(), to: serial.optional() };
export const rollFields = { ...rangeFields, firstCode: codeText.optional(), lastCode: codeText.optional() };

interface RangeInput {
  from?: number | undefined;
  to?: number | undefined;
  firstCode?: string | undefined;
  lastCode?: string | undefined;
}

/** One range; the whole batch if the request names nothing. A roll may be scanned from either end. */
export function readRange(ctx: ActionContext, batch: Batch, input: RangeInput): Result<SerialRange> {
  const { from, to, firstCode, lastCode } = input;
  const bySerials = from !== undefined || to !== undefined;
  const byCodes = firstCode !== undefined || lastCode !== undefined;
  if (!bySerials && !byCodes) return ok(wholeBatch(batch));
  if (bySerials && byCodes)
    return fail('invalid', 'Name the stamps by serials or by codes, not both.', {
      errors: [{ path: ['firstCode'], code: 'one-of', message: 'Not beside from and to.' }],
    });
  if (bySerials)
    return from === undefined || to === undefined
      ? together(from === undefined ? 'from' : 'to')
      : readSerials(batch, { from, to });
  if (firstCode === undefined || lastCode === undefined)
    return together(firstCode === undefined ? 'firstCode' : 'lastCode');
  const keys = keysOf(ctx, batch);
  const first = serialOf(batch, keys, firstCode);
  if (first === null) return notOurs([['firstCode']]);
  const last = serialOf(batch, keys, lastCode);
  if (last === null) return notOurs([['lastCode']]);
  return ok({ from: Math.min(first, last), to: Math.max(first, last) });
}

/**
 * One range or a list of codes, as merged ranges. The request must name one of them, so that an empty body never voids
 * a whole batch.
 */
export function readRanges(
  ctx: ActionContext,
  batch: Batch,
  input: { from?: number | undefined; to?: number | undefined; codes?: string[] | undefined },
): Result<SerialRange[]> {
  const { from, to, codes } = input;
  if (codes === undefined) {
    if (from === undefined && to === undefined)
      return fail('invalid', 'Name the stamps: from and to, or codes.', {
        errors: [{ path: ['from'], code: 'required', message: 'Name from and to, or codes.' }],
      });
    const range = readRange(ctx, batch, { from, to });
    return range.ok ? ok([range.value]) : range;
  }
  if (from !== undefined || to !== undefined)
    return fail('invalid', 'Name the stamps by serials or by codes, not both.', {
      errors: [{ path: ['codes'], code: 'one-of', message: 'Not beside from and to.' }],
    });
  const keys = keysOf(ctx, batch);
  const serials = codes.map((code) => serialOf(batch, keys, code));
  const strange = serials.flatMap((one, at) => (one === null ? [['codes', at]] : []));
  if (strange.length > 0) return notOurs(strange);
  return ok(mergeRanges(serials.flatMap((one) => (one === null ? [] : [{ from: one, to: one }]))));
}

/** Serials within a batch. */
function readSerials(batch: Pick<Batch, 'quantity'>, range: SerialRange): Result<SerialRange> {
  if (range.from > batch.quantity)
    return fieldProblem('invalid', 'from', 'out-of-range', `This batch has serials 1 to ${batch.quantity}.`);
  if (range.to > batch.quantity)
    return fieldProblem('invalid', 'to', 'out-of-range', `This batch has serials 1 to ${batch.quantity}.`);
  if (range.to < range.from)
    return fieldProblem('invalid', 'to', 'before-from', 'The last serial comes before the first.');
  return ok(range);
}

function together(missing: string): Result<never> {
  return fieldProblem('invalid', missing, 'required', 'First and last are named together.');
}

/** Forged codes, mistyped codes and codes of another batch get the same answer. */
function notOurs(paths: FieldError['path'][]): Result<never> {
  const message = 'This is no code of this batch. Compare each symbol with the stamp.';
  return fail('invalid', message, { errors: paths.map((path) => ({ path, code: 'not-of-batch', message })) });
}
