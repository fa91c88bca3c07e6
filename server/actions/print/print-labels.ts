// Labels of a roll in a thermal printer's own language. They make a print run as a sheet does, by the same rules
// (print-sheet.ts).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Result } from '../../domain/problem.ts';
import type { ThermalLanguage } from '../../sheet/thermal/thermal-job.ts';
import type { ActionContext } from '../kit/context.ts';
import { printSheetQuery } from './print-fields.ts';
import { namedPrint, planPrint, type NamedPrint } from './print-sheet.ts';
import { reach } from '../kit/reach.ts';

export const printLabelsQuery = printSheetQuery
  .pick({ template: true, from: true, to: true, reprintReason: true, acknowledge: true })
  .extend({
    dpi: z
      .enum(['203', '300'])
      .default('203')
      .transform((dpi) => (dpi === '203' ? 203 : 300))
      .meta({ description: 'Dots an inch of the printer’s head.' }),
  });

/**
 * A recorded print for drawSheet; it counts once it was sent. Problems: as planPrint; `invalid` at `template` if it is
 * not a roll.
 */
export async function printLabels(
  actor: Actor,
  input: { id: Id; language: ThermalLanguage; query: z.output<typeof printLabelsQuery> },
  ctx: ActionContext,
): Promise<Result<NamedPrint>> {
  const { dpi, ...query } = input.query;
  const found = await reach(ctx.store.batches, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const output = { output: input.language, dpi } as const;
  return namedPrint(ctx, await planPrint(actor, found.value.doc, { ...query, skip: 0 }, ctx, { output }));
}
