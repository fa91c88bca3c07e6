// The sheet of a product's stamps, set exactly before anything is issued, with warnings: stars that lapse soon, a
// symbol too small for old phones, an address that phones cannot reach, an allowance used up.

import { isIP } from 'node:net';
import type { Actor } from '../../domain/people/account.ts';
import type { Carrier } from '../../domain/batches/batch.ts';
import { daysLeft, inForce, lastDayInForce, type Certificate } from '../../domain/registry/certificate.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Product } from '../../domain/registry/product.ts';
import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import { versionFor } from '../../sheet/setting/choose-symbol.ts';
import { drawPreview } from '../../sheet/preview/draw-preview.ts';
import { TRUE_PRINTER, type SheetPlan } from '../../sheet/threads/sheet-job.ts';
import { moduleOf, templateFor } from '../../sheet/template/template-fit.ts';
import type { Template } from '../../sheet/template/template-schema.ts';
import { mustGet } from '../../store/must-get.ts';
import { allowanceLeft } from '../batches/allowance-left.ts';
import type { ActionContext } from '../kit/context.ts';
import { newestRating } from './run-drawing.ts';
import { mayTake, templatesOf } from './templates.ts';
import { reachInBody } from '../kit/reach.ts';
import { todayOf } from '../kit/today.ts';

export interface SheetWanted {
  productId: Id;
  template: string;
  carrier: Carrier;
  /** The lot's number: a digital link contains it, so the address is as long as it makes it. */
  lot: string;
  quantity: number;
  skip: number;
}

export type PrintWarning =
  | { kind: 'lapses-soon'; stars: number; days: number; lastDay: Day }
  | { kind: 'lapsed'; number: string; lastDay: Day | null }
  | { kind: 'small-module'; moduleMm: number }
  | { kind: 'unreachable'; host: string }
  | { kind: 'beyond-allowance'; left: number };

export interface SheetPreview {
  product: Product;
  template: Template;
  plan: SheetPlan;
  /** Of the print file. */
  pages: number;
  /** The certificate whose stars are printed; null: none is in force. */
  rating: Certificate | null;
  /** What is left of the year's allowance; null: no limit is recorded. */
  left: number | null;
  warnings: PrintWarning[];
}

/** From this many days on the print page shows how many are left (DESIGN §3). */
const SOON_DAYS = 90;
/** Cheap cameras miss smaller symbols at arm's length (STANDARDS §7): worth a test print. */
const SMALL_MODULE_MM = 0.42;
/** Takes the place of the id of a batch that is not issued yet; equally wide. */
const SAMPLE_BATCH: Id = 'SAMP1E';

/**
 * Problems: absent-reference, not-allowed (PINs), invalid, symbol-too-large, text-does-not-fit, letter-not-in-font,
 * gtin-not-authorised.
 */
export async function previewSheet(
  actor: Actor,
  wanted: SheetWanted,
  ctx: ActionContext,
): Promise<Result<SheetPreview>> {
  const found = await reachInBody(ctx.store.products, actor, 'issue-batch', wanted.productId, 'productId');
  if (!found.ok) return found;
  const product = found.value.doc;
  const producer = await mustGet(ctx.store.producers, product.producerId);
  if (wanted.carrier === 'digital-link' && product.gtin === null)
    return fail('gtin-not-authorised', 'A digital link needs the product’s GTIN.');
  const origin = ctx.settings.publicOrigin;
  const digitalLink = wanted.carrier === 'digital-link' ? { gtin: product.gtin ?? '', lot: wanted.lot } : null;
  const address = { carrier: wanted.carrier, origin, digitalLink };
  const version = versionFor(printedAddress(address, '').length + CODE_SYMBOLS);
  const loaded = templateFor(await templatesOf(ctx, product.officeId), wanted.template, version);
  if (!loaded.ok)
    return loaded.problem.code === 'not-found'
      ? fieldProblem('invalid', 'template', 'absent', 'There is no such template.')
      : loaded;
  const { template } = loaded.value;
  const may = mayTake(actor, template, product);
  if (!may.ok) return may;
  const places = template.grid.columns * template.grid.rows;
  if (wanted.skip < 0 || wanted.skip >= places)
    return fieldProblem('invalid', 'skip', 'too-big', `${template.id} has ${places} label places.`);

  const today = todayOf(ctx);
  const newest = await newestRating(ctx, product.id, today);
  const rating = newest !== null && inForce(newest, today) ? newest : null;
  const plan: SheetPlan = {
    template,
    batchId: SAMPLE_BATCH,
    address,
    symbol: { version, level: 'M', mask: 0 },
    from: 1,
    to: wanted.quantity,
    skip: wanted.skip,
    printer: TRUE_PRINTER,
    content: { productName: product.name, producerName: producer.name, stars: rating?.stars ?? null },
    printedAt: ctx.now().toISOString(),
  };
  const set = await drawPreview({ kind: 'count', plan });
  if (!set.ok) return set;
  const left = await allowanceLeft(ctx, product.id);
  const warnings = [
    ...ratingWarnings(newest, today),
    ...scanWarnings(origin, moduleOf(template, version) ?? 0),
    ...(left !== null && wanted.quantity > left
      ? [{ kind: 'beyond-allowance' as const, left: Math.max(0, left) }]
      : []),
  ];
  return ok({ product, template, plan, pages: set.value.pages, rating, left, warnings });
}

function ratingWarnings(newest: Certificate | null, today: Day): PrintWarning[] {
  if (newest === null) return [];
  if (!inForce(newest, today)) return [{ kind: 'lapsed', number: newest.number, lastDay: lastDayInForce(newest) }];
  const days = daysLeft(newest, today);
  const lastDay = lastDayInForce(newest);
  return days === null || lastDay === null || days > SOON_DAYS
    ? []
    : [{ kind: 'lapses-soon', stars: newest.stars ?? 0, days, lastDay }];
}

/** What keeps phones from reading the symbol, or from opening its address. */
function scanWarnings(origin: string, moduleMm: number): PrintWarning[] {
  const { host, hostname } = new URL(origin);
  const isNear = hostname === 'localhost' || !hostname.includes('.') || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return [
    ...(isNear ? [{ kind: 'unreachable' as const, host }] : []),
    ...(moduleMm < SMALL_MODULE_MM ? [{ kind: 'small-module' as const, moduleMm }] : []),
  ];
}

/** The picture of a page of the sheet, from 0, or of its last page: an SVG. Problems: as previewSheet. */
export async function drawSheetPicture(
  actor: Actor,
  { page, ...wanted }: SheetWanted & { page: number },
  ctx: ActionContext,
): Promise<Result<Uint8Array>> {
  const preview = await previewSheet(actor, wanted, ctx);
  if (!preview.ok) return preview;
  const drawn = await drawPreview({ kind: 'sheet', plan: preview.value.plan, page });
  return drawn.ok ? ok(drawn.value.bytes) : drawn;
}
