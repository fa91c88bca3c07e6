// The contents of the form for issuing and printing, as text: at first from the last print of the product, then as
// typed.

import { firstLot, lastPrint } from '../../../actions/print/last-print.ts';
import { ownPrinters } from '../../../actions/print/own-printers.ts';
import { listPrinters, readTemplates } from '../../../actions/print/read.ts';
import { readTemplateFits, type TemplateFits } from '../../../actions/print/preview-sheet.ts';
import { mayTake, type Templates } from '../../../actions/print/templates.ts';
import { BATCH_QUANTITY_MAX } from '../../../domain/batches/batch.ts';
import { readLot } from '../../../actions/lots/read.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Printer } from '../../../domain/print/printer.ts';
import type { Product } from '../../../domain/registry/product.ts';
import { THERMAL_DPI, THERMAL_LANGUAGES } from '../../../sheet/thermal/thermal-job.ts';
import type { Page } from '../../../store/store.ts';
import { valueOf } from '../../outcome.ts';
import type { SentForm } from '../../read-form.ts';
import { isTicked, sent, sentOrNull, type PageCall } from '../console-route.ts';
import { sentCount, typedCount } from '../typed-count.ts';
import { fittingTemplate } from './template-fits.ts';

export const PRINT_PATH = '/console/print';

/** The page of a print job. */
export function jobAddress(jobId: Id): string {
  return `/console/print-jobs/${jobId}`;
}

export interface PrintForm {
  product: Id;
  lot: string;
  quantity: string;
  producedOn: string;
  expiresOn: string;
  template: string;
  /** The first place to print on, from 1. */
  first: string;
  printer: string;
  offsetX: string;
  offsetY: string;
  /** Factors as they are saved, not percentages; for a print without a saved printer. */
  scaleX: string;
  scaleY: string;
  /** `pdf`, or a thermal printer's language and resolution: `zpl-203`. */
  output: string;
  carrier: 'short' | 'digital-link';
  pin: boolean;
}

const LIST_MAX = 200;
const USUAL_TEMPLATE = 'a4-65';
const USUAL_QUANTITY = '65';

/** Every printer in reach, of any desk. */
export async function printersOf({ actor, ctx }: PageCall): Promise<Printer[]> {
  const printers: Printer[] = [];
  let after: string | null = null;
  do {
    const page: Page<Printer> = valueOf(await listPrinters(actor, { limit: LIST_MAX, after }, ctx));
    printers.push(...page.items);
    after = page.next;
  } while (after !== null);
  return printers;
}

/** Printers of the person's own desk, sorted by name; another desk's machine is elsewhere. */
export async function ownPrintersOf({ actor, ctx }: PageCall, officeId: Id): Promise<Printer[]> {
  return valueOf(await ownPrinters(actor, officeId, ctx));
}

/** What stamps of this product may be printed on: the built-in templates and its office's own. */
export async function templatesOf(
  { actor, ctx }: PageCall,
  product: Pick<Product, 'officeId' | 'producerId'>,
): Promise<Templates> {
  const every = await readTemplates(actor, product.officeId, ctx);
  return new Map([...every].filter(([, { template }]) => mayTake(actor, template, product).ok));
}

/**
 * The form as it is first shown. The address may name an existing lot (`lot`, its id) and a quantity, to replace
 * spoiled stamps.
 */
export async function freshForm(call: PageCall, product: Product, printers: readonly Printer[]): Promise<PrintForm> {
  const { actor, ctx, query } = call;
  const last = valueOf(await lastPrint(actor, product.id, ctx));
  const next = last?.lot ?? valueOf(await firstLot(actor, product.id, ctx));
  const named = query['lot'] === undefined ? null : await readLot(actor, query['lot'], ctx);
  const lot = named?.ok === true && named.value.productId === product.id ? named.value : null;
  const { number, producedOn, expiresOn } = lot ?? next;
  const run = last?.run ?? null;
  // Another desk's print says nothing about this desk's printers.
  const isOthers = run?.printerId != null && last?.printer == null;
  const printer = run === null || isOthers ? (printers[0] ?? null) : (last?.printer ?? null);
  const place = printer ?? last?.place ?? null;
  const templates = await templatesOf(call, product);
  const wanted = run !== null && templates.has(run.template) ? run.template : firstTemplate(templates);
  const carrier = last?.batch.carrier ?? 'short';
  const fits = await fitsOf(call, { product: product.id, carrier, lot: number, quantity: USUAL_QUANTITY });
  const template = fittingTemplate(templates, wanted, fits);
  return {
    product: product.id,
    lot: number,
    quantity: /^[1-9]\d{0,7}$/.test(query['quantity'] ?? '')
      ? (query['quantity'] ?? '')
      : String(last?.batch.quantity ?? USUAL_QUANTITY),
    producedOn: producedOn ?? '',
    expiresOn: expiresOn ?? '',
    template,
    // On other paper than last time no place is used.
    first: String((template === wanted ? (last?.skip ?? 0) : 0) + 1),
    printer: printer?.id ?? '',
    offsetX: offsetText(place?.offsetX ?? 0),
    offsetY: offsetText(place?.offsetY ?? 0),
    scaleX: String(last?.place.scaleX ?? 1),
    scaleY: String(last?.place.scaleY ?? 1),
    output: run === null || run.output === 'pdf' || template !== wanted ? 'pdf' : `${run.output}-${run.dpi}`,
    carrier,
    pin: last?.batch.pin ?? false,
  };
}

/** The form as typed. A newly chosen printer brings its own offsets, unless offsets were typed too. */
export function typedForm(form: SentForm, printers: readonly Printer[]): PrintForm {
  const printer = sent(form, 'printer');
  const chosen = printers.find(({ id }) => id === printer);
  const isNew =
    printer !== sent(form, 'printerWas') &&
    sent(form, 'offsetX') === sent(form, 'offsetXWas') &&
    sent(form, 'offsetY') === sent(form, 'offsetYWas');
  return {
    product: sent(form, 'productId'),
    lot: sent(form, 'lot'),
    quantity: sent(form, 'quantity'),
    producedOn: sent(form, 'producedOn'),
    expiresOn: sent(form, 'expiresOn'),
    template: sent(form, 'template'),
    first: sent(form, 'skip'),
    printer,
    offsetX: isNew ? offsetText(chosen?.offsetX ?? 0) : sent(form, 'offsetX'),
    offsetY: isNew ? offsetText(chosen?.offsetY ?? 0) : sent(form, 'offsetY'),
    scaleX: sent(form, 'scaleX') || '1',
    scaleY: sent(form, 'scaleY') || '1',
    output: sent(form, 'output') || 'pdf',
    carrier: sent(form, 'carrier') === 'digital-link' ? 'digital-link' : 'short',
    pin: isTicked(form, 'pin'),
  };
}

/** Label places of the chosen template. */
export function placesOf({ template }: Pick<PrintForm, 'template'>, templates: Templates): number {
  const grid = templates.get(template)?.template.grid;
  return grid === undefined ? 1 : grid.columns * grid.rows;
}

/** If a page has only one place, printing begins there; a number typed for another template is ignored. */
export function onItsPlaces(form: PrintForm, templates: Templates): PrintForm {
  return placesOf(form, templates) === 1 ? { ...form, first: '1' } : form;
}

/** The output for a thermal printer; null: a PDF. */
function labelsOf(output: string): Record<string, unknown> | null {
  const [language, dpi] = output.split('-');
  return output === 'pdf' ? null : { output: language, dpi: Number(dpi) };
}

/** Outputs that a roll may be printed as. */
export const OUTPUTS = ['pdf', ...THERMAL_LANGUAGES.flatMap((each) => THERMAL_DPI.map((dpi) => `${each}-${dpi}`))];

/** The action's input, unchecked. */
export function inputOf(form: SentForm, typed: PrintForm, isRoll: boolean): Record<string, unknown> {
  const first = typedCount(typed.first);
  return {
    productId: sent(form, 'productId'),
    lot: sent(form, 'lot'),
    producedOn: sentOrNull(form, 'producedOn'),
    expiresOn: sentOrNull(form, 'expiresOn'),
    quantity: sentCount(form, 'quantity'),
    template: sent(form, 'template'),
    skip: typeof first === 'number' ? first - 1 : (first ?? ''),
    printer: sentOrNull(form, 'printer'),
    offsetX: tenths(typed.offsetX),
    offsetY: tenths(typed.offsetY),
    scaleX: Number(typed.scaleX),
    scaleY: Number(typed.scaleY),
    labels: isRoll ? labelsOf(typed.output) : null,
    carrier: sent(form, 'carrier') === 'digital-link' ? 'digital-link' : 'short',
    pin: isTicked(form, 'pin'),
  };
}

/** The form corrected so far that a sheet can be drawn for it. */
export function drawable(
  { quantity, first, template }: PrintForm,
  templates: Templates,
): { quantity: number; skip: number; template: string } {
  const place = Number(typedCount(first));
  return {
    quantity: countOf(quantity),
    skip: Number.isInteger(place) && place >= 1 ? place - 1 : 0,
    template: templates.has(template) ? template : firstTemplate(templates),
  };
}

/** "0", "-0.2": the format of a number field. */
export function offsetText(offsetMm: number): string {
  return String(Math.round(offsetMm * 10) / 10);
}

function tenths(text: string): number | string {
  return /^-?\d{1,2}(?:[.,]\d)?$/.test(text) ? Number(text.replace(',', '.')) : text;
}

/** Which templates fit the stamps of this form. */
export async function fitsOf(
  { actor, ctx }: PageCall,
  { product, carrier, lot, quantity }: Pick<PrintForm, 'product' | 'carrier' | 'lot' | 'quantity'>,
): Promise<TemplateFits> {
  const count = countOf(quantity);
  const found = await readTemplateFits(actor, { productId: product, carrier, lot, quantity: count }, ctx);
  // If there is no sheet at all, the page says why.
  return found.ok ? found.value : new Map();
}

/** The typed number of stamps; 1 if it is not a valid number. */
function countOf(quantity: string): number {
  const count = Number(typedCount(quantity));
  return Number.isInteger(count) && count >= 1 && count <= BATCH_QUANTITY_MAX ? count : 1;
}

function firstTemplate(templates: Templates): string {
  return templates.has(USUAL_TEMPLATE) ? USUAL_TEMPLATE : ([...templates.keys()][0] ?? USUAL_TEMPLATE);
}
