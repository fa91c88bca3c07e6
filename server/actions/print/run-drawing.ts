// What a print run says on paper, and the data that draws it.

import type { Batch } from '../../domain/batches/batch.ts';
import type { Day, Id } from '../../domain/entity.ts';
import type { PrintJob } from '../../domain/print/print-job.ts';
import type { PrintedContent, PrintRun } from '../../domain/print/print-run.ts';
import { inForce, lastDayInForce, ratingOf, type Certificate } from '../../domain/registry/certificate.ts';
import { stampName } from '../../domain/registry/stamp-name.ts';
import { DEFAULT_SITE } from '../../domain/site.ts';
import { parseTemplate } from '../../sheet/template/template-loader.ts';
import { templateAtDpi, type ThermalJob } from '../../sheet/thermal/thermal-job.ts';
import type { SheetJob, SheetMark } from '../../sheet/threads/sheet-job.ts';
import { mustGet } from '../../store/must-get.ts';
import { StoreError } from '../../store/store.ts';
import { productOfBatch } from '../batches/product-of-batch.ts';
import { keysOf } from '../batches/sealed-batch.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { openMark } from '../uploads/open-mark.ts';

/** The data that draws a run: the same run gives the same bytes on any day. */
export async function drawingOf(ctx: ActionContext, batch: Batch, run: PrintRun): Promise<SheetJob | ThermalJob> {
  const parsed = parseTemplate(run.content.templateJson);
  if (!parsed.ok) throw new StoreError('tampered', `print run ${run.id} keeps a template that cannot be read`);
  const { carrier, origin, digitalLink, symbol } = batch;
  const { from, to, skip, offsetXMm, offsetYMm, scaleX, scaleY, printedAt } = run;
  const { productName, producerName, stars, maker } = run.content;
  const job: SheetJob = {
    template: parsed.template,
    batchId: batch.id,
    keys: keysOf(ctx, batch).exportKeys(),
    address: { carrier, origin, digitalLink },
    symbol,
    from,
    to,
    skip,
    printer: { offsetXMm, offsetYMm, scaleX, scaleY },
    content: { productName, producerName, stars, ...(maker === undefined ? {} : { maker }) },
    mark: await markOf(ctx, run.content),
    printedAt,
  };
  if (run.output === 'pdf' || run.dpi === null) return job;
  const template = templateAtDpi(parsed.template, run.dpi);
  if (template === null) throw new StoreError('tampered', `print run ${run.id} keeps a template that is no roll`);
  return { ...job, template, thermal: { language: run.output, dpi: run.dpi } };
}

/** As drawingOf, for the run of a job. */
export async function drawingOfJob(ctx: ActionContext, job: PrintJob): Promise<SheetJob | ThermalJob> {
  const [batch, run] = await Promise.all([
    mustGet(ctx.store.batches, job.batchId),
    mustGet(ctx.store.printRuns, job.printRunId),
  ]);
  return drawingOf(ctx, batch, run);
}

/** The words on the paper; stars only if a certificate is in force on `today`. */
export async function contentOf(
  ctx: ActionContext,
  batch: Batch,
  templateJson: string,
  today: Day,
): Promise<PrintedContent> {
  const producer = await mustGet(ctx.store.producers, batch.producerId);
  const productId = await productOfBatch(ctx, batch);
  const product = productId === null ? null : await mustGet(ctx.store.products, productId);
  const rating = product === null ? null : await newestRating(ctx, product.id, today);
  const site = ctx.settings.site ?? DEFAULT_SITE;
  const rests = rating !== null && inForce(rating, today) ? rating : null;
  return {
    productName: product === null ? null : stampName(product),
    producerName: producer.name,
    stars: rests?.stars ?? null,
    certificate: rests === null ? null : { id: rests.id, number: rests.number, lastDay: lastDayInForce(rests) },
    templateJson,
    ...(site.name === DEFAULT_SITE.name ? {} : { maker: site.name }),
    markFileId: rests === null ? null : ((await ctx.store.offices.get(batch.officeId))?.markFileId ?? null),
  };
}

/** The artwork that a print run uses. */
export async function markOf(
  ctx: ActionContext,
  { markFileId }: Pick<PrintedContent, 'markFileId'>,
): Promise<SheetMark | null> {
  if (markFileId === null) return null;
  const file = await ctx.store.files.get(markFileId);
  if (file === null) throw new StoreError('tampered', `file ${markFileId} is missing`);
  const mark = await openMark(markFileId, file.bytes);
  if (mark === null) throw new Error(`the artwork ${markFileId} could not be decoded`);
  return mark;
}

/** Whether the certificate that a run's stars rest on is out of force today. */
export async function hasLapsed(ctx: ActionContext, run: PrintRun, today: Day): Promise<boolean> {
  const { certificate } = run.content;
  if (certificate === null) return false;
  const now = await ctx.store.certificates.get(certificate.id);
  return now === null || !inForce(now, today);
}

/** The newest OCOP certificate of a product on a day, in force or not. */
export async function newestRating(ctx: ActionContext, productId: Id, today: Day): Promise<Certificate | null> {
  const certificates: Certificate[] = [];
  for await (const each of everyOf(ctx.store.certificates, { productId })) certificates.push(each);
  return ratingOf(certificates, productId, today);
}
