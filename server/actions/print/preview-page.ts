// A picture of one page of a batch's sheet before it is printed. It records nothing and shows no real stamp.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { BATCH_QUANTITY_MAX } from '../../domain/batches/batch.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { beVietnamPro } from '../../sheet/setting/fonts.ts';
import { layoutSheet, type SheetLayout } from '../../sheet/setting/layout.ts';
import { TRUE_PRINTER, type SheetPlan } from '../../sheet/threads/sheet-job.ts';
import type { TestGrid } from '../../sheet/template/template-schema.ts';
import type { ActionContext } from '../kit/context.ts';
import { queryNumber } from '../kit/fields.ts';
import { SKIP_HELP, SKIP_MAX, templateId } from './print-fields.ts';
import { contentOf, markOf } from './run-drawing.ts';
import { templateForBatch } from './templates.ts';
import { reach } from '../kit/reach.ts';
import { todayOf } from '../kit/today.ts';

/** A roll has a page for each stamp. */
const PAGES_MAX = BATCH_QUANTITY_MAX;

export const previewPageQuery = z.strictObject({
  template: templateId,
  skip: queryNumber(0, SKIP_MAX).default(0).meta({ description: SKIP_HELP }),
  page: queryNumber(1, PAGES_MAX)
    .default(1)
    .meta({ description: 'Of the print file of the whole batch, from 1: a sheet, or a row of a roll.' }),
});

export type PagePreview =
  { kind: 'stamps'; plan: SheetPlan; layout: SheetLayout; index: number } | { kind: 'test-grid'; grid: TestGrid };

/** Problems: not-found, invalid, symbol-too-large, pins-missing, text-does-not-fit, letter-not-in-font. */
export async function previewPage(
  actor: Actor,
  input: { id: Id; query: z.output<typeof previewPageQuery> },
  ctx: ActionContext,
): Promise<Result<PagePreview>> {
  const found = await reach(ctx.store.batches, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const batch = found.value.doc;
  const { template, skip, page } = input.query;
  const grid = ctx.testGrids.get(template);
  if (grid !== undefined) return ok({ kind: 'test-grid', grid });
  const loaded = await templateForBatch(actor, batch, { template, skip, dpi: null }, ctx);
  if (!loaded.ok) return loaded;
  const content = await contentOf(ctx, batch, loaded.value.json, todayOf(ctx));
  const plan: SheetPlan = {
    template: loaded.value.template,
    batchId: batch.id,
    address: { carrier: batch.carrier, origin: batch.origin, digitalLink: batch.digitalLink },
    symbol: batch.symbol,
    from: 1,
    to: batch.quantity,
    skip,
    printer: TRUE_PRINTER,
    content,
    mark: await markOf(ctx, content),
    printedAt: ctx.now().toISOString(),
  };
  const set = layoutSheet(beVietnamPro, plan);
  if (!set.ok) return set;
  if (page > set.value.pages)
    return fieldProblem('invalid', 'page', 'too-big', `The print file has ${set.value.pages} pages.`);
  return ok({ kind: 'stamps', plan, layout: set.value, index: page - 1 });
}
