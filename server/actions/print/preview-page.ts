// A picture of one page of a batch's sheet before it is printed. It records nothing and shows no real stamp.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { BATCH_QUANTITY_MAX } from '../../domain/batches/batch.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { drawPreview } from '../../sheet/preview/draw-preview.ts';
import type { PreviewResult } from '../../sheet/preview/preview-work.ts';
import { TRUE_PRINTER, type SheetPlan } from '../../sheet/threads/sheet-job.ts';
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

/**
 * The picture's bytes.
 * Problems: not-found, invalid, symbol-too-large, pins-missing, text-does-not-fit, letter-not-in-font.
 */
export async function previewPage(
  actor: Actor,
  input: { id: Id; form: 'svg' | 'png'; query: z.output<typeof previewPageQuery> },
  ctx: ActionContext,
): Promise<Result<Uint8Array>> {
  const found = await reach(ctx.store.batches, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const batch = found.value.doc;
  const { template, skip, page } = input.query;
  const grid = ctx.testGrids.get(template);
  if (grid !== undefined) return bytesOf(await drawPreview({ kind: 'test-grid', grid, form: input.form }));
  const loaded = await templateForBatch(actor, batch, { template, skip, dpi: null }, ctx);
  if (!loaded.ok) return loaded;
  const content = await contentOf(ctx, batch, loaded.value.json, todayOf(ctx));
  const mark = await markOf(ctx, content);
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
    // The picture uses only the PNG.
    mark: mark === null ? null : { ...mark, rgb: new Uint8Array() },
    printedAt: ctx.now().toISOString(),
  };
  return bytesOf(await drawPreview({ kind: 'page', plan, page, form: input.form }));
}

function bytesOf(drawn: PreviewResult): Result<Uint8Array> {
  return drawn.ok ? ok(drawn.value.bytes) : drawn;
}
