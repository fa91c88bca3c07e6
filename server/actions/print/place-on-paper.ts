// How a sheet is moved and stretched for the printer it goes to.

import type { Actor } from '../../domain/people/account.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { PrinterSetting } from '../../sheet/threads/sheet-job.ts';
import type { ActionContext } from '../kit/context.ts';
import type { PrintQuery } from './print-fields.ts';
import { findPrinter } from './printer-keys.ts';

/**
 * Offsets and scales of a saved printer, or the offsets alone. Problems: invalid and absent-reference, at `printer`.
 */
export async function placeOnPaper(
  actor: Actor,
  { printer, offsetX, offsetY }: Pick<PrintQuery, 'printer' | 'offsetX' | 'offsetY'>,
  ctx: ActionContext,
): Promise<Result<PrinterSetting>> {
  if (printer === undefined) return ok({ offsetXMm: offsetX ?? 0, offsetYMm: offsetY ?? 0, scaleX: 1, scaleY: 1 });
  if (offsetX !== undefined || offsetY !== undefined)
    return fieldProblem('invalid', 'printer', 'one-of', 'Name a printer or offsets, not both.');
  const found = await findPrinter(actor, printer, ctx);
  if (!found.ok)
    return found.problem.code === 'not-found'
      ? fieldProblem('absent-reference', 'printer', 'absent', 'There is no such record.')
      : found;
  const { offsetX: offsetXMm, offsetY: offsetYMm, scaleX, scaleY } = found.value;
  return ok({ offsetXMm, offsetYMm, scaleX, scaleY });
}
