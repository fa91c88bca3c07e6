// How a sheet is moved and stretched for its printer.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { PrinterSetting } from '../../sheet/threads/sheet-job.ts';
import type { ActionContext } from '../kit/context.ts';
import type { PrintQuery } from './print-fields.ts';
import { findPrinter } from './printer-keys.ts';

type PlaceField = 'offsetX' | 'offsetY' | 'scaleX' | 'scaleY';

/** A printer's setting, and the saved printer that has it; null: no saved printer. */
export interface PlacedFor extends PrinterSetting {
  printerId: Id | null;
}

/**
 * Offsets and scales of a saved printer, or those in the input. Problems: invalid and absent-reference, at `printer`.
 */
export async function placeOnPaper(
  actor: Actor,
  { printer, offsetX, offsetY, scaleX, scaleY }: Partial<Pick<PrintQuery, 'printer' | PlaceField>>,
  ctx: ActionContext,
): Promise<Result<PlacedFor>> {
  if (printer === undefined) {
    const setting = { offsetXMm: offsetX ?? 0, offsetYMm: offsetY ?? 0, scaleX: scaleX ?? 1, scaleY: scaleY ?? 1 };
    return ok({ ...setting, printerId: null });
  }
  if ([offsetX, offsetY, scaleX, scaleY].some((given) => given !== undefined))
    return fieldProblem('invalid', 'printer', 'one-of', 'Name a printer, or offsets and scales, not both.');
  const found = await findPrinter(actor, printer, ctx);
  if (!found.ok)
    return found.problem.code === 'not-found'
      ? fieldProblem('absent-reference', 'printer', 'absent', 'There is no such record.')
      : found;
  const { id: printerId, offsetX: offsetXMm, offsetY: offsetYMm, scaleX: across, scaleY: down } = found.value;
  return ok({ offsetXMm, offsetYMm, scaleX: across, scaleY: down, printerId });
}
