// The sheet of a product's stamps, set exactly before anything is issued, with warnings: stars that lapse soon, a
// symbol too small for old phones, an address that phones cannot reach, an allowance used up.

import { isIP } from 'node:net';
import type { Actor } from '../../domain/people/account.ts';
import type { Carrier } from '../../domain/batches/batch.ts';
import { daysLeft, inForce, lastDayInForce, type Certificate } from '../../domain/registry/certificate.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Problem, type Result } from '../../domain/problem.ts';
import type { Product } from '../../domain/registry/product.ts';
import { stampName } from '../../domain/registry/stamp-name.ts';
import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import { versionFor } from '../../sheet/setting/choose-symbol.ts';
import { drawPreview, fitTemplates } from '../../sheet/preview/draw-preview.ts';
import { TRUE_PRINTER, type SheetMark, type SheetPlan } from '../../sheet/threads/sheet-job.ts';
import { moduleOf, templateFor } from '../../sheet/template/template-fit.ts';
import type { Template } from '../../sheet/template/template-schema.ts';
import { mustGet } from '../../store/must-get.ts';
import { allowanceLeft } from '../batches/allowance-left.ts';
import type { ActionContext } from '../kit/context.ts';
import { markOf, newestRating } from './run-drawing.ts';
import { mayTake, templatesOf } from './templates.ts';
import { reachInBody } from '../kit/reach.ts';
import { reachProducerInBody } from '../kit/reach-producer.ts';
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

/** What holds of a product's stamps before a sheet of them is set. */
export interface PrintOutlook {
  /** The certificate whose stars are printed; null: none is in force. */
  rating: Certificate | null;
  /** What is left of the year's allowance; null: no limit is recorded. */
  left: number | null;
  warnings: PrintWarning[];
}

export interface SheetPreview extends PrintOutlook {
  product: Product;
  template: Template;
  plan: SheetPlan;
  /** Of the print file. */
  pages: number;
}

/** By template: null, or why it cannot take the stamps. */
export type TemplateFits = ReadonlyMap<string, Problem | null>;

/** From this many days on the print page shows how many are left (DESIGN §3). */
const SOON_DAYS = 90;
/** Cheap cameras miss smaller symbols at arm's length (STANDARDS §7): worth a test print. */
const SMALL_MODULE_MM = 0.42;
/** Takes the place of the id of a batch that is not issued yet; equally wide. */
const SAMPLE_BATCH: Id = 'SAMP1E';
/** Before a quantity is known: serials of two figures, as on most sheets. */
const SAMPLE_QUANTITY = 65;

/**
 * Problems: absent-reference, not-allowed (PINs), invalid, symbol-too-large, text-does-not-fit, letter-not-in-font,
 * gtin-not-authorised.
 */
export async function previewSheet(
  actor: Actor,
  wanted: SheetWanted,
  ctx: ActionContext,
): Promise<Result<SheetPreview>> {
  const asked = await sampleOf(actor, wanted, ctx);
  if (!asked.ok) return asked;
  const { product, sample, newest, today } = asked.value;
  const { version } = sample.symbol;
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

  const plan: SheetPlan = { ...sample, template, skip: wanted.skip };
  const set = await drawPreview({ kind: 'count', plan });
  if (!set.ok) return set;
  const outlook = await outlookOf(ctx, product, newest, today);
  const { rating, left } = outlook;
  const warnings = [
    ...outlook.warnings,
    ...scanWarnings(ctx.settings.publicOrigin, moduleOf(template, version) ?? 0),
    ...(left !== null && wanted.quantity > left
      ? [{ kind: 'beyond-allowance' as const, left: Math.max(0, left) }]
      : []),
  ];
  return ok({ product, template, plan, pages: set.value.pages, rating, left, warnings });
}

/**
 * What holds of the product whatever becomes of the picture: its certificate and what is left of its allowance.
 * Problems: absent-reference.
 */
export async function readPrintOutlook(actor: Actor, productId: Id, ctx: ActionContext): Promise<Result<PrintOutlook>> {
  const found = await reachInBody(ctx.store.products, actor, 'issue-batch', productId, 'productId');
  if (!found.ok) return found;
  const today = todayOf(ctx);
  return ok(await outlookOf(ctx, found.value.doc, await newestRating(ctx, productId, today), today));
}

/**
 * Which templates of the product's office take its stamps: by id, null or why not. Problems: absent-reference,
 * gtin-not-authorised.
 */
export async function readTemplateFits(
  actor: Actor,
  wanted: Omit<SheetWanted, 'template' | 'skip'>,
  ctx: ActionContext,
): Promise<Result<TemplateFits>> {
  const asked = await sampleOf(actor, wanted, ctx);
  if (!asked.ok) return asked;
  const { product, sample } = asked.value;
  return ok(await fitsOf(actor, product, sample, ctx));
}

/**
 * The same for names that a person is typing: of a product that is there, or of a producer's new one. Problems:
 * absent-reference, not-allowed, invalid.
 */
export async function readNameFits(
  actor: Actor,
  { productId, producerId, name }: { productId?: Id | undefined; producerId?: Id | undefined; name: string },
  ctx: ActionContext,
): Promise<Result<{ officeId: Id; fits: TemplateFits }>> {
  const known =
    productId === undefined
      ? null
      : await reachInBody(ctx.store.products, actor, 'change-registry', productId, 'productId');
  if (known?.ok === false) return known;
  const found = await reachProducerInBody(actor, 'change-registry', known?.value.doc.producerId ?? producerId, ctx);
  if (!found.ok) return found;
  const producer = found.value.doc;
  const today = todayOf(ctx);
  const newest = productId === undefined ? null : await newestRating(ctx, productId, today);
  const content = contentFor(name, producer.name, newest, today);
  const address = { carrier: 'short', origin: ctx.settings.publicOrigin, digitalLink: null } as const;
  const mark = await markFor(ctx, producer.officeId, content);
  const sample = sampleSheet(ctx, { address, content, mark, quantity: SAMPLE_QUANTITY });
  const { officeId } = producer;
  return ok({ officeId, fits: await fitsOf(actor, { officeId, producerId: producer.id }, sample, ctx) });
}

/** A sheet of the product's stamps, whatever it is printed on. */
async function sampleOf(
  actor: Actor,
  wanted: Pick<SheetWanted, 'productId' | 'carrier' | 'lot' | 'quantity'>,
  ctx: ActionContext,
): Promise<Result<{ product: Product; sample: SampleSheet; newest: Certificate | null; today: Day }>> {
  const found = await reachInBody(ctx.store.products, actor, 'issue-batch', wanted.productId, 'productId');
  if (!found.ok) return found;
  const product = found.value.doc;
  const producer = await mustGet(ctx.store.producers, product.producerId);
  if (wanted.carrier === 'digital-link' && product.gtin === null)
    return fail('gtin-not-authorised', 'A digital link needs the product’s GTIN.');
  const digitalLink = wanted.carrier === 'digital-link' ? { gtin: product.gtin ?? '', lot: wanted.lot } : null;
  const address = { carrier: wanted.carrier, origin: ctx.settings.publicOrigin, digitalLink };
  const today = todayOf(ctx);
  const newest = await newestRating(ctx, product.id, today);
  const content = contentFor(stampName(product), producer.name, newest, today);
  const mark = await markFor(ctx, product.officeId, content);
  const sample = sampleSheet(ctx, { address, content, mark, quantity: wanted.quantity });
  return ok({ product, sample, newest, today });
}

type Owned = Pick<Product, 'officeId' | 'producerId'>;
type SampleSheet = Omit<SheetPlan, 'template' | 'skip'>;

function sampleSheet(
  ctx: ActionContext,
  { address, content, mark, quantity }: Pick<SheetPlan, 'address' | 'content' | 'mark'> & { quantity: number },
): SampleSheet {
  return {
    batchId: SAMPLE_BATCH,
    address,
    symbol: { version: versionFor(printedAddress(address, '').length + CODE_SYMBOLS), level: 'M', mask: 0 },
    from: 1,
    to: quantity,
    printer: TRUE_PRINTER,
    content,
    ...(mark == null ? {} : { mark }),
    printedAt: ctx.now().toISOString(),
  };
}

function contentFor(
  productName: string,
  producerName: string,
  newest: Certificate | null,
  today: Day,
): SheetPlan['content'] {
  return { productName, producerName, stars: newest !== null && inForce(newest, today) ? newest.stars : null };
}

/** The office's artwork takes its room on the label. Drawn from its PNG alone. */
async function markFor(ctx: ActionContext, officeId: Id, { stars }: SheetPlan['content']): Promise<SheetMark | null> {
  if (stars === null) return null;
  const mark = await markOf(ctx, { markFileId: (await ctx.store.offices.get(officeId))?.markFileId ?? null });
  return mark === null ? null : { ...mark, rgb: new Uint8Array() };
}

async function fitsOf(actor: Actor, of: Owned, sample: SampleSheet, ctx: ActionContext): Promise<TemplateFits> {
  const every = [...(await templatesOf(ctx, of.officeId)).values()].map(({ template }) => template);
  const templates = every.filter((template) => mayTake(actor, template, of).ok);
  const [first] = templates;
  if (first === undefined) return new Map();
  const told = await fitTemplates({ plan: { ...sample, template: first, skip: 0 }, templates });
  return new Map(templates.map(({ id }, at) => [id, told[at] ?? null]));
}

async function outlookOf(
  ctx: ActionContext,
  product: Product,
  newest: Certificate | null,
  today: Day,
): Promise<PrintOutlook> {
  return {
    rating: newest !== null && inForce(newest, today) ? newest : null,
    left: await allowanceLeft(ctx, product.id),
    warnings: ratingWarnings(newest, today),
  };
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
