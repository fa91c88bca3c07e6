// Issuing and printing on one page: lot, stamps, label, printer, and beside them the very sheet. Everything typed is
// kept. The first place to print on is chosen by a click or by its number. What would not scan or lapses soon is said
// before printing.

import {
  issueAndPrint,
  issueAndPrintInput,
  printAsBefore,
  printAsBeforeInput,
  type IssuedAndPrinted,
} from '../../../actions/print/issue-and-print.ts';
import { lastPrint } from '../../../actions/print/last-print.ts';
import type { Templates } from '../../../actions/print/templates.ts';
import { readTemplates } from '../../../actions/print/read.ts';
import { readLot } from '../../../actions/lots/read.ts';
import { previewSheet, type PrintWarning, type SheetPreview } from '../../../actions/print/preview-sheet.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { BATCH_QUANTITY_MAX } from '../../../domain/batches/batch.ts';
import { lastDayInForce } from '../../../domain/registry/certificate.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Printer } from '../../../domain/print/printer.ts';
import type { Product } from '../../../domain/registry/product.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import type { Outcome } from '../../../actions/kit/context.ts';
import { paperOf } from '../../../sheet/template/paper.ts';
import type { Template } from '../../../sheet/template/template-schema.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, paperWordsOf, printWordsOf, type PaperWords } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import {
  checkField,
  dateField,
  fieldGroup,
  fieldRow,
  hiddenField,
  radioField,
  selectField,
  textField,
} from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyState } from '../list.ts';
import { doneNotice, notice } from '../notices.ts';
import { button, linkButton, pageHead } from '../page-head.ts';
import { readShape } from '../read-shape.ts';
import { asBeforeCard } from './as-before.ts';
import { decimalText } from './decimal-text.ts';
import {
  drawable,
  freshForm,
  inputOf,
  onItsPlaces,
  placesOf,
  printersOf,
  productsOf,
  templatesOf,
  typedForm,
  type PrintForm,
} from './print-form.ts';
import { placeAt, sheetSvg } from './sheet-picture.ts';
import { STAMPS_JS } from '../assets.ts';

const PATH = '/console/print';
/** Rendered widths of the picture in CSS pixels: the point of a click comes back in them. */
const WIDE_PX = 500;
const NARROW_PX = 288;

export const printRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'issue-batch', nav: 'print', handle: showForm },
  { method: 'post', path: PATH, right: 'issue-batch', nav: 'print', handle: takeForm },
  { method: 'post', path: `${PATH}/as-before`, right: 'issue-batch', nav: 'print', handle: takeAsBefore },
  { method: 'get', path: `${PATH}/sheet.svg`, right: 'issue-batch', nav: null, handle: showSheet },
  { method: 'get', path: `${PATH}/place`, right: 'issue-batch', nav: null, handle: namePlace },
];

async function showForm(call: PageCall): Promise<PageAnswer> {
  const printers = await printersOf(call);
  const last = valueOf(await lastPrint(call.actor, null, call.ctx));
  const lot = call.query['lot'] === undefined ? null : await readLot(call.actor, call.query['lot'], call.ctx);
  const wanted = call.query['product'] ?? (lot?.ok === true ? lot.value.productId : last?.product.id);
  const { product, products } = await pickOf(call, wanted);
  if (product === undefined) return emptyPage(call);
  return page(call, {
    product,
    products,
    printers,
    templates: await templatesOf(call, product),
    form: await freshForm(call, product, printers),
    faults: NO_FAULTS,
    page: 0,
    withLast: true,
  });
}

/**
 * The named product, even if the picker's list does not reach it, and the list with it. Without a name, the list's
 * first product.
 * @throws ProblemError not-found for one that is not there: stamps are never offered for another product than the one
 * asked for
 */
async function pickOf(
  call: PageCall,
  named: Id | undefined,
): Promise<{ product: Product | undefined; products: readonly Product[] }> {
  const products = await productsOf(call);
  if (named === undefined) return { product: products[0], products };
  const listed = products.find(({ id }) => id === named);
  if (listed !== undefined) return { product: listed, products };
  const product = valueOf(await readProduct(call.actor, named, call.ctx));
  return { product, products: [product, ...products] };
}

async function takeForm(call: PageCall): Promise<PageAnswer> {
  const printers = await printersOf(call);
  const typed = typedForm(call.form, printers);
  const { product, products } = await pickOf(call, typed.product);
  if (product === undefined) throw new ProblemError({ code: 'not-found', detail: 'There is no such product.' });
  const templates = await templatesOf(call, product);
  const form = onItsPlaces(typed, templates);
  const shown = { product, products, printers, templates, withLast: false };
  const place = clickedPlace(call, form, templates);
  if (place !== undefined)
    return page(call, {
      ...shown,
      form: { ...form, first: place === null ? form.first : String(place + 1) },
      faults: NO_FAULTS,
      page: 0,
    });
  const wantedPage = sent(call.form, 'page');
  if (wantedPage !== '' || sent(call.form, 'redraw') !== '')
    return page(call, { ...shown, form, faults: NO_FAULTS, page: Math.max(0, Number(wantedPage) - 1 || 0) });

  const input = readShape(issueAndPrintInput, inputOf(call.form, form));
  const outcome: Outcome<IssuedAndPrinted> = input.ok ? await issueAndPrint(call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return leadOn(outcome.value, product);
  return page(call, { ...shown, form, faults: faultsOf(call, outcome.problem, templates), page: 0 });
}

async function takeAsBefore(call: PageCall): Promise<PageAnswer> {
  const { product, products } = await pickOf(call, sent(call.form, 'productId'));
  if (product === undefined) throw new ProblemError({ code: 'not-found', detail: 'There is no such product.' });
  const input = readShape(printAsBeforeInput, { productId: product.id, lot: sent(call.form, 'nextLot') });
  const outcome: Outcome<IssuedAndPrinted> = input.ok ? await printAsBefore(call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return leadOn(outcome.value, product);
  const printers = await printersOf(call);
  const form = { ...(await freshForm(call, product, printers)), lot: sent(call.form, 'nextLot') };
  const templates = await templatesOf(call, product);
  return page(call, {
    product,
    products,
    printers,
    templates,
    form,
    faults: faultsOf(call, outcome.problem, templates),
    page: 0,
    withLast: false,
  });
}

function leadOn(value: { kind: 'waiting' } | { kind: 'done'; value: IssuedAndPrinted }, product: Product): PageAnswer {
  if (value.kind === 'waiting') return go(`${PATH}?product=${product.id}`, 'asked');
  const { batch, job, problem } = value.value;
  return job === null
    ? go(`/console/batches/${batch.id}`, `issued-${problem?.code ?? ''}`)
    : go(`/console/print-jobs/${job.id}`);
}

/** The place of a click on the picture; null: beside the labels; undefined: there was no click. */
function clickedPlace(call: PageCall, form: PrintForm, templates: Templates): number | null | undefined {
  const template = templates.get(drawable(form, templates).template)?.template;
  for (const [name, widthPx] of [
    ['wide', WIDE_PX],
    ['narrow', NARROW_PX],
  ] as const) {
    const [x, y] = [sent(call.form, `${name}.x`), sent(call.form, `${name}.y`)];
    if (x === '' || template === undefined) continue;
    const heightPx = (widthPx * template.page.heightMm) / template.page.widthMm;
    return placeAt(template, { x: Number(x) / widthPx, y: Number(y) / heightPx });
  }
  return undefined;
}

function faultsOf(call: PageCall, problem: Problem, templates: Templates): FormFaults {
  const frame = frameWordsOf(call.language);
  const { faults } = printWordsOf(call.language);
  const fitting = problem.details?.['fitting'];
  const template = Array.isArray(fitting)
    ? faults.fitting(
        fitting.map((id) => templates.get(String(id))?.template.name[call.language] ?? String(id)).join(', '),
      )
    : faults.template;
  const quantity = faults.quantity(numberText(BATCH_QUANTITY_MAX, call.language));
  const own = {
    'lot-differs': faults['lot-differs'],
    'skip:too-big': faults.skip,
    'quantity:too-small': quantity,
    'quantity:too-big': quantity,
  };
  const told = formFaults(problem, call.form, frame, own);
  const ofTemplate = ['symbol-too-large', 'text-does-not-fit', 'letter-not-in-font'].includes(problem.code);
  if (ofTemplate) return { ...told, fields: { template } };
  return problem.code === 'lot-differs' ? { ...told, fields: { lot: faults['lot-differs'] } } : told;
}

interface Shown {
  product: Product;
  products: readonly Product[];
  printers: readonly Printer[];
  form: PrintForm;
  faults: FormFaults;
  templates: Templates;
  /** Of the sheet, from 0. */
  page: number;
  /** Whether "as last time" is offered above. */
  withLast: boolean;
}

async function page(call: PageCall, shown: Shown): Promise<PageAnswer> {
  const { product, form, faults } = shown;
  const words = printWordsOf(call.language);
  const sound = drawable(form, shown.templates);
  const preview = await previewSheet(
    call.actor,
    { productId: product.id, carrier: form.carrier, lot: form.lot, ...sound },
    call.ctx,
  );
  const last = shown.withLast ? valueOf(await lastPrint(call.actor, product.id, call.ctx)) : null;
  const asked = doneNotice(call, { asked: frameWordsOf(call.language).waiting });
  const body = html`${pageHead({ title: words.title, lead: words.lead })}${asked}${productPicker(call, shown)}${last?.run != null && html`<div class="lastly">${await asBeforeCard(call, last, false)}</div>`}${mainForm(call, shown, preview)}<script src="${STAMPS_JS}" defer></script>`;
  return { kind: 'page', title: words.title, body, ...(faults.title === null ? {} : { status: 422 }) };
}

function productPicker(call: PageCall, { product, products }: Shown): Html {
  const words = printWordsOf(call.language);
  if (products.length === 1) return html`<p class="picked"><b>${product.name}</b></p>`;
  const options = products.map(({ id, name }) => ({ value: id, text: name }));
  return html`<form class="pickone" method="get" action="${PATH}">${selectField({ name: 'product', label: words.product, value: product.id, options })}${button(words.choose, 'plain')}</form>`;
}

function mainForm(call: PageCall, shown: Shown, preview: Result<SheetPreview>): Html {
  const { product, form, faults, printers, templates } = shown;
  const words = printWordsOf(call.language);
  const { language } = call;
  const found = preview.ok ? preview.value : null;
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const skip = drawable(form, templates).skip;
  const places = placesOf(form, templates);
  const first = textField({
    name: 'skip',
    label: words.skip,
    value: form.first,
    mode: 'numeric',
    max: String(places).length,
    required: true,
    fault: fault('skip'),
    hint: skip === 0 ? words.skipHint : words.skipped(numberText(skip, language)),
  });
  const beyond =
    found?.warnings.some(({ kind }) => kind === 'beyond-allowance') === true && call.actor.role === 'producer';
  const left = html`<div>${faults.title !== null && notice('fault', faults.title, faults.text)}${hiddenField('once', call.once)}${hiddenField('productId', product.id)}<p class="hint rate">${ratingLine(call, found)}</p>${fieldRow(
    textField({
      name: 'lot',
      label: words.lot,
      value: form.lot,
      max: 40,
      required: true,
      plain: true,
      fault: fault('lot'),
    }),
    textField({
      name: 'quantity',
      label: words.quantity,
      value: form.quantity,
      mode: 'numeric',
      max: 10,
      required: true,
      fault: fault('quantity'),
      hint: found?.left == null ? null : words.quantityLeft(numberText(Math.max(0, found.left), language)),
    }),
  )}${fieldRow(
    dateField({ name: 'producedOn', label: words.producedOn, value: form.producedOn, fault: fault('producedOn') }),
    dateField({
      name: 'expiresOn',
      label: words.expiresOn,
      value: form.expiresOn,
      fault: fault('expiresOn'),
      hint: product.shelfLifeDays === null ? null : words.expiresHint(numberText(product.shelfLifeDays, language)),
    }),
  )}${selectField({ name: 'template', label: words.template, value: form.template, options: templateOptions(call, templates), fault: fault('template') ?? (preview.ok ? null : (faultsOf(call, preview.problem, templates).fields['template'] ?? null)) })}${places === 1 ? hiddenField('skip', form.first) : first}${printerGroup(call, shown)}<details${(form.carrier !== 'short' || form.pin) && html` open`}><summary>${words.options}</summary>${
    product.gtin !== null &&
    radioField({
      name: 'carrier',
      label: words.carrier,
      value: form.carrier,
      options: (['short', 'digital-link'] as const).map((value) => ({ value, text: words.carriers[value] })),
      fault: fault('carrier'),
    })
  }${checkField({ name: 'pin', label: words.pin, checked: form.pin, hint: words.pinHint })}</details>${found !== null && found.warnings.map((warning) => warningNotice(warning, call))}<div class="acts">${button(beyond ? words.submitAsk : paperWords(call, shown).submit)}</div></div>`;
  const days = product.shelfLifeDays;
  const offsets = Object.fromEntries(printers.map(({ id, offsetX, offsetY }) => [id, [offsetX, offsetY]]));
  return html`<form class="print" method="post" action="${PATH}" id="print" data-printers="${JSON.stringify(offsets)}" data-less="${words.less}" data-more="${words.more}"${days !== null && html` data-days="${days}"`}>${left}${sheetColumn(call, shown, found)}</form><p class="hint">${words.fullSize}</p>`;
}

function ratingLine({ language }: PageCall, found: SheetPreview | null): string {
  const words = printWordsOf(language);
  const rating = found?.rating ?? null;
  if (rating === null) return words.noRating;
  const last = lastDayInForce(rating);
  return words.rating(String(rating.stars ?? 0), last === null ? '–' : dayText(last));
}

function printerGroup({ language }: PageCall, { form, faults, printers }: Shown): Html {
  const words = printWordsOf(language);
  const options = printers.map(({ id, name }) => ({ value: id, text: name }));
  const choice =
    printers.length > 0 &&
    selectField({
      name: 'printer',
      label: words.printer,
      value: form.printer,
      options,
      blank: words.noPrinter,
      fault: faults.fields['printer'] ?? null,
    });
  const offset = (name: 'offsetX' | 'offsetY', label: string): Html =>
    textField({ name, label, value: form[name], mode: 'decimal', max: 5, fault: faults.fields[name] ?? null });
  const kept = html`${hiddenField('printerWas', form.printer)}${hiddenField('offsetXWas', form.offsetX)}${hiddenField('offsetYWas', form.offsetY)}`;
  return fieldGroup(
    words.printerGroup,
    form.printer === '' ? words.nudgeHintNone : words.nudgeHint,
    choice,
    kept,
    fieldRow(offset('offsetX', words.right), offset('offsetY', words.down)),
    html`<p class="hint"><a href="/console/printers">${words.printers}</a></p>`,
  );
}

function sheetColumn(
  call: PageCall,
  { product, form, templates, page: wanted }: Shown,
  found: SheetPreview | null,
): Html {
  const words = printWordsOf(call.language);
  const paper = paperWords(call, { form, templates });
  if (found === null) return html`<div class="sheet" id="sheet"><p class="h2">${words.noPicture}</p></div>`;
  const { skip, quantity, template } = drawable(form, templates);
  const pages = found.layout.pages;
  const page = Math.min(wanted, pages - 1);
  const number = (value: number): string => numberText(value, call.language);
  const src = `${PATH}/sheet.svg?${new URLSearchParams({ product: product.id, template, skip: String(skip), quantity: String(quantity), page: String(page), carrier: form.carrier, lot: form.lot }).toString()}`;
  const { widthMm, heightMm } = found.template.page;
  const picture = (name: string, widthPx: number): Html =>
    html`<input class="${name}" type="image" name="${name}" src="${src}" width="${widthPx}" height="${Math.round((widthPx * heightMm) / widthMm)}" alt="${paper.picture(number(skip + 1), number(skip))}" formaction="${PATH}#sheet" formnovalidate tabindex="-1">`;
  const turn = (to: number, sign: string, label: string): Html =>
    html`<button class="btn" name="page" value="${to + 1}" aria-label="${label}" formaction="${PATH}#sheet" formnovalidate${(to < 0 || to >= pages) && html` disabled`}>${sign}</button>`;
  return html`<div class="sheet" id="sheet"><div class="turn"><p class="h2">${paper.pageOf(number(page + 1), number(pages))}</p><div class="acts">${turn(page - 1, '‹', paper.before)}${turn(page + 1, '›', paper.next)}</div></div>${picture('wide', WIDE_PX)}${picture('narrow', NARROW_PX)}${placesOf(form, templates) > 1 && html`<p class="hint keys"><span class="key used"></span>${words.usedKey} <span class="key first"></span>${words.firstKey}</p>`}</div>`;
}

function paperWords(call: PageCall, { form, templates }: Pick<Shown, 'form' | 'templates'>): PaperWords {
  const template = templates.get(form.template)?.template;
  return paperWordsOf(call.language, template === undefined ? 'sheet' : paperOf(template));
}

function warningNotice(warning: PrintWarning, { language }: PageCall): Html {
  const { warnings } = printWordsOf(language);
  switch (warning.kind) {
    case 'lapses-soon':
      return notice(
        'warn',
        warnings.lapsesSoonTitle,
        warnings.lapsesSoon(numberText(warning.days, language), String(warning.stars), dayText(warning.lastDay)),
      );
    case 'lapsed':
      return notice(
        'warn',
        warnings.lapsedTitle,
        warnings.lapsed(warning.number, warning.lastDay === null ? '' : dayText(warning.lastDay)),
      );
    case 'small-module':
      return notice('info', warnings.smallTitle, warnings.small(decimalText(warning.moduleMm, language)));
    case 'unreachable':
      return notice('warn', warnings.unreachableTitle, warnings.unreachable(warning.host));
    case 'beyond-allowance':
      return notice('warn', warnings.allowanceTitle, warnings.allowance(numberText(warning.left, language)));
    default:
      return warning satisfies never;
  }
}

function templateOptions(call: PageCall, templates: Templates): { value: string; text: string }[] {
  const words = printWordsOf(call.language);
  const nameOf = ({ id, name, grid, medium }: Template): { value: string; text: string } => ({
    value: id,
    text:
      medium.kind === 'sheet'
        ? words.templateText(name[call.language], words.grid(String(grid.columns), String(grid.rows)))
        : name[call.language],
  });
  return [...templates.values()]
    .map(({ template }) => nameOf(template))
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));
}

function emptyPage(call: PageCall): PageAnswer {
  const words = printWordsOf(call.language);
  const ways = [linkButton('/console/products', frameWordsOf(call.language).nav.products)];
  return {
    kind: 'page',
    title: words.title,
    body: html`${pageHead({ title: words.title, lead: words.lead })}${emptyState(words.noProducts, words.noProductsText, ways)}`,
  };
}

/** The picture alone: what the page shows, and draws again when a place is clicked. */
async function showSheet(call: PageCall): Promise<PageAnswer> {
  const { query } = call;
  const number = (name: string, least: number): number =>
    /^\d{1,8}$/.test(query[name] ?? '') ? Math.max(least, Number(query[name])) : least;
  const carrier = query['carrier'] === 'digital-link' ? 'digital-link' : 'short';
  const wanted = {
    productId: query['product'] ?? '',
    template: query['template'] ?? '',
    carrier,
    lot: query['lot'] ?? '',
    quantity: number('quantity', 1),
    skip: number('skip', 0),
  } as const;
  const { plan, layout } = valueOf(await previewSheet(call.actor, wanted, call.ctx));
  const page = Math.min(number('page', 0), layout.pages - 1);
  return {
    kind: 'file',
    mediaType: 'image/svg+xml',
    fileName: null,
    source: Buffer.from(sheetSvg({ plan, layout, page })),
  };
}

/** Which place lies under a point of the picture: the script's question, so that geometry is reckoned in one place. */
async function namePlace({ actor, ctx, query }: PageCall): Promise<PageAnswer> {
  const product = query['product'] === undefined ? null : await readProduct(actor, query['product'], ctx);
  const template = (product?.ok === true ? await readTemplates(actor, product.value.officeId, ctx) : ctx.templates).get(
    query['template'] ?? '',
  )?.template;
  const share = { x: Number(query['x']), y: Number(query['y']) };
  return {
    kind: 'json',
    body: { place: template === undefined || Number.isNaN(share.x + share.y) ? null : placeAt(template, share) },
  };
}
